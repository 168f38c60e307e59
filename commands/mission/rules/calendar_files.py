"""Days off from a calendar file (iCalendar, RFC 5545), as governments and calendar programs publish them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from commands.kit.words import _
from commands.mission.rules.holidays import ONE_DAY, Import, check_range, days_of

if TYPE_CHECKING:
    from icalendar import Event

# Holidays that come again every year are entered for this year and so many more.
YEARS_AHEAD = 2
# What changes one occurrence, or adds some, to those that come again: no list of holidays needs it, so it is refused.
NOT_READ = ("RDATE", "EXRULE", "RECURRENCE-ID")
YEARLY = "YEARLY"


def read_calendar_file(content: bytes, today: date) -> Import:
    """The days of every all-day event with its name; what cannot be taken is named with its place in the file."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - 3 MiB that few processes ever need

    found = Import()
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError):
        found.errors.append(_("This is no calendar file that I can read. Export it anew, as iCalendar (.ics)."))
        return found
    events = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
    for number, event in enumerate(events, start=1):
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            _read_event(found, number, event, today)
    if not events:
        found.errors.append(_("There is no event in this calendar file."))
    return found


def _read_event(found: Import, number: int, event: Event, today: date) -> None:
    name = " ".join(str(event.get("SUMMARY", "")).split())
    try:
        runs = list(_runs_of(event, today))
        error = next((text for first, last in runs if (text := check_range(first, last, name))), None)
    except _UnreadableError as trouble:
        runs, error = [], str(trouble)
    if error:
        text = _("Event {number}, {name}: {error}")
        found.errors.append(text.format(number=number, name=name or _("without a name"), error=error))
        return
    for first, last in runs:
        for day in days_of(first, last):
            # Two holidays may fall on one day: it is free once, under both names.
            before = found.days.get(day, "")
            found.days[day] = f"{before}, {name}" if before and name not in before.split(", ") else before or name


class _UnreadableError(Exception):
    """Why an event is not taken, in words."""


def _runs_of(event: Event, today: date) -> Iterator[tuple[date, date]]:
    first, length = _span(event)
    if any(name in event for name in NOT_READ):
        raise _UnreadableError(_("it comes again in a way that I do not read. Enter its days by hand."))
    if "RRULE" not in event:
        yield first, first + length - ONE_DAY
        return
    for day in _yearly(event, first, today):
        yield day, day + length - ONE_DAY


def _span(event: Event) -> tuple[date, timedelta]:
    """The first day of an event and how long it is; its end is the first day that no longer belongs to it."""
    first, last, length = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(first, date):
        raise _UnreadableError(_("its first day cannot be read."))
    if isinstance(first, datetime) or isinstance(last, datetime):
        raise _UnreadableError(_("it has a time of day. Days off are whole days."))
    if isinstance(last, date):
        length = last - first
    if not isinstance(length, timedelta):
        length = ONE_DAY
    if length < ONE_DAY or length % ONE_DAY:
        raise _UnreadableError(_("it does not end on a later day than it begins."))
    return first, length


def _value(event: Event, name: str) -> object:
    return getattr(event.get(name), "dt", None) or getattr(event.get(name), "td", None)


def _yearly(event: Event, first: date, today: date) -> list[date]:
    """The days on which an event begins in this year and those after it."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - 3 MiB that few processes ever need
    from icalendar import vRecur  # noqa: PLC0415 - 3 MiB that few processes ever need

    written = event["RRULE"]
    if not isinstance(written, vRecur) or [str(one).upper() for one in written.get("FREQ", [])] != [YEARLY]:
        raise _UnreadableError(_("it comes again, but not every year. Enter its days by hand."))
    since, until = datetime(today.year, 1, 1), datetime(today.year + YEARS_AHEAD, 12, 31)  # noqa: DTZ001 - whole days
    text = bytes(written.to_ical()).decode().replace("Z", "")  # type: ignore[no-untyped-call]
    try:
        rule = rrulestr(text, dtstart=datetime.combine(first, time()))
        found = rule.between(since, until, inc=True)
    except (ValueError, TypeError, OverflowError) as trouble:
        raise _UnreadableError(_("the rule by which it comes again cannot be read.")) from trouble
    left_out = _left_out(event)
    return [one.date() for one in found if one.date() not in left_out]


def _left_out(event: Event) -> set[date]:
    lists = event.get("EXDATE", [])
    entries = [entry for one in (lists if isinstance(lists, list) else [lists]) for entry in one.dts]
    return {entry.dt.date() if isinstance(entry.dt, datetime) else entry.dt for entry in entries}
