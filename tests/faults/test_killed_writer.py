"""A process that is killed while it holds the writers' line leaves no lock: the others write on at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database
from storage.machine import find_fact, put_fact
from tests.databases import sqlite_url

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KILLS = 8
# A lock that stayed would hold the next writer for ten seconds, which is how long one waits for a frozen holder.
AT_ONCE = 8.0

# Writes a fact and keeps the turn; or takes turns for ever, and says each time that it has one.
HOLDS = """
import select, sys, time
from datetime import UTC, datetime
from storage.database import Database
from storage import missions
from storage.machine import put_fact

database, name, pause = Database(sys.argv[1]), sys.argv[2], float(sys.argv[3])
while True:
    with database.transaction() as session:
        put_fact(session, name, {"by": name}, datetime(2026, 3, 2, 9, tzinfo=UTC))
        print("in", flush=True)
        if select.select([sys.stdin], [], [], pause)[0]:
            sys.exit()  # the test is gone
    time.sleep(0.02)  # others have their turn
"""


def holder(url: str, name: str, pause: float) -> subprocess.Popen[str]:
    """A process that has the turn."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, url, name, str(pause)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def writes(database: Database, name: str) -> float:
    """Write a fact. Returns how many seconds it took."""
    started = time.monotonic()
    database.work(lambda session: put_fact(session, name, {"by": "us"}, NOW))
    return time.monotonic() - started


def killed(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


def test_whoever_waits_behind_it_writes_at_once_and_nothing_of_it_stays(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    database = Database(url)
    for number in range(KILLS):
        other = holder(url, f"killed:{number}", 600)
        took: list[float] = []
        waiting = threading.Thread(target=lambda took=took, number=number: took.append(writes(database, f"w:{number}")))
        waiting.start()
        time.sleep(0.1)
        assert took == [], "the other has the turn"
        died = time.monotonic()
        killed(other)
        waiting.join(30)
        assert time.monotonic() - died < AT_ONCE
        with database.reading() as session:
            assert find_fact(session, f"killed:{number}") is None
            assert find_fact(session, f"w:{number}") is not None
    database.dispose()


def test_the_line_moves_on_between_processes_when_one_of_them_is_killed(tmp_path: Path) -> None:
    """Two others take turns; whichever holds it, killed at any instant of its turn, holds up neither of those left."""
    url = sqlite_url(tmp_path)
    database = Database(url)
    survivor = holder(url, "survivor", 0.005)
    for number in range(KILLS):
        victim = holder(url, f"victim:{number}", 0.005)
        time.sleep(0.003 * number)
        killed(victim)
        assert writes(database, f"w:{number}") < AT_ONCE
        assert survivor.stdout is not None
        assert survivor.stdout.readline() == "in\n"
    killed(survivor)
    assert writes(database, "last") < AT_ONCE
    database.dispose()
