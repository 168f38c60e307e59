"""When the meetings of a series fall, and when each calls for items, sends its papers and owes its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.kit.dates import WorkCalendar, local_moment
from commands.kit.times.rhythm import WEEK, Rhythm
from storage.cabinet.series import Series, WhenFree


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


def rhythm_of(series: Series) -> Rhythm:
    """The days on which a series meets."""
    return Rhythm(series.weekdays, series.every_weeks, series.anchor, skips_holidays=series.when_free == WhenFree.SKIP)


def occasions(series: Series, calendar: WorkCalendar, after: datetime, until: datetime) -> list[Occasion]:
    """The meetings of a series that start after `after` and no later than `until`, at most one a day."""
    zone = calendar.zone
    first, last = after.astimezone(zone).date() - WEEK, until.astimezone(zone).date()
    found = (
        Occasion(local_moment(day, series.start_time, zone), local_moment(meets, series.start_time, zone))
        for day, meets in rhythm_of(series).kept_days(first, last, calendar)
    )
    return [one for one in found if after < one.starts <= until]


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
