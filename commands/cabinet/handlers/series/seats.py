"""Reading who sits in a series."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from commands.cabinet.rules.seats import Seats, take_seats, who_may_come
from commands.kit.handling import Clearance, Handling
from commands.kit.permission import clearance_of
from commands.kit.work import Work
from storage.agencies import Agency, all_agencies
from storage.cabinet.series import Series, members_of_series
from storage.grants import agreed_grants
from storage.people import people_of


def member_agencies(work: Work, series: Series, *, people: bool = True) -> list[Agency]:
    """The active agencies that sit in a series, by code; without `people` for whoever only names them."""
    active = all_agencies(work.session, work.mission.id, active_only=True, people=people)
    if series.all_agencies:
        return active
    named, _roles = members_of_series(work.session, series.id)
    return [agency for agency in active if agency.id in named]


def seats_of(work: Work, series: Series, officers: tuple[str, ...] = ()) -> Seats:
    """The seats of a series; `officers` are those of a meeting where they differ."""
    _named, roles = members_of_series(work.session, series.id)
    grants = agreed_grants(work.session, work.mission.id)
    agencies = member_agencies(work, series)
    return take_seats(agencies, roles, grants, officers or (series.chair, series.secretary))


def take_seats_in(work: Work, series: Series, agency_ids: Collection[int], roles: Iterable[str]) -> Seats:
    """The seats that a series would have with these members, before it is saved."""
    active = all_agencies(work.session, work.mission.id, active_only=True)
    agencies = active if series.all_agencies else [agency for agency in active if agency.id in agency_ids]
    grants = agreed_grants(work.session, work.mission.id)
    return take_seats(agencies, roles, grants, (series.chair, series.secretary))


def clearances_of(work: Work, user_ids: list[str]) -> dict[str, Clearance]:
    """What decides what each of these people may see, as far as the mission has met them."""
    known = people_of(work.session, work.mission.id, user_ids)
    return {
        user: clearance_of(work.session, work.mission.id, person, ourselves=work.mission.bot_user_id)
        for user, person in known.items()
    }


def people_to_invite(work: Work, series: Series, level: str, officers: tuple[str, ...] = ()) -> list[str]:
    """Everybody with a seat who is still in the workspace and may read what is said at this level."""
    people = seats_of(work, series, officers).people
    clearances = clearances_of(work, people)
    if Handling(level) is Handling.UNCLASSIFIED:
        return [user for user in people if user not in clearances or not clearances[user].is_gone]
    return who_may_come(people, clearances, Handling(level))
