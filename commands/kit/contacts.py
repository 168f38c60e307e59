"""Who answers for an agency at a moment: pure decisions on the people of an agency and their leave.

Gesture: find people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.agencies import Agency, Leave
from storage.people import Person, Role

# The order in which an agency's people are asked: the head only when nobody else is there.
ANSWERING_ORDER = (Role.FOCAL_POINT, Role.ALTERNATE, Role.HEAD_OF_AGENCY)

# Older versions stored this for whoever has no zone in Slack; who is really there has `Etc/UTC`.
NOT_TOLD = "UTC"


@dataclass(frozen=True, slots=True)
class Contact:
    """The person to ask, in which role, and the first person in order when somebody else stands in for them."""

    person: str
    role: Role
    standing_in_for: str | None = None


def who_answers(agency: Agency, leaves: Iterable[Leave], day_by_person: Mapping[str, date]) -> Contact | None:
    """Who answers for the agency: its focal points in order, then its alternates in order, then its head.

    `day_by_person` gives today's date in the zone of each person who can be reached (see `local_days`); somebody
    without a day cannot be asked. A person on leave that day is passed over. None when nobody is left.
    """
    away = on_leave(leaves, day_by_person)
    order = in_order(agency)
    for person, role in order:
        if person in day_by_person and person not in away:
            first = order[0][0]
            return Contact(person, role, first if first != person else None)
    return None


def in_order(agency: Agency) -> list[tuple[str, Role]]:
    """The agency's people with the role in which they would be asked, each once, first to be asked first.

    Whoever waits for somebody to agree to their role is asked after all others: they do not speak for the agency yet.
    """
    found: dict[str, Role] = {}
    for waits in (False, True):
        for role in ANSWERING_ORDER:
            for one in agency.people:
                if one.role == role and one.waits is waits:
                    found.setdefault(one.user_id, role)
    return list(found.items())


def everyone(agency: Agency) -> list[str]:
    """User ids of everybody who may answer for the agency, first to be asked first."""
    return [person for person, _ in in_order(agency)]


def on_leave(leaves: Iterable[Leave], day_by_person: Mapping[str, date]) -> set[str]:
    """Who of these people is away on the day it is where they are. First and last day of a leave are both free."""
    return {
        leave.user_id
        for leave in leaves
        if leave.user_id in day_by_person and leave.first_day <= day_by_person[leave.user_id] <= leave.last_day
    }


def local_days(
    user_ids: Iterable[str], people: Mapping[str, Person], now: datetime, mission_zone: ZoneInfo
) -> dict[str, date]:
    """Today's date in each person's zone; people who left Slack get none, people not met yet the mission's day."""
    days: dict[str, date] = {}
    for user_id in user_ids:
        person = people.get(user_id)
        if person is None:
            days[user_id] = now.astimezone(mission_zone).date()
        elif not person.is_gone:
            days[user_id] = now.astimezone(zone_of(person, mission_zone)).date()
    return days


def zone_of(person: Person, mission_zone: ZoneInfo) -> ZoneInfo:
    """The person's own zone; the mission's where Slack tells none, or names one that does not exist."""
    if (person.zone or NOT_TOLD) == NOT_TOLD:
        return mission_zone
    try:
        return ZoneInfo(person.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return mission_zone
