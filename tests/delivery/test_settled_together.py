"""Several messages leave at once and are settled in one transaction: few commits, and each as if it were alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError

from bot.delivery import dispatch
from bot.delivery.dispatch import Delivery
from bot.delivery.pool import Pool
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.connection.writers import Hold
from storage.missions import get_mission, stop
from storage.outbox import LEASE, OutboxRow, State
from storage.posts import get_post
from storage.subjects import Key, Subject
from tests.waiting import PATIENCE
from tests.world import World, a_world

HANDS = 4
PEOPLE = ("WFP focal point", "UNHCR focal point", "IOM focal point", "Cabinet secretary")
BUGS = "rapporteur_bugs_total"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A mission on each kind of database."""
    with a_world(database_url) as world:
        world.set_up()
        yield world


@pytest.fixture
def hands(world: World, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """A worker with several hands. What left waits for all that is on its way, however busy the machine is."""
    monkeypatch.setattr(dispatch, "SECONDS_FOR_COMPANY", PATIENCE)
    return with_hands(world, "w2")


def with_hands(world: World, name: str) -> Delivery:
    made = world.product
    return Delivery(
        made.database, made.house, made.slack, made.identity, made.metrics, made.now, name, timedelta(0), Pool(HANDS)
    )


def puts(world: World, texts: list[str], *, about: str = "", on_done: str | None = None) -> None:
    """Messages, each to the next of the people, in order."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        for number, text in enumerate(texts):
            place = f"dm:{world.user_id(PEOPLE[number % len(PEOPLE)])}"
            subject = Subject.parse(about or f"test:{text}")
            post(work, place, Card(text), key=Key(f"test:{text}"), subject=subject, on_done=on_done)


def takes(hands: Delivery) -> None:
    """One turn of the worker's loop, until all that it took in hand has left."""
    assert hands.pool is not None
    hands.drain()
    assert hands.pool.finish(PATIENCE)


def goes_on(hands: Delivery) -> None:
    """Turns until nothing is due."""
    assert hands.pool is not None
    while hands.drain():
        assert hands.pool.finish(PATIENCE)


def arrived(world: World) -> list[list[str]]:
    """What each of the people has, in order."""
    return [
        [one.text for one in world.person(name).messages(in_="Rapporteur") if one.text.startswith("n")]
        for name in PEOPLE
    ]


def states(world: World) -> list[str]:
    with world.product.database.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("test:")).order_by(OutboxRow.id))
        return [f"{row.state} {row.error or ''}".strip() for row in rows]


def bugs(world: World) -> float:
    return world.product.metrics.registry.get_sample_value(BUGS) or 0


def statements_and_commits(world: World, work: Callable[[], None]) -> tuple[int, int]:
    """How many statements the work sends to the database, and how many transactions of it may have written."""
    told: list[str] = []
    holds: list[Hold] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            told.append(statement)

    database = world.product.database
    event.listen(database.engine, "before_cursor_execute", note)
    before, database.held = database.held, holds.append
    work()
    database.held = before
    event.remove(database.engine, "before_cursor_execute", note)
    return len(told), len(holds)


@pytest.mark.parametrize("kept", [False, True], ids=["messages", "messages that are kept current"])
def test_what_a_message_costs_the_database(world: World, hands: Delivery, *, kept: bool) -> None:
    """The budget of docs/performance.md: whoever adds a statement or a commit to each message meets it here."""
    puts(world, ["n0", "n1", "n2", "n3"])
    goes_on(hands)
    texts = [f"n{number}" for number in range(4, 44)]
    puts(world, texts)
    if not kept:
        with world.database() as session:
            session.execute(update(OutboxRow).where(OutboxRow.state == State.PENDING).values(subject=None))
    statements, commits = statements_and_commits(world, lambda: goes_on(hands))
    assert arrived(world) == [[f"n{number}" for number in range(first, 44, 4)] for first in range(4)]
    turns = len(texts) // HANDS
    # Each turn settles what left and claims the next. The first asks whether anything is due and whether the mission
    # may send, and claims; the last, and asking once more whether anything is due, find nothing and ask whether more
    # waits than they looked at.
    assert commits == 1 + turns
    assert statements == 6 + turns * (3 if kept else 2)


def test_where_the_messages_stand_is_remembered_of_each(world: World, hands: Delivery) -> None:
    puts(world, ["n0", "n1", "n2"])
    puts(world, ["n3"], about="test:n0")
    goes_on(hands)
    with world.product.database.reading() as session:
        subjects = [Subject.parse(f"test:n{number}") for number in range(3)]
        places = [found for subject in subjects if (found := get_post(session, world.mission_id, subject)) is not None]
    sent = {entry["request"]["text"]: entry["response"] for entry in world.workspace.calls("chat.postMessage")}
    expected = [(sent[text]["channel"], sent[text]["ts"]) for text in ("n3", "n1", "n2")]
    assert [(place.channel_id, place.ts) for place in places] == expected


