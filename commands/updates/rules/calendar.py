"""When the rounds of a plan fall, and when each opens, is due, closes and is digested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commands.kit.dates import ONE_DAY, WorkCalendar, local_moment
from commands.kit.times.rhythm import WEEK, Rhythm
from storage.updates.rounds import OnHoliday, Period, Round, RoundPlan


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


def occasion_of(this: Round) -> Occasion:
    """The moments of a round that has them."""
    return Occasion(
        slot=this.slot or this.due_at,
        opens=this.opens_at,
        due=this.due_at,
        closes=this.closes_at,
        digest=this.digest_at,
        period_start=this.period_start,
        period_end=this.period_end,
    )


def rhythm_of(plan: RoundPlan) -> Rhythm:
    """The days on which the rounds of a plan are due."""
    return Rhythm(plan.weekdays, plan.every_weeks, plan.anchor, skips_holidays=plan.on_holiday == OnHoliday.SKIP)


def occasions(plan: RoundPlan, calendar: WorkCalendar, after: datetime, until: datetime) -> list[Occasion]:
    """The rounds of a plan that are due after `after` and open at `until` or earlier, in order.

    Two slots that holidays push to the same due day make one round, the first of them.
    """
    first = after.astimezone(calendar.zone).date() - WEEK
    last = until.astimezone(calendar.zone).date() + 3 * WEEK
    found = (occasion(plan, day, due, calendar) for day, due in rhythm_of(plan).kept_days(first, last, calendar))
    return [one for one in found if one.due > after and one.opens <= until]


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


def period_of(plan: RoundPlan, day: date) -> tuple[date | None, date | None]:
    """The half-open period a round covers: first day, and first day after it."""
    if plan.period == Period.SINCE_LAST:
        return rhythm_of(plan).day_before(day), day
    if plan.period == Period.WEEK_BEFORE:
        monday = day - timedelta(days=day.weekday())
        return monday - WEEK, monday
    if plan.period == Period.MONTH_BEFORE:
        this_month = day.replace(day=1)
        return (this_month - ONE_DAY).replace(day=1), this_month
    return None, None
