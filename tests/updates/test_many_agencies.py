"""Three hundred agencies in one round: within Slack's limits, complete, and without a query per agency."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from commands.kit.work import Work
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.digesting import send_digest
from storage.agencies import Agency, AgencyKind, AgencyPerson
from storage.missions import get_mission
from storage.people import Role
from storage.updates.returns import Return, ReturnState, returns_of
from tests.databases import sqlite_url
from tests.updates.rounds import a_round, the_round
from tests.world import World, a_world

MANY = 300


def add_agencies(world: World, count: int) -> None:
    """Agencies whose updates all go to the people of the demo."""
    users = [world.user_id(f"{code} focal point") for code in ("WFP", "UNICEF", "UNHCR", "IOM")]
    with world.database() as session:
        for number in range(count):
            code = f"NGO-{number:03}"
            agency = Agency(
                mission_id=world.mission_id,
                code=code,
                code_key=code.casefold(),
                name=f"Organisation number {number} for relief, recovery and development",
                kind=AgencyKind.NGO,
                sectors=["FSC", "HEA"][number % 2 : number % 2 + 1],
                created_at=world.now,
                updated_at=world.now,
            )
            role = AgencyPerson(mission_id=world.mission_id, user_id=users[number % 4], role=Role.FOCAL_POINT, rank=0)
            agency.people.append(role)
            session.add(agency)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up(agencies=False)
        yield world
        assert world.workspace.refusals == []
        assert world.undelivered() == []


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The reading statements that run meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_three_hundred_agencies_fit_into_board_chase_and_digest(world: World) -> None:
    add_agencies(world, MANY)
    made = a_round(world, questions="What happened? *\nPeople reached [number people]")
    this = the_round(world, made)
    for name in ("WFP", "UNICEF", "UNHCR", "IOM"):
        [asked] = world.person(f"{name} focal point").messages(in_="Rapporteur")
        shown = asked.text.count("Weekly update")
        assert f"{MANY // 4 - shown} more." in asked.text
    board = next(one for one in world.person("Chief of staff").messages(in_="#cabinet-office") if "Weekly" in one.text)
    assert "NGO-299" in board.text
    with world.database() as session:
        for number, given in enumerate(returns_of(session, made)):
            if number % 3:
                given.state, given.version = ReturnState.SUBMITTED, 1
                given.answered_by, given.answered_at = world.user_id("WFP focal point"), world.now
                given.answers = {"q1": f"Answer {number} " + "with words " * 40 + f"end {number}.", "q2": "10"}
    world.go_to(this.digest_at)
    digest = next(
        one for one in world.person("Chief of staff").messages(in_="#cabinet") if "update: digest" in one.text
    )
    whole = " ".join([digest.text, *(one.text for one in digest.thread)])
    assert "Updates received: *200 of 300*" in digest.text
    assert "People reached: *2,000 people*" in digest.text
    assert all(f"end {number}." in whole for number in range(MANY) if number % 3)
    assert digest.text.count("NGO-") + sum(one.text.count("NGO-") for one in digest.thread) >= MANY
    form = board.refresh().press("View by agency")
    assert form is not None
    assert "Page 1 of 8" in form.text
    second = form.press("Next")
    assert second is not None
    assert "Page 2 of 8" in second.text


def test_the_number_of_queries_does_not_grow_with_the_agencies(world: World) -> None:
    counts = []
    for count in (20, 80):
        add_agencies_up_to(world, count)
        with counted(world) as opening:
            made = a_round_without_delivery(world)
        with counted(world) as drawing, world.database() as session:
            work = Work(session, get_mission(session, world.mission_id), world.now)
            this = session.merge(the_round(world, made))
            refresh_board(work, this)
            send_digest(work, this)
        counts.append((len(opening), len(drawing)))
        world.settle()
    assert counts[1][1] == counts[0][1]
    # Writing down who is asked costs a statement for each agency; reading must not.
    assert counts[1][0] <= counts[0][0] + 60 * 2


def add_agencies_up_to(world: World, count: int) -> None:
    add_more(world, world.count_rows(Agency), count)


def add_more(world: World, first: int, last: int) -> None:
    with world.database() as session:
        for number in range(first, last):
            session.add(
                Agency(
                    mission_id=world.mission_id,
                    code=f"A{number}",
                    code_key=f"a{number}",
                    name=f"Agency {number}",
                    created_at=world.now,
                    updated_at=world.now,
                )
            )


def a_round_without_delivery(world: World) -> int:
    return a_round(world, ladder=[], opens_at=world.now - timedelta(minutes=1))


def test_returns_are_written_at_once(world: World) -> None:
    add_agencies(world, 5)
    made = a_round(world)
    assert world.count_rows(Return) == 5
    assert the_round(world, made).opened_at is not None


def test_slacks_rate_holds_while_everybody_is_asked_and_chased(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path), pace=timedelta(seconds=1)) as world:
        world.set_up(agencies=False)
        add_agencies(world, 60)
        world.workspace.wire.post("limits", strict=True)
        made = a_round(world, questions="What happened?")
        world.go_to(the_round(world, made).closes_at + timedelta(hours=1))
        assert world.undelivered() == []
        limited = [one for one in world.workspace.log if one["refused"] in {"ratelimited", "rate_limited"}]
        calls = [one for one in world.workspace.log if one["kind"].startswith("chat.")]
        assert len(limited) * 10 <= len(calls), "a limit is met once in a while, and then respected"
        for code in ("WFP", "UNICEF", "UNHCR", "IOM"):
            assert len(world.person(f"{code} focal point").messages(in_="Rapporteur")) == 1
