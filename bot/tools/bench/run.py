"""One run of the bench: its sections, found by their modules."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.tools import bench
from bot.tools.bench.bench import Effort, load, machine, opened
from bot.tools.bench.rows import Result, Row, Section


def find_sections() -> list[Section]:
    """The sections of every module in this folder, in order of their names."""
    found: list[Section] = []
    for module in pkgutil.iter_modules(bench.__path__):
        found += getattr(importlib.import_module(f"bot.tools.bench.{module.name}"), "SECTIONS", ())
    return sorted(found, key=lambda section: section.name)


def run(
    effort: Effort, *, only: Sequence[str] = (), postgres: str | None = None, say: Callable[[str], None] = print
) -> Result:
    """Measure the sections whose names hold one of the words of `only`, or all. Loopback only.

    `say` is told each row as soon as it is there.
    """
    began, ends = load(), time.monotonic() + 60 * effort.minutes
    measured = []
    with opened(effort, postgres) as bench:
        for section in find_sections():
            name = section.title.partition(";")[0]
            if only and not any(word in section.name for word in only):
                bench.leave_out(f"{name}: not asked for")
                continue
            rows = []
            try:
                for row in until(ends, section.run(bench)):
                    say(f"{section.name}: {row.what}: {row.value:.4g} {row.unit}")
                    rows.append(row)
            except TimeoutError as trouble:
                # The others can still be measured.
                bench.leave_out(f"{name}: some of it, waited in vain ({trouble})")
            if time.monotonic() > ends:
                bench.leave_out(f"{name}: all of it or some, because {effort.minutes:g} minutes were over")
            if rows:
                measured.append((section.title, rows))
        where = f"{machine()}, load {began} as the run began and {load()} as it ended."
        return Result(where, measured, tuple(bench.left_out))


def until(ends: float, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows until the time is over; each of them takes a bounded time."""
    if time.monotonic() > ends:
        return
    for row in rows:
        yield row
        if time.monotonic() > ends:
            return
