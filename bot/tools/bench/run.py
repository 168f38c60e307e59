"""One run of the bench: its sections, found by their modules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence

from bot.tools import bench
from bot.tools.bench.bench import Effort, machine, opened
from bot.tools.bench.rows import Result, Section


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
    where = machine()
    measured = []
    with opened(effort, postgres) as bench:
        for section in find_sections():
            if only and not any(word in section.name for word in only):
                bench.leave_out(f"{section.title.partition(';')[0]}: not asked for")
                continue
            rows = []
            for row in section.run(bench):
                say(f"{section.name}: {row.what}: {row.value:.4g} {row.unit}")
                rows.append(row)
            measured.append((section.title, rows))
        return Result(where, measured, tuple(bench.left_out))
