"""The product's processes as the storm handles them: started, killed, told to end, and looked after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

TOLD_TO_END_WITHIN = 10.0
PATIENCE = 60.0
COMES_UP_WITHIN = 15.0
WORKS = b"worker started"


@dataclass(frozen=True)
class Place:
    """A process that should run: web processes have a port of their own."""

    name: str
    kind: str
    port: int


class Processes:
    """All processes of the product. Every method may be called from any thread."""

    def __init__(self, environment: dict[str, str], logs: Path, places: list[Place]) -> None:
        self.logs = logs
        self.places = {place.name: place for place in places}
        self.kills = 0
        self.odd: list[str] = []
        self._logged: dict[str, int] = {}
        self._lock = threading.Lock()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.storm.nursery"],
            env={**os.environ, **environment, "STORM_LOGS": str(logs)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(logs / "nursery.log").open("w"),
            text=True,
        )

    def _tell(self, command: str) -> str:
        with self._lock:
            assert self._nursery.stdin is not None
            assert self._nursery.stdout is not None
            self._nursery.stdin.write(command + "\n")
            self._nursery.stdin.flush()
            return self._nursery.stdout.readline().strip()

    def start(self, name: str, *, off_by: float = 0.0) -> None:
        """Start one; `off_by` seconds its clock is wrong."""
        place = self.places[name]
        log = self.logs / f"{name}.log"
        self._logged[name] = log.stat().st_size if log.exists() else 0
        self._tell(f"start {name} {place.kind} {place.port} {off_by}")

    def kill(self, name: str) -> None:
        """Kill it with everything it started, as when its machine fails."""
        self._tell(f"signal {name} {signal.SIGKILL.value}")
        if self._wait(name, PATIENCE) is None:
            self.odd.append(f"{name} was killed and lives")
        self.kills += 1

    def has_lived(self, name: str, seconds: float) -> None:
        """Wait until it has been up for so long, or has had enough time to come up; below zero, not at all."""
        deadline = time.monotonic() + COMES_UP_WITHIN
        while seconds >= 0 and time.monotonic() < deadline:
            if self.is_up(name):
                time.sleep(seconds)
                return
            time.sleep(0.05)

    def is_up(self, name: str) -> bool:
        """Whether it does what it is there for."""
        if self.places[name].kind == "web":
            return self.answers(name)
        with (self.logs / f"{name}.log").open("rb") as log:
            log.seek(self._logged[name])
            return WORKS in log.read()

    def freeze(self, name: str, seconds: float) -> None:
        """Let it stand still for a while, as when its machine is moved to another."""
        self._tell(f"signal {name} {signal.SIGSTOP.value}")
        time.sleep(seconds)
        self._tell(f"signal {name} {signal.SIGCONT.value}")

    def ends(self, name: str) -> float:
        """Tell it to end and wait. Returns the seconds it took, or infinity when it had to be killed."""
        # Told before it has said how it wants to be told, it ends at once with nothing in hand.
        was_up, started = self.is_up(name), time.monotonic()
        self._tell(f"signal {name} {signal.SIGTERM.value}")
        code = self._wait(name, PATIENCE)
        if code is None:
            self.kill(name)
            return float("inf")
        if code != 0 and (was_up or code != -signal.SIGTERM):
            self.odd.append(f"{name} ended with code {code} when it was told to end")
        return time.monotonic() - started

    def _wait(self, name: str, seconds: float) -> int | None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = self._tell(f"ended {name}")
            if answer != "-":
                return int(answer)
            time.sleep(0.02)
        return None

    def ended_by_itself(self, name: str) -> bool:
        """Whether it went without being asked to; written down as odd."""
        answer = self._tell(f"ended {name}")
        if answer == "-":
            return False
        self.odd.append(f"{name} ended by itself with code {answer}")
        return True

    def answers(self, name: str, path: str = "/health/live") -> bool:
        """Whether a web process answers with 200."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.places[name].port}{path}", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def metrics(self, name: str) -> str:
        """What a web process counts."""
        return httpx.get(f"http://127.0.0.1:{self.places[name].port}/metrics", timeout=30).text

    def webs(self) -> list[str]:
        """The names of the web processes."""
        return [name for name, place in self.places.items() if place.kind == "web"]

    def close(self) -> None:
        """End everything."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        self._nursery.wait(30)
