"""All processes that come of one, however they are related now: each inherits a mark in its environment (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import pytest

from tests.waiting import wait_until

MARK = "TESTS_FAMILY"
# Ours take ten seconds to end in order, and are made to after twelve; a busy machine needs more.
PATIENCE = 45


class Family:
    """A process and whatever comes of it."""

    def __init__(self, command: list[str], *, folder: Path, environment: dict[str, str] | None = None) -> None:
        if not Path("/proc/self/environ").exists():
            pytest.skip("only Linux shows the environment of processes")
        self.mark = token_hex(8)
        self.log = folder / f"log-{self.mark}"
        with self.log.open("w") as log:
            self.first = subprocess.Popen(
                # Under nohup the tests themselves would pass on that a closed terminal is not heard.
                ["env", "--default-signal=HUP", *command],
                env={**os.environ, **(environment or {}), MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def alive(self) -> dict[int, str]:
        """Those that are there now: their command lines by id."""
        wanted, found = f"{MARK}={self.mark}".encode(), {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def of(self, words: str) -> list[int]:
        """The ids of those with these words in their command line."""
        return [pid for pid, command in self.alive().items() if words in command]

    def postgres_folders(self) -> set[str]:
        """Where the servers among them keep their data."""
        found = set()
        for command in self.alive().values():
            words = command.split()
            if "postgres" in command and "-D" in words:
                found.add(words[words.index("-D") + 1])
        return found

    def says(self) -> str:
        """What they have written."""
        return self.log.read_text(encoding="utf-8")

    def ends(self) -> None:
        """Wait until none is left; whoever is left is named."""
        try:
            wait_until(lambda: not self._left(), "all of the family end", seconds=PATIENCE)
        except AssertionError as vain:
            raise AssertionError(f"left behind: {self._left()}\n{self.says()}") from vain

    def _left(self) -> dict[int, str]:
        self.first.poll()
        return self.alive()

    def clean(self) -> None:
        """End whoever is left, by its id; for the end of a test."""
        for pid in self.alive():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.first.wait()
