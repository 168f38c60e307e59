"""The rules of figures that FTS's own data proved: what counts, coverage, unmet, surplus."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from commands.funding.rules.imports.values import half_up

ZERO = Decimal("0.00")
INCOMING, SINGLE = "incoming", "single"
COUNTED_STATUSES = ("paid", "commitment")


def counts(boundary: str, on_boundary: str, status: str) -> bool:
    """Whether a flow is in the country's total: incoming, wholly for the country, paid or committed.

    Pledges are recorded and not counted. Internal flows are the same money again. Shared flows are counted nowhere.
    """
    return boundary == INCOMING and on_boundary == SINGLE and status in COUNTED_STATUSES


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is funded of what is asked. `percent` is None, shown as "n/a", where nothing is asked.

    Above 100 % nothing is unmet and the rest is a surplus, which fills no other gap.
    """

    requirement: Decimal | None
    funding: Decimal
    percent: int | None
    unmet: Decimal | None
    surplus: Decimal


def coverage(requirement: Decimal | None, funding: Decimal) -> Coverage:
    """Coverage of a requirement, in percent rounded half up as OCHA rounds."""
    if requirement is None:
        return Coverage(None, funding, None, None, ZERO)
    gap = requirement - funding
    percent = half_up(funding * 100 / requirement) if requirement > 0 else None
    return Coverage(requirement, funding, percent, max(gap, ZERO), max(-gap, ZERO))
