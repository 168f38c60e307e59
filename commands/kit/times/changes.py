"""When the clocks of a zone are put forward and back, as the tz database of this machine has it.

Gesture: reckon time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# No zone changes its clocks twice within so long.
STRIDE = timedelta(hours=12)
SECOND = timedelta(seconds=1)
YEARS_WATCHED = 3


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The first moment (UTC) of another offset from UTC, and the offsets before and from then on."""

    at: datetime
    before: timedelta
    after: timedelta


def clock_changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[ClockChange]:
    """Every change of a zone's offset after `first`, up to `last`, in order."""
    found: list[ClockChange] = []
    current, offset = first.astimezone(UTC), offset_at(zone, first)
    while current < last:
        following = min(current + STRIDE, last.astimezone(UTC))
        after = offset_at(zone, following)
        if after != offset:
            found.append(ClockChange(_moment_of(zone, current, following), offset, after))
        current, offset = following, after
    return found


def _moment_of(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset becomes that of `high`."""
    wanted = offset_at(zone, high)
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        if offset_at(zone, middle) == wanted:
            high = middle
        else:
            low = middle
    return high


def offset_at(zone: ZoneInfo, when: datetime) -> timedelta:
    """How far the clocks of a zone are ahead of UTC at a moment."""
    return when.astimezone(zone).utcoffset() or timedelta()


def rules_of(zone: ZoneInfo, first_year: int) -> str:
    """A fingerprint of a zone's clock in three calendar years: another one means that its rules have changed."""
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (first_year, first_year + YEARS_WATCHED))
    changes = [f"{one.at:%Y%m%d%H%M%S}{one.after.total_seconds():+.0f}" for one in clock_changes(zone, first, last)]
    text = " ".join([f"{offset_at(zone, first).total_seconds():+.0f}", *changes])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
