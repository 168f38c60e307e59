"""Everybody around a round's returns, read at once: agencies, their people, who is away, and what was said to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from commands.kit.contacts import Contact, everyone, local_days, on_leave, who_answers
from commands.kit.dates import WorkCalendar, read_calendar
from commands.kit.times.polite import own_calendar, polite_moment
from commands.kit.work import Work
from commands.updates.views.calls import Owed
from storage.agencies import Agency, Leave, agencies_by_id, get_agency, leaves_of
from storage.people import Person, Role, people_of
from storage.updates.earlier import agencies_with_answers, has_answered_before
from storage.updates.notices import NoticeKind, ReturnNotice, notices_of
from storage.updates.returns import Return
from storage.updates.rounds import Round, get_round


@dataclass(frozen=True, slots=True)
class Participants:
    """A round with everybody its returns concern, at one moment."""

    work: Work
    round: Round
    agencies: dict[int, Agency]
    people: dict[str, Person]
    leaves: list[Leave]
    notices: dict[int, list[ReturnNotice]]
    calendar: WorkCalendar
    repeatable: frozenset[int]

    def owed(self, given: Return) -> Owed:
        """A return with everything a card says of it."""
        return Owed(
            round=self.round,
            given=given,
            agency=self.agencies[given.agency_id],
            zone=self.work.zone,
            now=self.work.now,
            can_repeat=given.agency_id in self.repeatable,
        )

    def contact(self, given: Return) -> Contact | None:
        """Who answers for the agency today."""
        agency = self.agencies[given.agency_id]
        days = local_days(everyone(agency), self.people, self.work.now, self.work.zone)
        return who_answers(agency, self.leaves, days)

    def in_charge(self, given: Return) -> str | None:
        """Who is reminded: whoever was asked last, as long as they can answer, else who answers today."""
        there = self.available(given)
        last = next((note.user_id for note in reversed(self.asked(given)) if note.user_id in there), None)
        contact = self.contact(given)
        return last or (contact.person if contact else None)

    def asked(self, given: Return) -> list[ReturnNotice]:
        """The messages that asked for a return, oldest first."""
        return [note for note in self.notices.get(given.id, []) if note.kind == NoticeKind.ASK]

    def available(self, given: Return) -> list[str]:
        """The agency's people who are neither gone nor away today, first to be asked first."""
        agency = self.agencies[given.agency_id]
        days = local_days(everyone(agency), self.people, self.work.now, self.work.zone)
        away = on_leave(self.leaves, days)
        return [user for user in everyone(agency) if user in days and user not in away]

    def holders(self, given: Return, role: Role) -> list[str]:
        """The available people with one role in the agency."""
        there = self.available(given)
        return [user for user in self.agencies[given.agency_id].holders(role) if user in there]

    def polite(self, user_id: str, *, before: datetime | None = None) -> datetime:
        """Now, or the next moment at which this person works; now where that is not `before`, or any hour will do.

        Leave is not waited for: somebody else answers then.
        """
        if self.round.at_any_hour:
            return self.work.now
        return polite_moment(self.work.now, own_calendar(self.calendar, self.people.get(user_id)), before=before)


def owed_of(work: Work, given: Return, this: Round | None = None, agency: Agency | None = None) -> Owed:
    """A return with what cards say of it, but for whether there is something to say again (see `repeatable`)."""
    this = this or get_round(work.session, work.mission.id, given.round_id)
    agency = agency or get_agency(work.session, work.mission.id, given.agency_id)
    if this is None or agency is None:
        raise LookupError(f"return {given.id} has no round or no agency")
    return Owed(this, given, agency, work.zone, work.now)


def repeatable(work: Work, owed: Owed) -> Owed:
    """The same with whether there is something to say again, for cards that offer it."""
    return replace(owed, can_repeat=has_answered_before(work.session, owed.round, owed.given.agency_id))


def nobody_to_ask(work: Work, agencies: Sequence[Agency]) -> list[str]:
    """The codes of those agencies for which nobody answers today."""
    users = {user for agency in agencies for user in everyone(agency)}
    people, leaves = people_of(work.session, work.mission.id, users), leaves_of(work.session, work.mission.id, users)
    days = local_days(users, people, work.now, work.zone)
    return [agency.code for agency in agencies if who_answers(agency, leaves, days) is None]


def read_participants(work: Work, this: Round, returns: Sequence[Return]) -> Participants:
    """Read what a handler needs to speak to the people of these returns, in a fixed number of queries."""
    mission_id = work.mission.id
    agencies = agencies_by_id(work.session, mission_id, [given.agency_id for given in returns])
    users = {user for agency in agencies.values() for user in everyone(agency)}
    return Participants(
        work=work,
        round=this,
        agencies=agencies,
        people=people_of(work.session, mission_id, users),
        leaves=leaves_of(work.session, mission_id, users),
        notices=notices_of(work.session, [given.id for given in returns]),
        calendar=read_calendar(work),
        repeatable=frozenset(agencies_with_answers(work.session, this)),
    )
