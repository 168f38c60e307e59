"""No verb, timer or schedule of any room keeps others from writing for long, and each is tried, also a new room's.

What is asserted is the processor's work while the writers' line is held, against statements that are measured
beside it: the clock would measure what else the machine does. `HOLDS=FILE` writes the table for
docs/performance.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.observe import TOLD_HOLD
from bot.rooms import House
from storage.database import Database
from storage.missions import Mission
from tests.holds.mission import a_walk, never_seen
from tests.holds.walk import Name, Walk

# What a statement that returns an object costs on the machine of docs/performance.md, and how many are measured.
USUAL_SECONDS, STATEMENTS = 0.00009, 200


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A walk that has come to its end."""
    with a_walk(tmp_path_factory.mktemp("holds")) as walk:
        walk.run()
        if table := os.environ.get("HOLDS"):
            Path(table).write_text(as_table(walk), encoding="utf-8")
        yield walk


def declared(house: House, schedules: Iterator[str]) -> set[Name]:
    """Everything that rooms declare and that may write, under the names of a walk."""
    found: set[Name] = set(house.verbs)
    for command in house.commands.values():
        found |= {("command", command.name), *(("command", f"{command.name} {sub.word}") for sub in command.subs)}
    found |= {("shortcut", name) for name in house.shortcuts} | {("timer", name) for name in house.timers}
    return found | {("schedule", name) for name in schedules}


def slowness(database: Database) -> float:
    """How much longer than usual the processor is at work for the same statements now; at least 1."""
    query = select(Mission)

    def piece() -> float:
        with database.reading() as session:
            began = time.thread_time()
            for _statement in range(STATEMENTS):
                session.scalars(query).one()
                session.expunge_all()
            return time.thread_time() - began

    return max(1.0, min(piece() for _turn in range(5)) / (STATEMENTS * USUAL_SECONDS))


def as_table(walk: Walk) -> str:
    """Each verb's longest hold, in milliseconds of work and of the clock, the longest first."""
    rows = sorted(walk.results.items(), key=lambda one: -one[1].hold.work)
    lines = [
        f"| {kind} `{verb}` | {one.hold.work * 1000:.0f} | {one.hold.seconds * 1000:.0f} |"
        for (kind, verb), one in rows
    ]
    return "\n".join(lines)


def test_every_verb_timer_and_schedule_is_done_once_at_least(walk: Walk) -> None:
    """What is missing here needs something in `tests/ROOM/gestures.py`: a state, a file, a word or a text."""
    product = walk.world.product
    missing = {
        name: walk.results[name].why if name in walk.results else "never in sight"
        for name in declared(product.house, iter(walk.world.clock.schedules()))
        if name not in walk.results or not walk.results[name].done
    }
    known = never_seen(walk.world)
    assert {name: why for name, why in missing.items() if name not in known} == {}


def test_nothing_breaks_on_the_way(walk: Walk) -> None:
    assert walk.broken == []


def test_nobody_keeps_others_from_writing_for_long(walk: Walk) -> None:
    """What makes or reads a file is not here: begun in a unit of work that may write, it breaks (`takes_long`)."""
    limit = TOLD_HOLD * slowness(walk.world.product.database)
    long = {name: one.hold for name, one in walk.results.items() if one.hold.work > limit}
    assert long == {}


def test_whoever_only_opens_a_form_waits_for_nobody(walk: Walk) -> None:
    """A gesture that shows a form and changes nothing is declared with `reads_only`."""
    assert {name: one.idle for name, one in walk.results.items() if one.idle} == {}
