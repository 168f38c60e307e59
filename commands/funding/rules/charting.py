"""The figures of a chart within what Slack draws: few rows, short labels that differ, whole dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from commands.funding.rules.rows import NOTHING, Figures

CATEGORIES, SEGMENTS, LABEL = 20, 6, 20


@dataclass(frozen=True, slots=True)
class Slice:
    """One bar or one piece: its label, and two amounts; the second is None where nobody said what is required."""

    label: str
    name: str
    funded: Decimal
    unmet: Decimal | None = NOTHING


def bars(figures: Sequence[Figures], rest: str, most: int = CATEGORIES) -> list[Slice]:
    """A bar for each row, what does not fit gathered under `rest`."""
    shown = list(figures if len(figures) <= most else figures[: most - 1])
    left = figures[len(shown) :]
    slices: list[tuple[str, Decimal, Decimal | None]] = [(one.name, one.funded, one.unmet) for one in shown]
    if left:
        slices.append((rest, sum((one.funded for one in left), NOTHING), _unmet(left)))
    labels = distinct([name for name, _funded, _unmet in slices])
    return [Slice(label, *about) for label, about in zip(labels, slices, strict=True)]


def pieces(figures: Sequence[Figures], rest: str, most: int = SEGMENTS) -> list[Slice]:
    """The largest sources of funding as pieces, the others together; only what is more than 0 can be drawn."""
    funding = sorted((one for one in figures if one.funded > 0), key=lambda one: (-one.funded, one.name))
    return bars(funding, rest, most)


def _unmet(figures: Sequence[Figures]) -> Decimal:
    return sum((one.unmet or NOTHING for one in figures), NOTHING)


def distinct(names: Sequence[str], most: int = LABEL) -> list[str]:
    """Names cut to what a label holds, numbered where two would be the same."""
    labels: list[str] = []
    for name in names:
        label = name if len(name) <= most else name[: most - 1].rstrip() + "…"
        number = 2
        while label in labels:
            end = f" {number}"
            label = name[: most - len(end) - 1].rstrip() + "…" + end
            number += 1
        labels.append(label)
    return labels
