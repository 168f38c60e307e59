"""Trouble of the database that passes: requests, deliveries, what follows them, timers, schedules forgive it alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from bot.worker import Worker
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.room import CatchUp, Schedule
from commands.kit.work import Work
from storage.database import TRIES
from storage.machine import find_fact
from storage.missions import get_mission
from storage.outbox import LEASE, OutboxRow, State
from storage.people import Person
from storage.subjects import Key, Subject
from storage.ticks import TICK_LEASE
from storage.timers import Timer, TimerState, set_timer
from storage.updates.returns import ReturnVersion
from tests.updates.rounds import a_round
from tests.updates.test_answering import DONE, writes
from tests.waiting import wait_until
from tests.world import World, a_world

BUGS = "rapporteur_bugs_total"
AWAY = OperationalError("SELECT 1", {}, Exception("the server closed the connection"))


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A mission on each kind of database."""
    with a_world(database_url) as world:
        world.set_up()
        yield world


def bugs(world: World) -> float:
    return world.product.metrics.registry.get_sample_value(BUGS) or 0


class Following:
    """What follows a message or a moment; the first `times` times the database is away."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.tried = 0
        self.done: list[str] = []

    def __call__(self, work: Work, subject: object = "", _outcome: object = None) -> None:
        self.tried += 1
        if self.tried <= self.times:
            raise AWAY
        self.done.append(str(subject))


def sends(world: World, then: Callable[..., None]) -> None:
    """A message that something follows."""
    world.product.house.results["test:after"] = then
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        about = Subject.parse("test:n1")
        post(work, world.channel_id("cabinet"), Card("n1"), key=Key(about), subject=about, on_done="test:after")


def row(world: World) -> OutboxRow:
    with world.product.database.reading() as session:
        return session.scalars(select(OutboxRow).where(OutboxRow.key == "test:n1")).one()


def arrived(world: World) -> list[str]:
    return [one.text for one in world.person("Chief of staff").messages(in_="#cabinet") if one.text == "n1"]


def test_what_follows_a_message_is_begun_anew(world: World) -> None:
    then = Following(2)
    sends(world, then)
    world.settle()
    assert (row(world).state, row(world).error, then.done) == (State.SENT, None, ["test:n1"])
    assert (arrived(world), bugs(world)) == (["n1"], 0)


def test_trouble_that_lasts_leaves_the_row_to_its_lease(world: World) -> None:
    then = Following(TRIES)
    sends(world, then)
    world.settle()
    assert (row(world).state, then.tried, then.done) == (State.PENDING, TRIES, [])
    world.jump_to(world.now + LEASE + timedelta(seconds=1))
    world.settle()
    assert (row(world).state, row(world).error, then.done) == (State.SENT, None, ["test:n1"])
    assert (arrived(world), bugs(world)) == (["n1"], 0)


def test_a_key_that_our_own_work_writes_twice_is_a_bug(world: World) -> None:
    def twice(work: Work, _subject: object, _outcome: object) -> None:
        work.session.add(Person(mission_id=work.mission.id, user_id="U1TWICE", seen_at=work.now))
        work.session.flush()
        work.session.expunge_all()
        work.session.add(Person(mission_id=work.mission.id, user_id="U1TWICE", seen_at=work.now))
        work.session.flush()

    sends(world, twice)
    world.settle()
    assert (row(world).state, row(world).error) == (State.SENT, "bug: KeyTakenError")
    assert (arrived(world), bugs(world)) == (["n1"], 1)


def test_a_moment_that_meets_trouble_stays_due_and_holds_no_other(world: World) -> None:
    slow, quick = Following(TRIES), Following(0)
    world.product.house.timers.update({"test:slow": slow, "test:quick": quick})
    with world.database() as session:
        for verb in ("slow", "quick"):
            about = Subject.parse(verb)
            set_timer(session, world.mission_id, key=Key(verb), verb=f"test:{verb}", subject=about, due_at=world.now)
    world.clock.run_timers()
    with world.database() as session:
        timer = session.scalars(select(Timer).where(Timer.key == "slow")).one()
        assert (timer.state, timer.attempts, timer.error) == (TimerState.WAITING, 0, None)
        assert timer.due_at == world.now
    assert (slow.done, quick.done) == ([], ["quick"])
    world.clock.run_timers()
    assert (slow.done, bugs(world)) == (["slow"], 0)


def test_a_slot_that_meets_trouble_is_run_when_its_lease_has_run_out(world: World) -> None:
    ring = Following(TRIES)
    world.product.house.schedules["test:ring"] = Schedule(timedelta(hours=1), ring, CatchUp.ONCE)
    world.clock.run_all()
    assert (ring.tried, ring.done) == (TRIES, [])
    world.jump_to(world.now + TICK_LEASE + timedelta(seconds=1))
    world.clock.run_all()
    assert (len(ring.done), bugs(world)) == (1, 0)


@contextmanager
def failing(world: World, fails: Callable[[str], bool]) -> Iterator[list[str]]:
    """Statements that `fails` chooses find the database away; which they were."""
    failed: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if fails(statement):
            failed.append(statement)
            raise AWAY

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        yield failed
    finally:
        event.remove(engine, "before_cursor_execute", look)


def test_a_request_is_begun_anew(world: World) -> None:
    a_round(world)
    form = writes(world, "WFP focal point").fill(DONE, "Food for a month.")
    counted: list[int] = []

    def twice(statement: str) -> bool:
        counted.extend([1] if statement.startswith("INSERT INTO inbox") else [])
        return statement.startswith("INSERT INTO inbox") and len(counted) <= 2

    with failing(world, twice) as failed:
        left = form.submit()
    assert len(failed) == 2
    assert (left, world.count_rows(ReturnVersion)) == (None, 1)
    assert bugs(world) == 0


def test_a_worker_lives_through_it_and_counts_no_bug(world: World) -> None:
    worker = Worker(world.product, pace=timedelta(0))
    try:
        with failing(world, lambda statement: True) as failed:
            worker.start()
            # Its loops for deliveries, moments, signs of life, given-up moments, and what it catches up with.
            wait_until(lambda: len(failed) > 5 * TRIES, "every loop has tried")
        wait_until(lambda: signed(world) == worker.name, "it works when the database is back")
    finally:
        worker.stop()
    assert bugs(world) == 0


def signed(world: World) -> object:
    with world.product.database.reading() as session:
        fact = find_fact(session, "worker:heartbeat")
    return fact.value["owner"] if fact else None
