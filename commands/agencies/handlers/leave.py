"""Leave of an agency's people: who is away, who answers meanwhile, and telling those who stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from commands.agencies.rules.leave import Away, Cover, EnteredLeave, LeaveCheck, covers
from commands.agencies.views.messages import called_off_card, stand_in_card
from commands.kit.cards import Card
from commands.kit.contacts import everyone, local_days
from commands.kit.post import tell
from commands.kit.promises import correct
from commands.kit.work import Request, Work
from storage.agencies import Agency, AgencyState, Leave, agencies_by_id, agency_roles, leaves_of
from storage.people import people_of
from storage.subjects import Key, Subject

# An agency, and the days on which somebody answers for it instead of the person on leave.
Span = tuple[Agency, Cover]


@dataclass(frozen=True, slots=True)
class Presence:
    """All leaves of some people, and the day it is where each of them is; people who left Slack have no day."""

    leaves: list[Leave]
    days: dict[str, date]
    today: date

    def ahead(self) -> list[Leave]:
        """The leaves that are not over."""
        return [leave for leave in self.leaves if leave.last_day >= self.today_of(leave.user_id)]

    def today_of(self, user_id: str) -> date:
        """Today where a person is."""
        return self.days.get(user_id, self.today)

    def aways(self, agency: Agency) -> list[Away]:
        """The leaves that are not over, each with who answers for the agency meanwhile."""
        return [Away(leave, tuple(self.covers(agency, leave))) for leave in self.ahead()]

    def covers(self, agency: Agency, leave: Leave) -> list[Cover]:
        """Who answers for the agency during a leave."""
        return covers(agency, leave, self.leaves, self.days, self.today_of(leave.user_id))


def presence(work: Work, users: Iterable[str]) -> Presence:
    """Who of these people is away when."""
    asked = list(users)
    days = local_days(asked, people_of(work.session, work.mission.id, asked), work.now, work.zone)
    leaves = leaves_of(work.session, work.mission.id, asked)
    return Presence(leaves, days, work.today)


def leave_check(work: Work, person: str | None, people: set[str], kept: list[Leave]) -> LeaveCheck:
    """What a leave of this person is checked against; `kept` are the leaves that stay."""
    users = [person] if person else []
    known = people_of(work.session, work.mission.id, users)
    today = local_days(users, known, work.now, work.zone).get(person or "")
    return LeaveCheck(people, kept, today or work.today)


def save_leave(request: Request, agency: Agency, removed: Iterable[Leave], entered: EnteredLeave) -> Leave | None:
    """Take leaves away, tell those who need not stand in any more, and enter the leave that is wished for."""
    for leave in removed:
        _correct(request, leave)
        # Who changes days is told of the new ones only.
        if leave.user_id != entered.person or entered.is_empty:
            _tell(request, leave, "called-off", called_off_card)
        request.record("leave.removed", ("agency", agency.id), **_as_record(leave))
        request.session.delete(leave)
    if entered.person is None or entered.first_day is None or entered.last_day is None:
        return None
    leave = Leave(
        mission_id=request.mission.id,
        user_id=entered.person,
        first_day=entered.first_day,
        last_day=entered.last_day,
        entered_by=request.who.user_id,
    )
    request.session.add(leave)
    request.record("leave.entered", ("agency", agency.id), **_as_record(leave))
    return leave


def tell_stand_ins(request: Request, leave: Leave) -> None:
    """Tell whoever answers during a leave, for all agencies of the person who is away."""
    _tell(request, leave, "stand-in", partial(stand_in_card, request.command))


def _tell(request: Request, leave: Leave, what: str, card: Callable[[Leave, list[Span]], Card]) -> None:
    for user, spans in _stand_ins(request, leave).items():
        if user != request.who.user_id:
            with request.speaking_to(user):
                about = Subject.of("leave", leave.id, what, user)
                tell(request, user, card(leave, spans), key=Key.of(what, leave.id, user, request.now), subject=about)


def _correct(request: Request, leave: Leave) -> None:
    """Who was to stand in is not asked to any more, also where the days have only changed."""
    for user, spans in _stand_ins(request, leave).items():
        with request.speaking_to(user):
            card = called_off_card(leave, spans)
        correct(request, f"dm:{user}", Subject.of("leave", leave.id, "stand-in", user), card)


def _stand_ins(request: Request, leave: Leave) -> dict[str, list[Span]]:
    """Who answers during a leave, for which agencies on which days."""
    ids = agency_roles(request.session, request.mission.id, leave.user_id)
    agencies = [
        agency
        for agency in agencies_by_id(request.session, request.mission.id, ids).values()
        if agency.state == AgencyState.ACTIVE
    ]
    here = presence(request, {user for agency in agencies for user in everyone(agency)})
    found: dict[str, list[Span]] = {}
    for agency in sorted(agencies, key=lambda one: one.code_key):
        for cover in here.covers(agency, leave):
            if cover.person is not None:
                found.setdefault(cover.person, []).append((agency, cover))
    return found


def _as_record(leave: Leave) -> dict[str, str]:
    return {"person": leave.user_id, "first": leave.first_day.isoformat(), "last": leave.last_day.isoformat()}
