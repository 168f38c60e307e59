"""SIGTERM: what is in hand is finished or given back, and the process ends within ten seconds.

The ten seconds are those the worker waits at most by its own clock, and the work it does besides. Both are the same on
a busy machine, where the seconds that pass may be many more.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.processes.run import SECONDS_TO_END
from bot.worker import SECONDS_TO_FINISH
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.subjects import Key
from tests.databases import sqlite_url
from tests.faults.processes import a_mission_of_today, a_process, answers
from tests.waiting import PATIENCE, wait_until
from tests.world import World

AT_MOST = 10
# How much longer a busy machine may take.
BUSY = 4


def sends(world: World, text: str) -> None:
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        post(work, world.channel_id("cabinet"), Card(text), key=Key(f"test:{text}"))


def row(world: World, text: str) -> OutboxRow:
    with world.product.database.reading() as session:
        return session.scalars(select(OutboxRow).where(OutboxRow.key == f"test:{text}")).one()


def arrived(world: World) -> list[str]:
    messages = world.person("Chief of staff").messages(in_="#cabinet")
    return [one.text for one in messages if one.text.startswith("n")]


def test_a_worker_gives_back_what_slack_has_not_answered(tmp_path: Path) -> None:
    with a_mission_of_today(sqlite_url(tmp_path)) as (world, environment):
        world.workspace.fault("chat.postMessage", "slow", seconds=PATIENCE)
        sends(world, "n1")
        with a_process("worker", environment) as worker:
            wait_until(lambda: row(world, "n1").lease_owner, "the worker takes the message")
            assert SECONDS_TO_FINISH + worker.ends() < AT_MOST
        assert worker.took < BUSY * AT_MOST
        assert worker.code == 0
        assert [entry["response"] for entry in world.workspace.calls("chat.postMessage")] == [None], "it did not wait"
        assert '"given back' in worker.log
        given = row(world, "n1")
        assert (given.state, given.lease_owner, given.uncertain) == (State.PENDING, None, True)
        world.jump_to(given.not_before + timedelta(seconds=1))
        world.settle()
        assert arrived(world) == ["n1"]


def test_a_worker_ends_in_time_behind_a_writer_that_stands_still(tmp_path: Path) -> None:
    with a_mission_of_today(sqlite_url(tmp_path)) as (world, environment):
        world.workspace.fault("chat.postMessage", "slow", seconds=PATIENCE)
        sends(world, "n1")
        with a_process("worker", environment) as worker:
            wait_until(lambda: row(world, "n1").lease_owner, "the worker takes the message")
            with world.database():
                worker.ends()
        assert SECONDS_TO_END < AT_MOST
        assert worker.took < 2 * SECONDS_TO_END, worker.log
        assert worker.code == 0
        assert '"the database keeps us waiting' in worker.log
        assert row(world, "n1").lease_owner, "another worker takes it when the lease runs out"


def test_web_and_worker_in_one_process_finish_what_is_in_hand(tmp_path: Path) -> None:
    with a_mission_of_today(sqlite_url(tmp_path)) as (world, environment):
        world.workspace.fault("chat.postMessage", "slow", seconds=4)
        with a_process("run", environment) as process:
            wait_until(lambda: answers(environment), "the web side answers")
            sends(world, "n1")
            wait_until(lambda: row(world, "n1").lease_owner, "the worker takes the message")
            assert SECONDS_TO_FINISH + process.ends() < AT_MOST
        assert process.took < BUSY * AT_MOST
        assert '"worker stopped"' in process.log
        assert row(world, "n1").state == State.SENT
        assert arrived(world) == ["n1"]
