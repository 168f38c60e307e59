"""A meeting as a calendar file (iCalendar, RFC 5545) that every calendar program reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.kit.times.changes import ClockChange, clock_changes, offset_at
from storage.cabinet.meetings import Meeting, MeetingState

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

YEARS_AROUND = 1


def calendar_file(meeting: Meeting, title: str, zone: ZoneInfo, description: str, now: datetime) -> bytes:
    """The file; `title` is what it calls the meeting.

    The time is local time of the mission's zone with the zone's rules beside it, as our own clock has them: programs
    that know the zone follow a later change of its rules, and those that do not show the right moment all the same.

    The same meeting always has the same identity, and a higher number when it was changed, so that a second file moves
    the entry instead of doubling it.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - 3 MiB that few processes ever need

    event = Event()
    event.add("uid", f"meeting-{meeting.id}.{meeting.mission_id.lower()}@rapporteur")
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", now)
    ends = [moment.astimezone(zone) for moment in (meeting.starts_at, meeting.ends_at)]
    # Of a local time that comes twice a file can only say the first; with the second in it, both ends are said in UTC.
    is_doubled = any(moment.fold for moment in ends)
    for name, moment in zip(("dtstart", "dtend"), ends, strict=True):
        event.add(name, moment.astimezone(UTC) if is_doubled else moment)
    event.add("summary", title)
    for name, text in (("location", meeting.place), ("description", description)):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Rapporteur//Cabinet//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if not is_doubled and zone.key != "UTC":
        calendar.add_component(rules_around(zone, meeting.starts_at, meeting.ends_at))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def rules_around(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """How a zone's clocks go, from the year before `first` to the year after `last`: every change by itself.

    Rules by which changes come again are left to the tz database: what we write are its own moments.
    """
    from icalendar import Timezone  # noqa: PLC0415 - 3 MiB that few processes ever need

    begin = datetime(first.year - YEARS_AROUND, 1, 1, tzinfo=UTC)
    changes = clock_changes(zone, begin, datetime(last.year + YEARS_AROUND + 1, 1, 1, tzinfo=UTC))
    offset = offset_at(zone, begin)
    rules = Timezone()
    rules.add("tzid", zone.key)
    # Clocks at the beginning are summer time where the first change puts them back.
    is_summer = bool(changes) and changes[0].after < changes[0].before
    rules.add_component(_observance(zone, ClockChange(begin, offset, offset), is_summer=is_summer))
    for change in changes:
        rules.add_component(_observance(zone, change, is_summer=change.after > change.before))
    return rules


def _observance(zone: ZoneInfo, change: ClockChange, *, is_summer: bool) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - 3 MiB that few processes ever need

    found = TimezoneDaylight() if is_summer else TimezoneStandard()
    found.add("dtstart", (change.at + change.before).replace(tzinfo=None))
    found.add("tzoffsetfrom", change.before)
    found.add("tzoffsetto", change.after)
    found.add("tzname", change.at.astimezone(zone).tzname() or zone.key)
    return found
