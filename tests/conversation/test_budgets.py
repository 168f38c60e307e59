"""What a frequent gesture may cost: so many statements, and one commit. Whoever adds one says so here.

Each is counted for somebody who has been heard of before; what begins a transaction on SQLite is
not. What follows from a change is the worker's, and not in these numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from storage.cabinet.items import Item
from tests.cabinet.meetings import SECRETARY, a_meeting, rows
from tests.escalations.acts import DUTY, raises, staff, told
from tests.mission.homes import home_of
from tests.updates.rounds import a_round
from tests.updates.test_answering import DONE, WFP, ask_of, writes
from tests.world import World, a_tidy_mission

LOOKS, WRITES = 0, 1


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The demo's mission on each kind of database."""
    with a_tidy_mission(database_url) as world:
        yield world


class Spent:
    """Statements, without SQLite's own that begins a transaction, and commits of transactions that wrote."""

    statements = 0
    commits = 0


@contextmanager
def spending(world: World) -> Iterator[Spent]:
    """Count what the block costs."""
    spent, wrote, engine = Spent(), [False], world.product.database.engine

    def executes(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        spent.statements += not statement.startswith("BEGIN")
        wrote[0] = wrote[0] or statement.startswith(("INSERT", "UPDATE", "DELETE"))

    def commits(_connection: Any) -> None:
        spent.commits += wrote[0]
        wrote[0] = False

    event.listen(engine, "before_cursor_execute", executes)
    event.listen(engine, "commit", commits)
    try:
        yield spent
    finally:
        event.remove(engine, "before_cursor_execute", executes)
        event.remove(engine, "commit", commits)


def cost(spent: Spent) -> tuple[int, int]:
    return spent.statements, spent.commits


def test_answering_an_update(world: World) -> None:
    a_round(world)
    person = world.person(WFP)
    person.runs("/update")
    with spending(world) as nil:
        said = person.runs("/update nil")
    assert "nothing to report" in said.text
    world.settle()
    with spending(world) as undo:
        ask_of(world, WFP).press("Undo")
    world.settle()
    with spending(world) as nil_pressed:
        ask_of(world, WFP).press("Nothing to report")
    world.settle()
    ask_of(world, WFP).press("Undo")
    world.settle()
    form = writes(world, WFP)
    with spending(world) as first_word:
        form.fill(DONE, "Convoys")
    with spending(world) as typed:
        form.fill(DONE, "Convoys reached the north.")
    with spending(world) as submitted:
        form.submit()
    with spending(world) as status:
        person.runs("/update status")
    assert {
        "nil": cost(nil),
        "undo": cost(undo),
        "nil, pressed": cost(nil_pressed),
        "first word": cost(first_word),
        "typed": cost(typed),
        "submitted": cost(submitted),
        "status": cost(status),
    } == {
        "nil": (9, WRITES),
        "undo": (9, WRITES),
        "nil, pressed": (8, WRITES),
        "first word": (8, WRITES),
        "typed": (6, WRITES),
        "submitted": (12, WRITES),
        "status": (5, LOOKS),
    }


def test_acknowledging_an_escalation(world: World) -> None:
    staff(world)
    number = raises(world, "The northern road is closed", agency="WFP")
    world.person(DUTY).runs("/escalate mine")
    (card,) = told(world, DUTY, number)
    with spending(world) as spent:
        card.press("Acknowledge")
    assert cost(spent) == (35, WRITES)
    world.settle()
    assert "Acknowledge" not in told(world, DUTY, number)[0].buttons


def test_a_meeting_and_its_actions(world: World) -> None:
    a_meeting(world, "Road access", "Budget")
    secretary, head = world.person(SECRETARY), world.person("WFP head of agency")
    head.runs("/cabinet", in_="#general")
    with spending(world) as opened:
        head.runs("/cabinet", in_="#general")
    secretary.runs("/cabinet run", in_="#cabinet")
    assert secretary.form is not None
    with spending(world) as begun:
        secretary.form.press("Begin the meeting")
    world.settle()
    card = head.sees("Attendance", in_="#cabinet")
    with spending(world) as present:
        card.press("My agency is here")
    world.settle()
    assert "1 of 5" in card.refresh().text
    with spending(world) as next_item:
        secretary.form.press("Discussed")
    assert [item.state for item in rows(world, Item)] == ["discussed", "scheduled"]
    assert {"opened": cost(opened), "begun": cost(begun), "present": cost(present), "next item": cost(next_item)} == {
        "opened": (5, LOOKS),
        "begun": (9, WRITES),
        "present": (8, WRITES),
        "next item": (11, WRITES),
    }


def test_finishing_an_action(world: World) -> None:
    a_meeting(world)
    secretary, owner = world.person(SECRETARY), world.person("WFP focal point")
    owner.runs("/cabinet")
    secretary.runs("/cabinet action Report on fuel", in_="#cabinet")
    assert secretary.form is not None
    secretary.form.choose("Accountable person", "WFP focal point").fill("Due on", date(2035, 3, 8)).submit()
    world.settle()
    told = owner.direct_message_from("Rapporteur", "Report on fuel")
    form = told.press("Done…")
    assert form is not None
    form.fill("Evidence", "Sent on 7 March")
    with spending(world) as finished:
        form.submit()
    assert cost(finished) == (9, WRITES)
    world.settle()
    assert "Sent on 7 March" in secretary.direct_message_from("Rapporteur", "reports it done").text
    assert "Done…" not in told.refresh().buttons


def test_opening_home_and_the_funding_picture(world: World) -> None:
    person = world.person(WFP)
    home_of(world, WFP)
    with spending(world) as opened:
        person.wire.post("home", **{"as": person.id}, app="Rapporteur")
        world.workspace.settles()
    world.settle()
    person.runs("/funding status")
    with spending(world) as funding:
        person.runs("/funding status")
    assert (cost(opened), cost(funding)) == ((3, WRITES), (9, LOOKS))
