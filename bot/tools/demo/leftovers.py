"""The demo's processes by their ids: those that a demo of the same folder has left behind may be ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_END = 15


@dataclass(frozen=True, slots=True)
class Known:
    """A process that was written down: its id, when it began and its command line, which tell it from every other."""

    pid: int
    mark: str

    @property
    def is_there(self) -> bool:
        """Whether this very process still runs: an id alone may have gone to somebody else's."""
        return bool(self.mark) and mark_of(self.pid) == self.mark


def mark_of(pid: int) -> str:
    """When a process began, and its command line; empty when there is none."""
    folder = Path(f"/proc/{pid}")
    if Path("/proc/self/stat").exists():
        try:
            state, *fields = (folder / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
        # The 22nd field is when it began; the state is the third. One that has ended waits to be asked as Z.
        return "" if state == "Z" else f"{fields[18]} {command}".strip()
    asked = subprocess.run(  # noqa: S603 - fixed words and a number
        ["ps", "-o", "lstart=,command=", "-p", str(pid)],  # noqa: S607 - the system's own
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()


def write_down(file: Path, pids: list[int]) -> None:
    """Keep which processes are the demo's."""
    known = [{"pid": pid, "mark": mark_of(pid)} for pid in pids]
    file.write_text(json.dumps(known), encoding="utf-8")


def left_behind(file: Path) -> list[Known]:
    """Those of the processes written down that still run."""
    try:
        known = [Known(int(one["pid"]), str(one["mark"])) for one in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [one for one in known if one.is_there and one.pid != os.getpid()]


def end(processes: list[Known]) -> None:
    """End them as an administrator would, and by force where that does not help."""
    deadline = time.monotonic() + SECONDS_TO_END
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for one in processes:
            if one.is_there:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one.pid, sign)
        while any(one.is_there for one in processes) and time.monotonic() < deadline:
            time.sleep(0.1)
        deadline += SECONDS_TO_END
