"""Who may know of what in the cabinet, and do what with it. Pure: handlers read the facts, this decides.

* Nobody reads what is above the level they are cleared for; an admin is not cleared by being admin. The level of a
  thing is the highest of its own, its meeting's and its series'.
* A thing of a series is for who sits in it: its chair and secretary, somebody of a member agency, a member role
  (which may be a named observer's), the humanitarian coordinator and the human-rights adviser, and coordinators; for
  what is Unclassified admins too.
* Of what is above Unclassified an admin who is cleared administers series and meetings: they see that these exist and
  how they are set, and may change that. What is proposed, decided, done or minuted there is not theirs to read.
* Nobody sits anywhere by a role that they gave to themselves, as long as nobody has agreed to it.
* What is decided or issued in an open series (all agencies, Unclassified) is for every full member of the workspace;
  what a restricted one (named members, or above Unclassified) decided is for its seats alone.
* Who owns or made a thing, whose agency a decision binds, and the head of the agency that answers for it may always
  read that one thing, if they are cleared for its own level: it is asked of them.
* Minutes are the officers' alone until they are circulated.

To be given a seat, a role or a clearance never takes away what one could do before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from commands.kit.handling import Handling, highest
from commands.kit.permission import READ
from storage.cabinet.meetings import Meeting
from storage.cabinet.reading import Reader
from storage.cabinet.series import Series


class Act(StrEnum):
    """What may be done with a thing of the cabinet that one knows of.

    `TAKE_PART`: propose, comment, give an action in it. `ATTEND`: say how one's agency takes part. `LEAD`: convene,
    move, order the agenda. `RECORD`: write down what is decided, and the minutes. `CHANGE`: one's own item, or as who
    leads.
    """

    READ = READ
    TAKE_PART = "take_part"
    ATTEND = "attend"
    LEAD = "lead"
    RECORD = "record"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the cabinet as its policy sees it.

    `is_out`: it was decided or issued. `is_draft`: the officers of its meeting have not circulated it yet. `people`
    own or made it, `agencies` are bound by it, the head of `answers` answers for it; `changed_by` are the agencies
    that may change it. `is_frame`: a series or a meeting itself, and nothing that is said in it.
    """

    series: Series | None
    meeting: Meeting | None = None
    handling: str = Handling.UNCLASSIFIED.value
    is_out: bool = False
    is_draft: bool = False
    people: frozenset[str] = frozenset()
    agencies: frozenset[int] = frozenset()
    answers: int | None = None
    changed_by: frozenset[int] = frozenset()
    is_frame: bool = False

    @property
    def level(self) -> str:
        """The highest of its own level, its meeting's and its series'."""
        around = [one.handling for one in (self.series, self.meeting) if one is not None]
        return highest(*(Handling(level) for level in (self.handling, *around))).value

    @property
    def officers(self) -> set[str]:
        """Chair and secretary of its meeting, else of its series."""
        whose = self.meeting if self.meeting is not None else self.series
        return {whose.chair, whose.secretary} if whose is not None else set()


def may(reader: Reader, thing: Thing, act: str = READ) -> bool:
    """Whether somebody may do this with a thing; nothing may be done with what one may not read."""
    return _may_read(reader, thing) and _ACTS[Act(act)](reader, thing)


def _may_read(reader: Reader, thing: Thing) -> bool:
    if thing.handling not in reader.levels:
        return False
    if _is_theirs(reader, thing):
        return True
    if thing.level not in reader.levels:
        return False
    if thing.is_draft:
        return reader.user_id in thing.officers
    if thing.is_frame and reader.leads_all:
        return True
    return sits(reader, thing) or (thing.is_out and reader.is_full and is_open(thing))


def _is_theirs(reader: Reader, thing: Thing) -> bool:
    return bool(reader.user_id in thing.people or thing.agencies & reader.agencies or thing.answers in reader.headed)


def sits(reader: Reader, thing: Thing) -> bool:
    """Whether somebody sits where the thing belongs; what stands by itself belongs to those who lead all."""
    series = thing.series
    leads = reader.leads_all if thing.level == Handling.UNCLASSIFIED else reader.coordinates
    if series is None or leads:
        return leads
    if reader.sits_everywhere or reader.user_id in {*thing.officers, series.chair, series.secretary}:
        return True
    return series.id in reader.seats or (series.all_agencies and bool(reader.agencies))


def is_open(thing: Thing) -> bool:
    """Whether everybody in the workspace may read it once it is out."""
    return thing.level == Handling.UNCLASSIFIED and (thing.series is None or is_open_series(thing.series))


def is_open_series(series: Series) -> bool:
    """Whether what a series decides is for everybody."""
    return series.all_agencies and series.handling == Handling.UNCLASSIFIED


def member_agencies(reader: Reader, series: Series) -> frozenset[int]:
    """The agencies somebody answers for that sit in a series."""
    return reader.agencies if series.all_agencies else reader.seats.get(series.id, frozenset())


def may_be_given(giver: Reader, owner: str, agencies_of_owner: Collection[int], *, leads: bool) -> bool:
    """Whether somebody may make this person accountable: by making an action, or by handing one over.

    Who leads gives to anybody; everybody takes on what they like, and gives to people of an agency they answer for.
    """
    return leads or giver.leads_all or owner == giver.user_id or not giver.agencies.isdisjoint(agencies_of_owner)


def _reads(_reader: Reader, _thing: Thing) -> bool:
    return True


def _attends(reader: Reader, thing: Thing) -> bool:
    return thing.series is not None and bool(member_agencies(reader, thing.series))


def _leads(reader: Reader, thing: Thing) -> bool:
    return reader.leads_all or reader.user_id in thing.officers


def _records(reader: Reader, thing: Thing) -> bool:
    return thing.meeting is not None and reader.user_id in thing.officers


def _changes(reader: Reader, thing: Thing) -> bool:
    return _leads(reader, thing) or reader.user_id in thing.people or not thing.changed_by.isdisjoint(reader.agencies)


_ACTS: Mapping[Act, Callable[[Reader, Thing], bool]] = {
    Act.READ: _reads,
    Act.TAKE_PART: sits,
    Act.ATTEND: _attends,
    Act.LEAD: _leads,
    Act.RECORD: _records,
    Act.CHANGE: _changes,
}
