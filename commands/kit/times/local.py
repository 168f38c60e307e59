"""What was planned in local time: it keeps that time when the mission's zone, or the rules of the zone, change.

A row keeps the local times of its moments beside them (`local_times`: name of the moment to local time), and each room
follows `CLOCK_CHANGED`: a moment that is ahead is reckoned again from its local time. Past moments do not move.

Gesture: reckon time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.kit.dates import clock_text, day_text

# On the audit record when the mission got another zone, or its zone got other rules.
CLOCK_CHANGED = "mission.clock"


def local_texts(zone: ZoneInfo, **moments: datetime | None) -> dict[str, str]:
    """The local times of these moments, as a row keeps them: `{"due_at": "2026-12-07T16:00:00"}`."""
    return {
        name: moment.astimezone(zone).replace(tzinfo=None).isoformat()
        for name, moment in moments.items()
        if moment is not None
    }


def local_time(kept: Mapping[str, str], name: str, moment: datetime, zone: ZoneInfo) -> datetime:
    """The local time, without a zone, that was planned; that of the moment itself where none is kept."""
    text = kept.get(name)
    return datetime.fromisoformat(text) if text else moment.astimezone(zone).replace(tzinfo=None)


def moment_again(kept: Mapping[str, str], name: str, moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the local time that is kept, by the clock of `zone`; the moment itself where none is kept."""
    text = kept.get(name)
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC) if text else moment


def kept_ahead(kept: Mapping[str, str], name: str, moment: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The same for a moment that is ahead. It stays where it is when it is past, or when its local time has passed."""
    again = moment_again(kept, name, moment, zone)
    return again if moment > now and again > now else moment


def local_line(local: datetime) -> str:
    """A local time in a list: `Mon 7 Dec 10:00`."""
    return f"{day_text(local.date(), 'EEE d MMM')} {clock_text(local.time())}"
