"""Budget periods: `2034/35` is a peacekeeping mission's, from 1 July to 30 June; `2035` is a year.

The General Assembly sets the financial period of peacekeeping operations (resolution 49/233 A): 1 July to 30 June.
Special political missions have the calendar year of the regular budget.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from commands.kit.typed.days import DayError, find_run

_YEAR = re.compile(r"(?:FY|fiscal year|exercice)?\s*([0-9]{4})(?:\.0)?", re.IGNORECASE)
_TWO_YEARS = re.compile(r"(?:FY|fiscal year|exercice)?\s*([0-9]{4})\s*[/–-]\s*([0-9]{2}|[0-9]{4})", re.IGNORECASE)
JULY, JUNE = 7, 6


@dataclass(frozen=True, slots=True)
class Period:
    """A budget period by its name, first and last day."""

    name: str
    first: date
    last: date


def period_of(text: str) -> Period | None:
    """The period that a text names; None where it names none.

    `2034/35`, `2034-2035`, `FY 2034/35`, `2035`, `1 July 2034 – 30 June 2035`.
    """
    text = text.strip()
    found = _TWO_YEARS.fullmatch(text)
    if found:
        first = int(found[1])
        return _from_july(first) if int(found[2]) in {first + 1, (first + 1) % 100} else None
    found = _YEAR.fullmatch(text)
    if found and int(found[1]):
        return Period(found[1], date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    return _from_days(text)


def _from_days(text: str) -> Period | None:
    try:
        run = find_run(text)
    except DayError:
        return None
    return named(run.first, run.last) if run is not None and run.first < run.last else None


def named(first: date, last: date) -> Period:
    """The period between two days, by its usual name where it has one."""
    whole_year = last + timedelta(days=1) == date(first.year + 1, first.month, first.day)
    if whole_year and (first.month, first.day) == (JULY, 1):
        return _from_july(first.year)
    if whole_year and (first.month, first.day) == (1, 1):
        return Period(str(first.year), first, last)
    return Period(f"{first.isoformat()} – {last.isoformat()}", first, last)


def _from_july(year: int) -> Period:
    return Period(f"{year}/{(year + 1) % 100:02}", date(year, JULY, 1), date(year + 1, JUNE, 30))
