"""The web and the worker process are killed at random instants while people answer and messages leave.

Afterwards every acknowledged answer is in the database, once, and every message is in Slack once and in order.
Two seeds on each kind of database make a hundred kills; `CRASHES=1000 pytest tests/faults` makes a thousand for each.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import select

from bot.sandbox.driver import Workspace
from bot.sandbox.driver.wire import RefusedError
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.subjects import Key
from storage.updates.returns import ReturnVersion
from tests.faults.nursery import fast_clock
from tests.test_walkthrough import free_ports
from tests.updates.rounds import a_round
from tests.waiting import PATIENCE, wait_until
from tests.world import BOT_TOKEN, SIGNING_SECRET, World, a_world

KILLS = int(os.environ.get("CRASHES", "25"))
MESSAGES = 120
PEOPLE = ("WFP focal point", "UNHCR focal point", "IOM focal point")
QUESTION = "What happened?"
# Somebody is answered at least once in so many kills. That is waited for: on a busy machine the next kill may come
# before anybody was.
KILLS_BETWEEN_ANSWERS = 4


class Nursery:
    """The product's processes, started and killed by id."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lock = threading.Lock()
        self.port = environment["PORT"]

    def tell(self, command: str) -> int:
        """Give a command; the id it concerns."""
        with self._lock:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(command + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())

    def wait_for_web(self) -> None:
        """Wait until the web process answers, so that people have a chance before it dies again."""
        wait_until(self._answers, "the web process answers", pause=0.01)

    def _answers(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{self.port}/health/live", timeout=5)
            return True
        return False

    def close(self) -> None:
        """End everything."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)


def fill_outbox(database: Database, mission_id: str, world: World) -> None:
    """Messages for two channels, each in order."""
    channels = [world.channel_id("cabinet"), world.channel_id("cabinet-office")]
    with database.transaction() as session:
        work = Work(session, get_mission(session, mission_id), world.now)
        for number in range(MESSAGES):
            post(work, channels[number % 2], Card(f"crash {number}"), key=Key(f"crash:{number}"))


class Answering(threading.Thread):
    """Somebody who answers again and again, and writes down what was acknowledged."""

    def __init__(self, workspace: Workspace, name: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.person = workspace.person(name)
        self.stop = stop
        self.acknowledged: list[str] = []

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            try:
                self._answer(f"{self.person.name} {count}")
            except (AssertionError, RefusedError):
                self._close_everything()

    def _answer(self, text: str) -> None:
        self.person.runs("/update submit")
        form = self.person.form
        if form is None:
            return
        if form.fill(QUESTION, text).submit() is None:
            self.acknowledged.append(text)
        self._close_everything()

    def _close_everything(self) -> None:
        form = self.person.form
        if form is not None:
            form.close(everything=True)


@contextmanager
def a_mission(url: str) -> Iterator[tuple[World, Nursery]]:
    """A mission with an open round whose processes live in a nursery."""
    with a_world(url, now=fast_clock(time.time())) as world:
        world.workspace.clock.freeze(frozen=False)
        world.set_up()
        a_round(world, questions=f"{QUESTION} [text]", ladder=[], at_any_hour=True)
        port = free_ports()
        environment = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": world.workspace.api_url,
            "DATABASE_URL": url,
            "PORT": str(port),
            "FAST_CLOCK_START": str(time.time()),
        }
        nursery = Nursery(environment)
        app = world.workspace.apps[0]["id"]
        world.workspace.reach(app, f"http://127.0.0.1:{port}/slack/events")
        try:
            yield world, nursery
        finally:
            nursery.close()


def answered(people: list[Answering]) -> int:
    """How many answers were acknowledged."""
    return sum(len(one.acknowledged) for one in people)


def wait_for_an_answer(people: list[Answering]) -> None:
    """Let somebody be answered once more."""
    before = answered(people)
    wait_until(lambda: answered(people) > before, "somebody is answered", pause=0.01)


def stop(people: list[Answering], event: threading.Event) -> None:
    """Let everybody finish what they are at."""
    event.set()
    for one in people:
        one.join(PATIENCE)
        assert not one.is_alive()


def kill_at_random(nursery: Nursery, people: list[Answering], seed: int) -> dict[str, int]:
    """Kill one of the two processes, start it again, and so on; the processes that live at the end."""
    chance = random.Random(seed)
    alive = {name: nursery.tell(name) for name in ("web", "worker")}
    nursery.wait_for_web()
    for kill in range(KILLS):
        if kill % KILLS_BETWEEN_ANSWERS == 0:
            wait_for_an_answer(people)
        time.sleep(chance.uniform(0.02, 0.3))
        name = chance.choice(("web", "worker"))
        nursery.tell(f"kill {alive[name]}")
        alive[name] = nursery.tell(name)
        if name == "web":
            nursery.wait_for_web()
    return alive


def wait_until_empty(database: Database) -> None:
    """Let the processes deliver everything that is left."""
    try:
        wait_until(lambda: not undelivered(database), "every message leaves", pause=0.2)
    except AssertionError as error:
        raise AssertionError(f"still waiting: {undelivered(database)[:3]}") from error


def undelivered(database: Database) -> list[str]:
    """What waits in the outbox, and why."""
    with database.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state == State.PENDING).order_by(OutboxRow.id))
        return [f"{row.key} {row.error} after {row.attempts}, not before {row.not_before}" for row in rows]


@pytest.mark.parametrize("seed", [20350305, 4711])
def test_kills_lose_nothing_and_double_nothing(database_url: str, seed: int) -> None:
    with a_mission(database_url) as (world, nursery):
        database = world.product.database
        fill_outbox(database, world.mission_id, world)
        over = threading.Event()
        people = [Answering(world.workspace, name, over) for name in PEOPLE]
        for one in people:
            one.start()
        kill_at_random(nursery, people, seed)
        stop(people, over)
        wait_until_empty(database)
        acknowledged = [text for one in people for text in one.acknowledged]
        assert len(acknowledged) >= KILLS // KILLS_BETWEEN_ANSWERS
        check_answers(database, acknowledged)
        check_messages(world)


def check_answers(database: Database, acknowledged: list[str]) -> None:
    with database.reading() as session:
        kept = Counter(str(one.answers.get("q1")) for one in session.scalars(select(ReturnVersion)))
    assert {text: kept[text] for text in acknowledged} == dict.fromkeys(acknowledged, 1)
    assert max(kept.values()) == 1


def check_messages(world: World) -> None:
    seen: dict[str, list[int]] = defaultdict(list)
    for channel in ("cabinet", "cabinet-office"):
        for message in world.person("Chief of staff").messages(in_=f"#{channel}"):
            word, _blank, number = message.text.partition(" ")
            if word == "crash":
                seen[channel].append(int(number))
    assert seen["cabinet"] == list(range(0, MESSAGES, 2))
    assert seen["cabinet-office"] == list(range(1, MESSAGES, 2))
    with world.product.database.reading() as session:
        states = Counter(session.scalars(select(OutboxRow.state)))
    assert states[State.FAILED] == 0
