"""A meeting as a calendar file (iCalendar, RFC 5545) that every calendar program reads."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from storage.cabinet.meetings import Meeting, MeetingState


def calendar_file(meeting: Meeting, title: str, zone: ZoneInfo, description: str, now: datetime) -> bytes:
    """The file; `title` is what it calls the meeting.

    The time is local time of the mission's zone with the zone's rules beside it.

    The same meeting always has the same identity, and a higher number when it was changed, so that a second file moves
    the entry instead of doubling it.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.id}.{meeting.mission_id.lower()}@rapporteur")
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", title)
    for name, text in (("location", meeting.place), ("description", description)):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Rapporteur//Cabinet//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
