"""Writers of one SQLite file wait in line: threads, processes, and after one of them was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from storage.connection import writers
from storage.connection.writers import KeepsOthersError, WritersLine, takes_long
from storage.database import Database
from tests.waiting import PATIENCE

HOLD = """
import select, sys
from pathlib import Path
from storage.connection import writers
from storage.connection.writers import WritersLine

with WritersLine(Path(sys.argv[1])).turn():
    print("in", flush=True)
    select.select([sys.stdin], [], [], 60)  # or until the test is gone
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """A process that has the turn, until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_a_process_waits_for_another_and_takes_over_from_one_that_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "mission.db-writers"
    other = holder(path)
    entered = threading.Event()

    def enter() -> None:
        with WritersLine(path).turn():
            entered.set()

    waiting = threading.Thread(target=enter, daemon=True)
    waiting.start()
    assert not entered.wait(0.2)
    os.kill(other.pid, signal.SIGKILL)
    assert entered.wait(PATIENCE)
    waiting.join(PATIENCE)
    other.wait(PATIENCE)


def test_threads_take_turns(tmp_path: Path) -> None:
    line = WritersLine(tmp_path / "mission.db-writers")
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        for _again in range(200):
            with line.turn():
                inside += 1
                most = max(most, inside)
                time.sleep(0)  # lets another thread in, if anything does
                inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (inside, most) == (0, 1)
    line.leave()


@pytest.mark.parametrize("path", [None, Path("no/such/folder/lock")])
def test_without_a_lock_file_work_goes_on(path: Path | None) -> None:
    line = WritersLine(path)
    with line.turn(), line.turn():
        pass
    with line.turn():
        pass


def test_behind_a_frozen_process_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LONGEST_WAIT_SECONDS", 0.2)
    path = tmp_path / "mission.db-writers"
    other = holder(path)
    os.kill(other.pid, signal.SIGSTOP)
    entered = threading.Event()

    def enter() -> None:
        with WritersLine(path).turn():
            entered.set()

    threading.Thread(target=enter, daemon=True).start()
    went_on = entered.wait(PATIENCE)
    os.kill(other.pid, signal.SIGKILL)
    other.wait(PATIENCE)
    assert went_on


def test_what_takes_long_is_refused_where_others_would_wait_and_every_hold_is_told(database: Database) -> None:
    held: list[float] = []
    database.held = held.append
    drawn = takes_long(lambda: "drawn")
    with database.reading():
        assert drawn() == "drawn"
    with database.transaction(), pytest.raises(KeepsOthersError):
        drawn()
    assert drawn() == "drawn"
    assert len(held) == 1
