"""When the rounds of a plan fall, and when each opens, is due, closes and is digested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol

from commands.kit.dates import WorkCalendar, local_moment
from storage.updates.rounds import OnHoliday, Period, RoundPlan

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One round to be: its slot (what the plan's calendar says), its moments and the period it covers."""

    slot: datetime
    opens: datetime
    due: datetime
    closes: datetime
    digest: datetime
    period_start: date | None
    period_end: date | None


def is_slot_day(plan: RoundPlan, day: date) -> bool:
    """Whether the plan's weekdays and weeks name this day, before holidays are looked at."""
    week_one = plan.anchor - timedelta(days=plan.anchor.weekday())
    return day.weekday() in plan.weekdays and (day - week_one).days // 7 % plan.every_weeks == 0


def slot_days(plan: RoundPlan, first: date, last: date) -> Iterator[date]:
    """The days the plan names between two days, both included, none before its anchor."""
    day = max(first, plan.anchor)
    while day <= last:
        if is_slot_day(plan, day):
            yield day
        day += DAY


def due_day(plan: RoundPlan, day: date, calendar: WorkCalendar) -> date | None:
    """The day a round is really due: the same, the next working day, or none when it is skipped.

    Only holidays move or skip a round: a plan that names a Saturday means it.
    """
    if day not in calendar.holidays:
        return day
    return None if plan.on_holiday == OnHoliday.SKIP else calendar.working_day_from(day)


def occasions(plan: RoundPlan, calendar: WorkCalendar, after: datetime, until: datetime) -> list[Occasion]:
    """The rounds of a plan that are due after `after` and open at `until` or earlier, in order.

    Two slots that holidays push to the same due day make one round, the first of them.
    """
    first = after.astimezone(calendar.zone).date() - WEEK
    last = until.astimezone(calendar.zone).date() + 3 * WEEK
    found: list[Occasion] = []
    days: set[date] = set()
    for day in slot_days(plan, first, last):
        due = due_day(plan, day, calendar)
        if due is None or due in days:
            continue
        days.add(due)
        one = occasion(plan, day, due, calendar)
        if one.due > after and one.opens <= until:
            found.append(one)
    return found


def occasion(plan: RoundPlan, day: date, due: date, calendar: WorkCalendar) -> Occasion:
    """The round whose slot is on `day` and that is due on `due`."""
    zone = calendar.zone
    start, end = period_of(plan, day)
    closes = local_moment(calendar.plus_working_days(due, plan.close_days), plan.close_time, zone)
    return Occasion(
        slot=local_moment(day, plan.due_time, zone),
        opens=local_moment(calendar.plus_working_days(due, -plan.open_days), plan.open_time, zone),
        due=local_moment(due, plan.due_time, zone),
        closes=closes,
        digest=local_moment(calendar.plus_working_days(due, plan.digest_days), plan.digest_time, zone),
        period_start=start,
        period_end=end,
    )


def previous_slot_day(plan: RoundPlan, day: date) -> date:
    """The day the plan names before this one, counted as if the plan had always been there."""
    back = day - DAY
    while not is_slot_day(plan, back):
        back -= DAY
    return back


def period_of(plan: RoundPlan, day: date) -> tuple[date | None, date | None]:
    """The half-open period a round covers: first day, and first day after it."""
    if plan.period == Period.SINCE_LAST:
        return previous_slot_day(plan, day), day
    if plan.period == Period.WEEK_BEFORE:
        monday = day - timedelta(days=day.weekday())
        return monday - WEEK, monday
    if plan.period == Period.MONTH_BEFORE:
        this_month = day.replace(day=1)
        return (this_month - DAY).replace(day=1), this_month
    return None, None


class HasTimes(Protocol):
    """A plan's local times, as the rule below needs them."""

    open_days: int
    open_time: clock_time
    due_time: clock_time
    close_days: int
    close_time: clock_time
    digest_days: int
    digest_time: clock_time


def misordered(plan: HasTimes) -> str | None:
    """The name of the first time of a plan that is out of order, or None: opens < due < closes, due <= digest."""
    if (-plan.open_days, plan.open_time) >= (0, plan.due_time):
        return "open_time"
    if (plan.close_days, plan.close_time) <= (0, plan.due_time):
        return "close_time"
    if (plan.digest_days, plan.digest_time) < (0, plan.due_time):
        return "digest_time"
    return None
