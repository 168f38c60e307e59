"""Pace: what was reported by a day of this year, beside what was reported by the same day a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commands.funding.rules.sources.budgets import share_of


@dataclass(frozen=True, slots=True)
class Reported:
    """Funding for a year as far as it was reported by a day, and what the plans of that year ask, None for nothing.

    `undated` is funding that does not say when it was reported: it is in no pace.
    """

    year: int
    by: date
    funded: Decimal
    undated: Decimal
    required: Decimal | None

    @property
    def coverage(self) -> Decimal | None:
        """Of a hundred required, in whole percent."""
        return share_of(self.funded, self.required)


@dataclass(frozen=True, slots=True)
class Pace:
    """A country's funding for this year and for the year before, each by the same day of its year."""

    country: str
    now: Reported
    before: Reported


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for a 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
