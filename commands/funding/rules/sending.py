"""When the summaries of a plan are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Protocol

from commands.kit.dates import zone_named
from commands.kit.times.rhythm import Rhythm

# Every plan names a moment within a week, and at most one a day.
EIGHT_DAYS, SLOTS_OF_EIGHT_DAYS = timedelta(days=8), 9


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryEntry:
    """A plan of summaries as it is entered; see `SummaryPlan` for what the fields mean."""

    title: str
    weekdays: Sequence[int]
    at: clock_time
    zone: str
    scope: Sequence[str] = ()
    channels: Sequence[str] = ()


class Recurring(Protocol):
    """The calendar of a plan."""

    weekdays: list[int]
    at: clock_time
    zone: str


def next_slots(plan: Recurring, after: datetime, count: int = 1) -> list[datetime]:
    """The next moments the plan names after a moment, in UTC; none when it names no day or no zone that exists."""
    zone = zone_named(plan.zone)
    if zone is None:
        return []
    return Rhythm(plan.weekdays).moments(plan.at, zone, after, count)


def slot_at(plan: Recurring, now: datetime) -> datetime:
    """The last moment the plan named before now or at it: what a timer that rings now, or late, is about."""
    named = [slot for slot in next_slots(plan, now - EIGHT_DAYS, SLOTS_OF_EIGHT_DAYS) if slot <= now]
    return named[-1] if named else now
