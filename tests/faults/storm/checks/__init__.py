"""What must hold after a storm: modules found by themselves. Each check is told what was seen and yields findings.

    @check
    def nothing_is_lost(seen: Seen) -> Iterator[str]:
        ...

The checks know the product from outside only, and import nothing of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.faults.storm.journal import Act

Json = dict[str, Any]


@dataclass
class Seen:
    """Everything that can be seen of the product after a storm."""

    acts: list[Act]
    tables: dict[str, list[Json]]
    """The rows of `python -m bot export`, by table."""
    places: dict[str, dict[str, str]]
    """By person's id: everything they can read in Slack, by place."""
    posts: list[Json]
    """Every message of the product in any channel, once, oldest first within a channel."""
    mails: list[tuple[list[str], str]]
    logs: dict[str, str]
    """What the product's processes wrote, by file."""
    metrics: dict[str, str]
    endings: list[tuple[str, float]]
    odd: list[str]
    since: datetime
    """When the storm began, on the product's clock."""
    uncleared: list[str] = field(default_factory=list)
    """The ids of those who may read nothing Confidential."""
    offers: list[str] = field(default_factory=list)
    """What was found wrong with buttons that were offered when all was calm."""


Check = Callable[[Seen], Iterator[str]]
_FOUND: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register an invariant."""
    _FOUND[function.__name__.replace("_", " ")] = function
    return function


def all_checks() -> dict[str, Check]:
    """The invariants of every module of this package."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _FOUND


def log_lines(logs: Path) -> dict[str, str]:
    """What the processes wrote."""
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(logs.glob("*.log"))}
