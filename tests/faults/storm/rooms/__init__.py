"""What people do in each room: one module a room, found by itself. A new room adds its file and nothing else.

    @gesture("WFP focal point", "IOM focal point", weight=3, record="return.answers")
    def answers(do: Doing) -> None:
        do.run("/update submit")
        do.complete(thanks="Received")

`record` is the verb under which the product's record keeps the act, or several with | between them. The checker then
counts: as many entries as acts that were acknowledged, and never more than were tried. `once` names a table of the
export in which each of these acts leaves exactly one row.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.storm.doing import Doing

Do = Callable[[Doing], None]
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Gesture:
    """Something people do. `who` are their names; `weight` how often compared with others."""

    room: str
    name: str
    do: Do
    who: tuple[str, ...]
    weight: float
    record: str
    wild: bool
    """Whether it may do anything at all, so that nobody knows which record it leaves."""
    lasting: bool
    """Whether what is typed stays, or may be replaced by what somebody types later."""
    once: str
    """The table in which what was typed stands exactly once."""


_FOUND: list[Gesture] = []


def gesture(
    *who: str, weight: float = 1.0, record: str = "", wild: bool = False, lasting: bool = True, once: str = ""
) -> Callable[[Do], Do]:
    """Register what these people do; without names, everybody does."""

    def register(do: Do) -> Do:
        room = do.__module__.rpartition(".")[2]
        _FOUND.append(Gesture(room, do.__name__, do, who or (EVERYBODY,), weight, record, wild, lasting, once))
        return do

    return register


def all_gestures() -> list[Gesture]:
    """The gestures of every module of this package."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _FOUND
