"""What a Peacebuilding Fund project owes and when, and what is unusual about a line: warnings, never refusals.

Lengths and days are the mission's settings; the product's defaults are no rule of the United Nations.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from storage.funding.lines import Facility, LineKind


class Due(StrEnum):
    """What is due."""

    EXTENSION = "extension"
    FINAL_REPORT = "final_report"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something of a line that is due on a day."""

    what: Due
    on: date


class LineWarning(StrEnum):
    """What is unusual about a line."""

    TOO_LONG = "too_long"
    ABOVE_CEILING = "above_ceiling"
    RATE_OF_ONE = "rate_of_one"
    NO_END = "no_end"


class Limits(Protocol):
    """The settings that deadlines and warnings need."""

    irf_months: int
    prf_months: int
    extension_months: int
    report_months: int
    half_year: str
    annual: str
    irf_ceiling: Decimal | None
    prf_ceiling: Decimal | None
    qip_ceiling: Decimal | None


class Dated(Protocol):
    """What of a line deadlines and warnings look at."""

    kind: str
    facility: str
    starts: date | None
    ends: date | None
    usd: Decimal


def deadlines_of(line: Dated, limits: Limits) -> list[Deadline]:
    """Everything the project owes from its start to its end, in order; nothing for other lines."""
    if line.kind != LineKind.PEACEBUILDING_FUND or line.ends is None:
        return []
    found = [
        Deadline(Due.EXTENSION, plus_months(line.ends, -limits.extension_months)),
        Deadline(Due.FINAL_REPORT, plus_months(line.ends, limits.report_months)),
    ]
    first = line.starts or line.ends
    found += [Deadline(Due.HALF_YEAR, day) for day in _each_year(limits.half_year, first, line.ends)]
    found += [Deadline(Due.ANNUAL, day) for day in _each_year(limits.annual, first, line.ends)]
    return sorted(found, key=lambda one: (one.on, one.what))


def _each_year(day: str, first: date, last: date) -> Iterator[date]:
    if not day:
        return
    month, number = (int(part) for part in day.split("-"))
    for year in range(first.year, last.year + 1):
        one = date(year, month, number)
        if first < one <= last:
            yield one


def warnings_of(line: Dated, limits: Limits) -> list[LineWarning]:
    """What is unusual: longer than the facility allows, above the ceiling, a project without an end."""
    found: list[LineWarning] = []
    most = {Facility.IMMEDIATE_RESPONSE: limits.irf_months, Facility.PEACEBUILDING_RECOVERY: limits.prf_months}
    is_project = line.kind == LineKind.PEACEBUILDING_FUND
    latest = plus_months(line.starts, most[Facility(line.facility)]) if line.starts and line.facility else None
    if is_project and line.ends and latest and line.ends > latest:
        found.append(LineWarning.TOO_LONG)
    if is_project and line.ends is None:
        found.append(LineWarning.NO_END)
    ceiling = ceiling_of(line, limits)
    if ceiling is not None and line.usd > ceiling:
        found.append(LineWarning.ABOVE_CEILING)
    return found


def ceiling_of(line: Dated, limits: Limits) -> Decimal | None:
    """The most that a line of this kind usually has, in US dollars; None where the mission has set none."""
    if line.kind == LineKind.QUICK_IMPACT:
        return limits.qip_ceiling
    if line.kind != LineKind.PEACEBUILDING_FUND or not line.facility:
        return None
    return limits.irf_ceiling if line.facility == Facility.IMMEDIATE_RESPONSE else limits.prf_ceiling


def plus_months(day: date, months: int) -> date:
    """The same day some months later (or earlier), the last of the month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
