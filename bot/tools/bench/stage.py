"""The processes of a bench run: the local Slack, the product, and what it is compared with; all end with the run."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.tools.demo.play import demo_environment, seed_with_app, start

SECONDS_TO_START = 30
SECONDS_TO_STOP = 10


@dataclass(slots=True)
class Stage:
    """Starts processes on free ports of the loopback, and ends them."""

    folder: Path
    slack_port: int = 0
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Stage:
        """Begin with the local Slack."""
        self.slack_port = free_port()
        seed = self.folder / "seed.yaml"
        seed.write_text(yaml.safe_dump(seed_with_app(free_port()), allow_unicode=True), encoding="utf-8")
        self.start(["sandbox", "--port", str(self.slack_port), "--seed", str(seed)], {})
        self.wait_for(f"http://127.0.0.1:{self.slack_port}/sandbox/boot")
        return self

    def __exit__(self, *_: object) -> None:
        """End every process of the run, by its id."""
        for process in list(self._processes):
            self.stop(process)

    def environment(self, port: int, database_url: str) -> dict[str, str]:
        """What the product's processes read."""
        made = demo_environment(self.slack_port, port, self.folder)
        return {**made, "DATABASE_URL": database_url, "LOG_LEVEL": "ERROR"}

    def start(self, arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start `python -m bot ...`."""
        process = start(arguments, environment)
        self._processes.append(process)
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End one process."""
        if process in self._processes:
            self._processes.remove(process)
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()

    def web(self, database_url: str) -> tuple[subprocess.Popen[bytes], int, float]:
        """The product's web process: itself, its port, and the seconds from its start to its first answer."""
        port = free_port()
        began = time.perf_counter()
        process = self.start(["web"], self.environment(port, database_url))
        self.wait_for(f"http://127.0.0.1:{port}/health/live")
        return process, port, time.perf_counter() - began

    def bare(
        self, name: str, environment: Mapping[str, str] | None = None, *arguments: str
    ) -> tuple[subprocess.Popen[bytes], int]:
        """A process to compare with."""
        port = free_port()
        process = self.start(["bench-bare", name, str(port), *arguments], environment or {})
        self.wait_for(f"http://127.0.0.1:{port}/")
        return process, port

    @staticmethod
    def wait_for(url: str) -> None:
        """Wait until something answers. Raises TimeoutError."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback address
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.01)
            else:
                return
        raise TimeoutError(url)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(process: int) -> list[int]:
    """A process and its children."""
    found = [process]
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == process:
                found.append(int(status.parent.name))
    return found


def cpu_of(process: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    ticks = 0
    for one in family(process):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> float:
    """MiB of memory that one process has in use, its children left out."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
