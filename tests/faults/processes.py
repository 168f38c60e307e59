"""The product's own processes, as an administrator starts and ends them."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.processes.parent import WITH_PARENT
from tests.test_walkthrough import free_ports
from tests.waiting import PATIENCE
from tests.world import BOT_TOKEN, SIGNING_SECRET, World, a_world


class Process:
    """One `python -m bot ...`. Its log is there when it has ended."""

    def __init__(self, command: str, environment: dict[str, str]) -> None:
        # A file, because a pipe that nobody reads fills up and holds the process.
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by `kill`
        self._process = subprocess.Popen(
            # It ends with the test run, however that ends.
            [sys.executable, "-m", "bot", WITH_PARENT, command],
            stdin=subprocess.PIPE,
            env={**os.environ, "LOG_LEVEL": "INFO", "LOG_FORMAT": "json", **environment},
            stderr=self._log,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.log = ""
        self.took = 0.0
        self.code: int | None = None

    def megabytes(self) -> float:
        """What it and its children hold in memory, in megabytes."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in self._family()]
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1_000_000

    def ends(self) -> float:
        """Send SIGTERM and wait. Returns how many seconds of work it took, which a busy machine does not stretch."""
        earlier, before, started = work_of_the_ended(), self._work(), time.monotonic()
        self._process.terminate()
        self.code = self._process.wait(PATIENCE)
        self.took = time.monotonic() - started
        self._log.seek(0)
        self.log = self._log.read()
        return work_of_the_ended() - earlier - before

    def _work(self) -> float:
        """Seconds that a processor has worked for it and its children until now."""
        ticks = [int(part) for pid in self._family() for part in _stat(pid)[11:15]]
        return sum(ticks) / os.sysconf("SC_CLK_TCK")

    def _family(self) -> list[int]:
        own = self._process.pid
        return [own, *map(int, Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split())]

    def kill(self) -> None:
        """End it and its children, whatever they do; for the end of a test."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()


def _stat(pid: int) -> list[str]:
    """What the kernel says of a process, after its name: the state first."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()


def work_of_the_ended() -> float:
    """Seconds that a processor has worked for processes of this one that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def a_process(command: str, environment: dict[str, str]) -> Iterator[Process]:
    """A process that does not outlive the block."""
    process = Process(command, environment)
    try:
        yield process
    finally:
        process.kill()


@contextmanager
def a_mission_of_today(url: str) -> Iterator[tuple[World, dict[str, str]]]:
    """A mission on the wall's clock, and the environment in which processes serve it."""
    with a_world(url, now=datetime.now(UTC)) as world:
        world.workspace.clock.freeze(frozen=False)
        world.set_up()
        yield (
            world,
            {
                "SLACK_BOT_TOKEN": BOT_TOKEN,
                "SLACK_SIGNING_SECRET": SIGNING_SECRET,
                "SLACK_API_URL": world.workspace.api_url,
                "DATABASE_URL": url,
                "PORT": str(free_ports()),
            },
        )


def answers(environment: dict[str, str], path: str = "/health/live") -> bool:
    """Whether the web process answers with 200."""
    try:
        return httpx.get(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
