"""Lengths of time as people type them: `20 min`, `4 h`, `1 h 30 min`."""

from __future__ import annotations

import re
from datetime import timedelta

_PART = re.compile(r"(\d{1,4})\s*(h|min|m)\b", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "min": timedelta(minutes=1), "m": timedelta(minutes=1)}
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=400)


def read_length(text: str) -> timedelta | None:
    """The length a text means; None when it means none, or one outside 5 minutes to 400 hours."""
    rest = _PART.sub("", text).strip()
    parts = _PART.findall(text)
    if rest or not parts:
        return None
    length = sum((int(count) * _UNITS[unit.lower()] for count, unit in parts), timedelta())
    return length if SHORTEST <= length <= LONGEST else None


def write_length(length: timedelta) -> str:
    """A length as `read_length` reads it, in hours and minutes: days would leave open how many hours they have."""
    minutes = int(length.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
