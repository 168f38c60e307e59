"""When the meetings of a series fall, and when each calls for items, sends its papers and owes its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commands.kit.dates import WorkCalendar, local_moment
from storage.cabinet.series import Series, WhenFree

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting to be: its slot, which is what the rhythm names, and when it really starts."""

    slot: datetime
    starts: datetime


@dataclass(frozen=True, slots=True)
class Moments:
    """When a meeting ends, and when what belongs to it is due."""

    ends: datetime
    call: datetime
    papers: datetime
    record: datetime


def slot_days(series: Series, first: date, last: date) -> Iterator[date]:
    """The days the rhythm names between two days, both included, none before its anchor."""
    if not series.every_weeks:
        return
    week_one = series.anchor - timedelta(days=series.anchor.weekday())
    day = max(first, series.anchor)
    while day <= last:
        if day.weekday() in series.weekdays and (day - week_one).days // 7 % series.every_weeks == 0:
            yield day
        day += DAY


def meeting_day(series: Series, day: date, calendar: WorkCalendar) -> date | None:
    """The day it meets: the same, the next working day where that one is a holiday, or none when it is skipped."""
    if day not in calendar.holidays:
        return day
    return None if series.when_free == WhenFree.SKIP else calendar.working_day_from(day)


def occasions(series: Series, calendar: WorkCalendar, after: datetime, until: datetime) -> list[Occasion]:
    """The meetings of a series that start after `after` and no later than `until`, at most one a day."""
    zone = calendar.zone
    found: dict[date, Occasion] = {}
    first, last = after.astimezone(zone).date() - WEEK, until.astimezone(zone).date()
    for day in slot_days(series, first, last):
        meets = meeting_day(series, day, calendar)
        if meets is None or meets in found:
            continue
        starts = local_moment(meets, series.start_time, zone)
        if after < starts <= until:
            found[meets] = Occasion(local_moment(day, series.start_time, zone), starts)
    return list(found.values())


def moments_of(series: Series, starts: datetime, calendar: WorkCalendar) -> Moments:
    """Everything that hangs on the start of a meeting.

    Papers that would be due on a free day are due on the working day before. The call for items goes out before the
    papers are due, however short the series makes it.
    """
    ends = starts + timedelta(minutes=series.minutes)
    papers = on_working_day_before(starts - timedelta(hours=series.papers_hours), calendar)
    call = min(calendar.shift_days(starts, -series.call_days), papers) if series.call_days else papers
    return Moments(ends, call, papers, ends + timedelta(hours=series.record_hours))


def on_working_day_before(moment: datetime, calendar: WorkCalendar) -> datetime:
    """The same local time on this day if people work then, else on the last working day before it."""
    local = moment.astimezone(calendar.zone)
    if calendar.is_working_day(local.date()):
        return moment
    return local_moment(calendar.plus_working_days(local.date(), -1), local.time(), calendar.zone)


def next_working_time(starts: datetime, calendar: WorkCalendar) -> datetime | None:
    """The same local time on the next working day, where the day of `starts` is free; None where people work."""
    local = starts.astimezone(calendar.zone)
    if calendar.is_working_day(local.date()):
        return None
    return local_moment(calendar.working_day_from(local.date()), local.time(), calendar.zone)
