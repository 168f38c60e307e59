"""The mission's budget by period: what is obligated, what is left, and when its period ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

NOTHING = Decimal(0)
HUNDRED = Decimal(100)


class Line(Protocol):
    """What of a line its period's sums follow from."""

    fund: str
    title: str
    period: str
    ends: date | None
    granted: Decimal | None
    committed: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True, slots=True)
class BudgetPeriod:
    """A period with its lines, and their amounts together. `left` is what is allotted and not obligated."""

    name: str
    ends: date
    lines: tuple[Line, ...]
    allotted: Decimal
    obligated: Decimal
    spent: Decimal
    left: Decimal

    def is_over(self, today: date) -> bool:
        """Whether nothing can be obligated any more."""
        return self.ends < today


def left_of(line: Line) -> Decimal:
    """What of a line is not obligated, never below 0: a line that has too much does not lend it to another."""
    return max((line.granted or NOTHING) - (line.committed or NOTHING), NOTHING)


def periods_of(lines: Iterable[Line]) -> list[BudgetPeriod]:
    """The periods of these lines, the newest first; in each the line with most left first."""
    by_period: dict[tuple[date, str], list[Line]] = {}
    for line in lines:
        if line.ends is not None:
            by_period.setdefault((line.ends, line.period), []).append(line)
    found = []
    for (ends, name), some in sorted(by_period.items(), reverse=True):
        ordered = sorted(some, key=lambda line: (-left_of(line), line.fund, line.title))
        allotted, obligated, spent = (_sum(some, of) for of in ("granted", "committed", "spent"))
        left = sum((left_of(line) for line in some), NOTHING)
        found.append(BudgetPeriod(name, ends, tuple(ordered), allotted, obligated, spent, left))
    return found


def _sum(lines: Iterable[Line], amount: str) -> Decimal:
    return sum((getattr(line, amount) or NOTHING for line in lines), NOTHING)


def share_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A part for each hundred of the whole, in whole percent, half up; None where there is nothing to take it of."""
    if part is None or not whole:
        return None
    return (part * HUNDRED / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP)
