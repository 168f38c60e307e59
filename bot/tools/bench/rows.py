"""What is measured, as rows, as JSON, and as the table of `docs/performance.md`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.tools.bench.bench import Bench

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
TITLES = ("what", "ours", "spread", "p50 ms", "p99 ms", "CPU ms", "bare Bolt", "signature", "ratio")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: the median of several rounds in `unit`, with the lowest and the highest round.

    `p50` and `p99` are milliseconds, `cpu` milliseconds of processor time a request or message cost in our processes.
    `bolt` and `signature` are what the bare servers did in the same rounds; `ratio` is ours in relation to `bolt`, or
    to what `what` names.
    """

    what: str
    value: float
    unit: str = "/s"
    low: float | None = None
    high: float | None = None
    p50: float | None = None
    p99: float | None = None
    cpu: float | None = None
    bolt: float | None = None
    signature: float | None = None
    ratio: float | None = None
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together. `title` heads them; sections run in order of their names."""

    name: str
    title: str
    run: Callable[[Bench], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Result:
    """What one run measured: the machine, the rows by section title, and what was left out and why."""

    machine: str
    sections: Sequence[tuple[str, Sequence[Row]]]
    left_out: Sequence[str]

    def as_json(self) -> str:
        """Everything, for machines."""
        sections = [{"title": title, "rows": [_filled(row) for row in rows]} for title, rows in self.sections]
        return json.dumps({"machine": self.machine, "sections": sections, "left_out": list(self.left_out)}, indent=2)

    def as_markdown(self) -> str:
        """Everything, for people."""
        parts = [self.machine]
        for title, rows in self.sections:
            head = [f"| {' | '.join(TITLES)} |", "|---" * len(TITLES) + "|"]
            parts.append("\n".join([f"### {title}", "", *head, *(_line(row) for row in rows)]))
        parts += [f"Left out: {reason}." for reason in self.left_out]
        return "\n\n".join(parts)


def _filled(row: Row) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if value is not None}


def _line(row: Row) -> str:
    spread = f"{number(row.low)} to {number(row.high)}" if row.low is not None else ""
    what = row.what + (f" ({row.failed} failed)" if row.failed else "")
    ours = f"{number(row.value)}{row.unit if row.unit.startswith('/') else ' ' + row.unit}"
    numbers = (row.p50, row.p99, row.cpu, row.bolt, row.signature)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return f"| {' | '.join([what, ours, spread, *map(number, numbers), ratio])} |"


def number(value: float | None) -> str:
    """A figure with three digits that mean something; empty for none."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"


def renew(page: Path, result: Result) -> None:
    """Write the figures into a page of the documentation, between its two marks. Raises ValueError without them."""
    text = page.read_text(encoding="utf-8")
    head, begun, rest = text.partition(BEGIN)
    _old, ended, tail = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{page} has no place for figures: {BEGIN} and {END}")
    page.write_text(f"{head}{BEGIN}\n{result.as_markdown()}\n{END}{tail}", encoding="utf-8")
