"""Many commands and messages through the product's own processes: memory stays flat, and only what is forgotten grows.

`pytest tests/faults/test_soak.py --soak` runs 100,000 commands and 20,000 messages, in about a quarter of an hour, and
prints the figures; the suite runs a hundredth of that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import func, select

from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.base import Base
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.subjects import Key
from tests.databases import sqlite_url
from tests.faults.processes import Process, a_mission_of_today, a_process, answers
from tests.signing import FORM, signed
from tests.storage.test_keeping import tables
from tests.waiting import PATIENCE, wait_until
from tests.world import World

FULL = (100_000, 20_000)
SHORT = (1000, 200)
PEOPLE = ("WFP focal point", "IOM focal point", "Chief of staff", "Mission reader")
LINES = (
    ("/update", ""),
    ("/mission", "health"),
    ("/agency", "find food"),
    ("/update", "help"),
    ("/agency", "suspend X"),
)
AT_ONCE = 4
CHANNELS = ("cabinet", "cabinet-office")
# What allocators keep for themselves goes up and down by this much.
MAY_GROW_BY = 12.0


class People:
    """Signed commands, as fast as they are answered."""

    def __init__(self, world: World, address: str) -> None:
        self._world = world
        self._address = address
        self._users = [world.user_id(name) for name in PEOPLE]
        self._channel = world.channel_id("cabinet")
        self._numbers = count()
        self._client = httpx.Client(timeout=PATIENCE, limits=httpx.Limits(max_connections=AT_ONCE))
        self._lock = threading.Lock()
        self.odd: list[str] = []

    def run(self, commands: int) -> float:
        """Let people type so many commands. Returns how many a second were answered."""
        started = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(self._one, range(commands)))
        return commands / (time.monotonic() - started)

    def _one(self, number: int) -> None:
        with self._lock:
            trigger = f"soak.{next(self._numbers)}"
        command, text = LINES[number % len(LINES)]
        fields = {
            "command": command,
            "text": text,
            "user_id": self._users[number % len(self._users)],
            "team_id": self._world.mission_id,
            "channel_id": self._channel,
            "trigger_id": trigger,
        }
        body = urlencode(fields).encode()
        answer = self._client.post(self._address, content=body, headers=signed(body, FORM))
        if answer.status_code != 200 or "went wrong" in answer.text or "Could not save" in answer.text:
            self.odd.append(f"{command} {text}: {answer.status_code} {answer.text[:200]}")


def fill(world: World, first: int, messages: int) -> None:
    """Messages for several channels, in order."""
    channels = [world.channel_id(name) for name in CHANNELS]
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        for number in range(first, first + messages):
            place = channels[number % len(channels)]
            post(work, place, Card(f"soak {number}"), key=Key(f"soak:{number}"))


def all_sent(world: World) -> bool:
    with world.product.database.reading() as session:
        waiting = select(func.count()).where(OutboxRow.state == State.PENDING, OutboxRow.key.startswith("soak:"))
        return not session.scalar(waiting)


def sizes(world: World) -> dict[type[Base], int]:
    return {table: world.count_rows(table) for table in tables()}


@pytest.fixture
def load(request: pytest.FixtureRequest) -> tuple[int, int]:
    return FULL if request.config.getoption("--soak") else SHORT


def test_memory_stays_flat_and_only_what_is_forgotten_grows(tmp_path: Path, load: tuple[int, int]) -> None:
    commands, messages = load
    with (
        a_mission_of_today(sqlite_url(tmp_path)) as (world, environment),
        a_process("web", environment) as web,
        a_process("worker", environment) as worker,
    ):
        wait_until(lambda: answers(environment), "the web process answers")
        people = People(world, f"http://127.0.0.1:{environment['PORT']}/slack/events")
        turn(world, people, 0, messages // 4, commands // 4)
        before, rows = memory(web, worker), sizes(world)
        pace = turn(world, people, messages // 4, messages - messages // 4, commands - commands // 4)
        after = memory(web, worker)
        print(f"{pace:.0f} commands/s; MB of web, worker: {before} after a quarter, {after} at the end")  # noqa: T201
        assert people.odd == []
        assert [one for one, other in zip(after, before, strict=True) if one > other + MAY_GROW_BY] == []
        grown = {table.__name__ for table, size in sizes(world).items() if size > rows[table]}
        assert grown >= {"Delivery", "OutboxRow"}
        assert [one.__name__ for one in tables() if one.__name__ in grown and not isinstance(one.kept, timedelta)] == []
        check_messages(world, messages)


def turn(world: World, people: People, first: int, messages: int, commands: int) -> float:
    """So many messages and commands at the same time, until all are done."""
    fill(world, first, messages)
    pace = people.run(commands)
    wait_until(lambda: all_sent(world), "every message leaves", seconds=3600)
    return pace


def memory(*processes: Process) -> list[float]:
    """Megabytes that each holds."""
    return [round(one.megabytes(), 1) for one in processes]


def check_messages(world: World, messages: int) -> None:
    """Each is in its channel once, in order."""
    for place, name in enumerate(CHANNELS):
        assert list(in_slack(world, name)) == list(range(place, messages, len(CHANNELS)))[::-1]


def in_slack(world: World, channel: str) -> Iterator[int]:
    """The numbers of a channel's messages, newest first."""
    cursor = None
    while cursor != "":
        page = world.product.slack.call(
            "conversations.history", channel=world.channel_id(channel), limit=200, cursor=cursor
        )
        texts = [str(one.get("text")) for one in page["messages"]]
        yield from (int(text.split()[1]) for text in texts if text.startswith("soak"))
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