def test_a_row_that_went_to_another_worker_keeps_no_other_from_being_settled(world: World, hands: Delivery) -> None:
    puts(world, ["n0", "n1", "n2", "n3"])
    takes(hands)
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == "test:n1").values(lease_owner="w3"))
    goes_on(hands)
    assert states(world) == ["sent", "pending", "sent", "sent"]
    with world.product.database.reading() as session:
        assert get_post(session, world.mission_id, Subject.parse("test:n1")) is None, "that is no longer ours to say"
    world.pass_time(minutes=2)
    assert states(world) == ["sent"] * 4
    assert arrived(world) == [["n0"], ["n1"], ["n2"], ["n3"]]
    assert bugs(world) == 0


def test_what_raises_after_one_message_undoes_no_other(world: World, hands: Delivery) -> None:
    done: list[str] = []

    def follow(work: Work, subject: Subject, _outcome: object) -> None:
        work.record("test:followed", ("test", str(subject)))
        if str(subject) == "test:n2":
            raise ValueError
        done.append(str(subject))

    world.product.house.results["test:after"] = follow
    puts(world, ["n0"])
    puts(world, ["n1", "n2", "n3"], on_done="test:after")
    goes_on(hands)
    assert states(world) == ["sent", "sent", "sent bug: ValueError", "sent"]
    assert sorted(done) == ["test:n1", "test:n3"]
    assert bugs(world) == 1


@pytest.mark.parametrize("what", ["UPDATE outbox SET", "INSERT INTO posts"])
def test_a_database_that_goes_away_loses_and_doubles_none_of_them(world: World, hands: Delivery, what: str) -> None:
    puts(world, ["n0", "n1", "n2", "n3"])
    takes(hands)

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(what):
            raise OperationalError(statement, {}, Exception("the server closed the connection"))

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    hands.drain()
    event.remove(engine, "before_cursor_execute", fail)
    assert states(world) == ["pending"] * 4
    world.pass_time(minutes=2)
    assert states(world) == ["sent"] * 4
    assert arrived(world) == [["n0"], ["n1"], ["n2"], ["n3"]]


def test_what_cannot_be_settled_together_is_settled_one_by_one(world: World, hands: Delivery) -> None:
    puts(world, ["n0", "n1", "n2", "n3"])
    takes(hands)

    def fail(_connection: object, _cursor: object, _statement: str, _values: object, _more: object, many: bool) -> None:
        if many:
            raise ValueError

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    hands.drain()
    event.remove(engine, "before_cursor_execute", fail)
    assert states(world) == ["sent"] * 4
    assert bugs(world) == 1


def test_whoever_finds_them_after_a_worker_died_looks_for_each(world: World, hands: Delivery) -> None:
    """All four had left, and nothing of it was written down: as after a kill between the two."""
    puts(world, ["n0", "n1", "n2", "n3", "n4"])
    takes(hands)
    assert states(world) == ["pending"] * 5
    world.jump_to(world.now + LEASE + timedelta(seconds=1))
    goes_on(with_hands(world, "w3"))
    assert states(world) == ["sent"] * 5
    assert arrived(world) == [["n0", "n4"], ["n1"], ["n2"], ["n3"]]
    # The dead one, had it only been slow, takes nothing back and begins nothing.
    goes_on(hands)
    assert arrived(world) == [["n0", "n4"], ["n1"], ["n2"], ["n3"]]
    assert bugs(world) == 0


def test_while_nothing_can_be_sent_what_left_is_settled_and_no_more_taken(world: World, hands: Delivery) -> None:
    puts(world, ["n0", "n1", "n2", "n3", "n4"])
    takes(hands)
    with world.database() as session:
        stop(session, world.mission_id, world.now + timedelta(minutes=1), "token_revoked")
    assert hands.drain() == HANDS
    assert states(world) == ["sent"] * 4 + ["pending"]
    with world.product.database.reading() as session:
        assert session.scalars(select(OutboxRow).where(OutboxRow.key == "test:n4")).one().attempts == 0


def test_a_worker_that_ends_settles_what_left(world: World, hands: Delivery) -> None:
    puts(world, ["n0", "n1", "n2", "n3", "n4"])
    takes(hands)
    hands.settle_left()
    assert states(world) == ["sent"] * 4 + ["pending"]
    assert arrived(world) == [["n0"], ["n1"], ["n2"], ["n3"]]
