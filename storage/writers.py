"""The line in which writers of an SQLite file wait: threads of this process, and the processes beside it.

SQLite lets one write at a time, and lets the others sleep and look again, longer each time: whoever waits behind a
stream of others starves. Here threads wait at a lock, and processes at a file that the kernel hands on at once, also
from a process that was killed.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class WritersLine:
    """`path` is the lock file, which stays empty; without one, processes wait at SQLite's own lock."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._file: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else writes, and keep it so inside the block."""
        with self._threads:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._lock()
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._unlock()

    def _lock(self) -> None:
        if self._path is None or sys.platform == "win32":
            return
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError:
            # A full disk, say: SQLite's own lock still keeps writers apart, only less fairly.
            return

    def _unlock(self) -> None:
        if self._file is not None and sys.platform != "win32":
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Close the lock file; the next turn opens it again."""
        with self._threads:
            if self._file is not None:
                os.close(self._file)
                self._file = None
