"""Who is on duty, and who acts for a post: pure decisions on the roster, leave and officer-in-charge windows.

All spans are half-open: who goes off duty at 08:00 is not on duty at 08:00, and whoever follows is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from commands.kit.dates import ONE_DAY, WorkCalendar, local_moment
from commands.kit.times.local import kept_ahead


class TurnKind(StrEnum):
    """How somebody comes to be on duty: by the roster, instead of somebody, or because a shift was handed to them."""

    SHIFT = "shift"
    STAND_IN = "stand_in"
    HAND_OVER = "hand_over"


class Source(StrEnum):
    """What names the person on duty. `reserve`: the roster names nobody, a duty officer is asked all the same."""

    SHIFT = "shift"
    STAND_IN = "stand_in"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Turn:
    """A span on duty. Of two stand-ins at the same time the one entered later (the higher `id`) counts."""

    id: int
    person: str
    starts_at: datetime
    ends_at: datetime
    kind: TurnKind = TurnKind.SHIFT

    def covers(self, when: datetime) -> bool:
        """Whether this span includes a moment."""
        return self.starts_at <= when < self.ends_at

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether this span and another have a moment in common."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Absence:
    """A span in which a person is on leave."""

    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OfficerInCharge:
    """Somebody acts for a post from one moment to another."""

    id: int
    post: str
    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that decides who is on duty. Without `hours` duty is around the clock.

    `gone` are people who left Slack; `reserve` is asked, in order, when the roster names nobody who is there.
    """

    turns: tuple[Turn, ...] = ()
    absences: tuple[Absence, ...] = ()
    gone: frozenset[str] = frozenset()
    reserve: tuple[str, ...] = ()
    hours: WorkCalendar | None = None

    def is_there(self, person: str, when: datetime) -> bool:
        """Whether a person can be asked at a moment: neither on leave nor gone."""
        return person not in self.gone and not any(
            one.person == person and one.starts_at <= when < one.ends_at for one in self.absences
        )

    def is_duty_hour(self, when: datetime) -> bool:
        """Whether somebody has to be on duty at a moment."""
        return self.hours is None or self.hours.is_working(when)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """The person on duty, what names them, and whom they stand in for. `until`: None when no end is known."""

    person: str
    source: Source
    until: datetime | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Duty hours for which the roster names nobody who is there. `away`: who it would have named."""

    starts_at: datetime
    ends_at: datetime
    away: tuple[str, ...] = ()


def on_duty(roster: Roster, when: datetime) -> OnDuty | None:
    """Who is on duty at a moment: a stand-in, else the shift, else the reserve; None when nobody of them is there.

    Duty hours do not matter here: outside them whoever has the shift can be asked for what cannot wait.
    """
    found = _named(roster, when)
    if found is None:
        return None
    changes = (moment for moment in _changes(roster, when) if _who(roster, moment) != found.person)
    return OnDuty(found.person, found.source, next(changes, None), found.instead_of)


def should_be_on_duty(roster: Roster, when: datetime) -> list[str]:
    """Everybody whom the roster or the reserve names at a moment, whether they are there or not."""
    return list(dict.fromkeys([*(turn.person for turn in _candidates(roster, when)), *roster.reserve]))


def _named(roster: Roster, when: datetime) -> OnDuty | None:
    for turn in _candidates(roster, when):
        if roster.is_there(turn.person, when):
            source = Source.SHIFT if turn.kind is TurnKind.SHIFT else Source.STAND_IN
            return OnDuty(turn.person, source, instead_of=_usual(roster, turn, when))
    there = (person for person in roster.reserve if roster.is_there(person, when))
    person = next(there, None)
    return OnDuty(person, Source.RESERVE) if person else None


def _candidates(roster: Roster, when: datetime) -> list[Turn]:
    """The spans at a moment, the first to be asked first."""
    here = [turn for turn in roster.turns if turn.covers(when)]
    return sorted(here, key=lambda turn: (turn.kind is TurnKind.SHIFT, -turn.id))


def _usual(roster: Roster, turn: Turn, when: datetime) -> str | None:
    shifts = [one for one in _candidates(roster, when) if one.kind is TurnKind.SHIFT and one.person != turn.person]
    return shifts[0].person if shifts and turn.kind is not TurnKind.SHIFT else None


def _who(roster: Roster, when: datetime) -> str | None:
    found = _named(roster, when)
    return found.person if found else None


def _changes(roster: Roster, after: datetime) -> list[datetime]:
    """Every later moment at which somebody else may be on duty."""
    spans: list[Turn | Absence] = [*roster.turns, *roster.absences]
    return sorted({moment for span in spans for moment in (span.starts_at, span.ends_at) if moment > after})


def gaps(roster: Roster, start: datetime, end: datetime) -> list[Gap]:
    """The duty hours between two moments for which the roster names nobody who is there; the reserve does not count.

    Gaps with nothing but free time between them are one: a week without a duty officer is one gap, not five.
    """
    bare = replace(roster, reserve=())
    found: list[Gap] = []
    is_open = False
    for opens, closes in pairwise(_moments(bare, start, end)):
        if not bare.is_duty_hour(opens):
            continue
        covered = _named(bare, opens) is not None
        if not covered:
            away = tuple(turn.person for turn in _candidates(bare, opens))
            before = found.pop() if is_open else Gap(opens, closes)
            found.append(Gap(before.starts_at, closes, tuple(dict.fromkeys([*before.away, *away]))))
        is_open = not covered
    return found


def _moments(roster: Roster, start: datetime, end: datetime) -> list[datetime]:
    """Every moment between two, both included, at which duty or duty hours may change."""
    inside = (moment for moment in (*_changes(roster, start), *_hours(roster, start, end)) if moment < end)
    return sorted({start, end, *inside})


def _hours(roster: Roster, start: datetime, end: datetime) -> list[datetime]:
    """Where duty hours begin and end between two moments."""
    if roster.hours is None:
        return []
    day, last = (moment.astimezone(roster.hours.zone).date() for moment in (start, end))
    found: list[datetime] = []
    while day <= last:
        found += [moment for moment in roster.hours.hours_of(day) if start < moment < end]
        day += ONE_DAY
    return found


def news(found: Iterable[Gap], told: Sequence[tuple[datetime, datetime]]) -> list[Gap]:
    """The gaps that meet none of those told before; one that only grew is no news."""
    return [gap for gap in found if not any(gap.starts_at < ends and begins < gap.ends_at for begins, ends in told)]


def officer_in_charge(windows: Iterable[OfficerInCharge], post: str, when: datetime) -> OfficerInCharge | None:
    """Who acts for a post at a moment; None when its holder does."""
    return next((one for one in windows if one.post == post and one.starts_at <= when < one.ends_at), None)


def clash(
    windows: Iterable[OfficerInCharge], post: str, starts_at: datetime, ends_at: datetime
) -> OfficerInCharge | None:
    """The earliest window of the same post that shares a moment with this one: two people would act for the post."""
    met = [one for one in windows if one.post == post and one.starts_at < ends_at and starts_at < one.ends_at]
    return min(met, key=lambda one: (one.starts_at, one.id), default=None)


def absence(person: str, first_day: date, last_day: date, zone: ZoneInfo) -> Absence:
    """A leave, both days included, as a span in the zone of the person."""
    return Absence(person, local_moment(first_day, time(), zone), local_moment(last_day + ONE_DAY, time(), zone))


@dataclass(frozen=True, slots=True)
class Rotation:
    """People who take turns in order: `every` days each, handing over at a local time, until `last_day` is covered."""

    people: tuple[str, ...]
    first_day: date
    last_day: date
    every: int
    at: time
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def spans(self) -> list[tuple[str, datetime, datetime]]:
        """Person, first and last moment of every shift, without a hole between them, whatever clocks do."""
        found: list[tuple[str, datetime, datetime]] = []
        day, turn = self.first_day, 0
        while day <= self.last_day:
            following = min(day + timedelta(days=self.every), self.last_day + ONE_DAY)
            begins, ends = (local_moment(one, self.at, self.zone) for one in (day, following))
            found.append((self.people[turn % len(self.people)], begins, ends))
            day, turn = following, turn + 1
        return found


def clashing_shift(turns: Iterable[Turn], spans: Sequence[tuple[str, datetime, datetime]]) -> Turn | None:
    """The earliest shift that shares a moment with one of these new ones."""
    shifts = [turn for turn in turns if turn.kind is TurnKind.SHIFT]
    met = [turn for turn in shifts if any(turn.meets(begins, ends) for _person, begins, ends in spans)]
    return min(met, key=lambda turn: turn.starts_at, default=None)


def spans_again(
    kept: Mapping[str, str], starts_at: datetime, ends_at: datetime, zone: ZoneInfo, now: datetime
) -> tuple[datetime, datetime]:
    """Both ends of a span at their local times by the clock of `zone`; each that is past, or would be, stays."""
    begins = kept_ahead(kept, "starts_at", starts_at, zone, now)
    return begins, max(begins, kept_ahead(kept, "ends_at", ends_at, zone, now))
