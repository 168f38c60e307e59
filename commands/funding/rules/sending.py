"""When the summaries of a plan are sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol

from commands.kit.dates import local_moment, zone_named

DAY = timedelta(days=1)


class Recurring(Protocol):
    """The calendar of a plan."""

    weekdays: list[int]
    at: clock_time
    zone: str


def next_slots(plan: Recurring, after: datetime, count: int = 1) -> list[datetime]:
    """The next moments the plan names after a moment, in UTC; none when it names no day or no zone that exists."""
    zone = zone_named(plan.zone)
    if zone is None or not plan.weekdays:
        return []
    found: list[datetime] = []
    day: date = after.astimezone(zone).date()
    while len(found) < count:
        moment = local_moment(day, plan.at, zone)
        if day.weekday() in plan.weekdays and moment > after:
            found.append(moment)
        day += DAY
    return found
