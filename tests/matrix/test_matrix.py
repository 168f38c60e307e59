"""The matrix: everybody sends every verb about every thing, and what comes of it is as the tables say.

`UPDATE_GOLDEN=1 pytest tests/matrix` writes the tables anew; read the difference line by line, as somebody who expects
the worst. Beyond the tables stands what may never be (`Fault`). `known.txt` holds what is known to be wrong today: it
can only become shorter, and a line that is not true any more fails too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.observe import configure_logs
from commands.kit.cards import BLOCKS_PER_VIEW, Block
from tests.matrix.cast import EVERYBODY
from tests.matrix.clockwork import faults_in, read_at_home, told_by_the_clock
from tests.matrix.faults import as_lines, leaks
from tests.matrix.front import at_the_front, home_of
from tests.matrix.rehearsal import Outcome, Rehearsal
from tests.matrix.scene.setting import a_setting
from tests.matrix.sending import Sender
from tests.matrix.tables import short_table, table
from tests.matrix.walk import Walk, declared, tries_of

# Who somebody is stands apart; the waits of all rooms are about half of it.
STATEMENTS_OF_HOME = 50
HERE = Path(__file__).parent
GOLDEN, KNOWN = HERE / "golden", HERE / "known.txt"
HOW = "read what changed, then: UPDATE_GOLDEN=1 pytest tests/matrix"
# Forms that nobody of the mission can open at this moment, so they are sent with what stands in the try alone.
NOT_OPENED = {"mission:add", "mission:paste", "mission:season"}


@dataclass(frozen=True, slots=True)
class Matrix:
    """The walk, and the tables by the names of their files."""

    walk: Walk
    tables: dict[str, str]
    front: list[tuple[str, str, Outcome]]
    homes: dict[str, tuple[list[Block], int]]


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """Everything tried once."""
    with a_setting(tmp_path_factory.mktemp("matrix")) as setting:
        configure_logs("CRITICAL", "console")
        rehearsal = Rehearsal(setting)
        walk = Walk(rehearsal, Sender(rehearsal))
        walk.run()
        tables = {room: table(room, cells) for room, cells in walk.cells.items()}
        clock, homes = list(told_by_the_clock(rehearsal)), list(read_at_home(rehearsal))
        tables["clock"] = short_table("What the clock tells", [(where, words) for where, _outcome, words in clock])
        tables["home"] = short_table("What Home names", [(name, words) for name, _outcome, words in homes])
        for where, outcome, _words in [*clock, *((f"home of {name}", out, words) for name, out, words in homes)]:
            walk.faults += faults_in(rehearsal, where, outcome)
        _tell(walk)
        front = list(at_the_front(rehearsal))
        yield Matrix(walk, tables, front, {name: home_of(rehearsal, name) for name in EVERYBODY})
    configure_logs("WARNING", "console")


def _tell(walk: Walk) -> None:
    cells = [cell for found in walk.cells.values() for cell in found]
    things, verbs = len(walk.setting.things.all), len({cell.where for cell in cells})
    people = len({cell.person for cell in cells})
    counts = f"{verbs} ways to use verbs, {things} things, {people} people: {len(cells)} cells"
    sys.stdout.write(f"\n{counts}, {walk.given} of them refused at the gate for another thing\n")
    sys.stdout.write(f"left out: {walk.left_out} cells of people whose role means nothing in the room\n")


def test_every_verb_is_tried(matrix: Matrix) -> None:
    """A new verb needs a line in tests/matrix/tries/ROOM.py."""
    for room in matrix.walk.setting.world.product.house.rooms:
        tried = {kind: set(table) for kind, table in tries_of(room).items()}
        assert tried == declared(room), f"tests/matrix/tries/{room.name}.py; then {HOW}"


def test_the_front_door_tells_nobody_what_is_not_for_them(matrix: Matrix) -> None:
    """Lines, hits, what waits and what is linked: no secret to anybody but those who may read it."""
    setting = matrix.walk.setting
    told = {(where, name, secret) for where, name, out in matrix.front for _reader, secret in leaks(out, setting)}
    assert told == set()


@pytest.mark.parametrize("where", ["lines", "search", "links"])
def test_the_front_door_tells_what_is_for_somebody(matrix: Matrix, where: str) -> None:
    """Otherwise the test above could not fail."""
    things = matrix.walk.setting.things
    told = {(name, secret) for at, name, out in matrix.front if at == where for secret in things.told_in(out.answer)}
    kinds = {"decision", "action", "escalation", "item"}
    sought = [one for one in things.all if one.kind in kinds and one.secret]
    assert len(sought) > 10
    lost = [one.name for one in sought if not any((name, one.secret) in told for name in one.for_whom)]
    assert lost == []


def test_home_holds_everything_with_few_statements(matrix: Matrix) -> None:
    for name, (blocks, statements) in matrix.homes.items():
        assert len(blocks) <= BLOCKS_PER_VIEW, name
        assert "There is more" not in str(blocks), name
        assert statements <= STATEMENTS_OF_HOME, name


def test_every_form_could_be_opened_by_somebody(matrix: Matrix) -> None:
    assert set(matrix.walk.sender.unopened) == NOT_OPENED


def test_the_tables_are_as_they_were(matrix: Matrix) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        for name, text in matrix.tables.items():
            (GOLDEN / f"{name}.md").write_text(text, encoding="utf-8")
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(matrix.tables), HOW
    for name, text in matrix.tables.items():
        assert text == (GOLDEN / f"{name}.md").read_text(encoding="utf-8"), f"golden/{name}.md: {HOW}"


def test_nothing_is_wrong_but_what_is_known(matrix: Matrix) -> None:
    """No golden table excuses any of this. A line of known.txt that is not true any more is to be taken away."""
    found = set(as_lines(matrix.walk.faults))
    known = set(KNOWN.read_text(encoding="utf-8").splitlines())
    new, mended = "\n".join(sorted(found - known)), "\n".join(sorted(known - found))
    assert not new, f"this is wrong and was not known:\n{new}"
    assert not mended, f"this is mended, take it out of known.txt:\n{mended}"
