"""The line in which writers of an SQLite file wait: threads of this process, and the processes beside it.

SQLite lets one write at a time, and lets the others sleep and look again, longer each time: whoever waits behind a
stream of others starves. Here threads wait at a lock, and processes at a file that the kernel frees at once when its
holder ends, also when it was killed. Behind a holder that is frozen nobody waits for ever: after a while writers go on,
and SQLite's own lock decides.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

if sys.platform != "win32":
    import fcntl


LONGEST_WAIT_SECONDS = 10.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.0002, 0.002


Given = ParamSpec("Given")
Made = TypeVar("Made")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class KeepsOthersError(Exception):
    """Something that takes long was begun in a unit of work that may write: everybody else's writes would wait."""


class Hold(NamedTuple):
    """How long a unit of work kept others from writing: in seconds of the clock, and of the processor's work for it.

    A busy machine stretches the first and hardly the second.
    """

    seconds: float
    work: float


@contextmanager
def keeping_others(held: Callable[[Hold], None]) -> Iterator[None]:
    """Inside this block others cannot write; `held` is told afterwards for how long."""
    began, worked, token = time.perf_counter(), time.thread_time(), _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)
        held(Hold(time.perf_counter() - began, time.thread_time() - worked))


def takes_long(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Mark what makes, reads or draws a file: it raises KeepsOthersError in a unit of work that may write.

    Timers do such work as `Prepared`, requests in a verb's `prepares`.
    """

    @wraps(make)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if _writing.get():
            raise KeepsOthersError(f"{make.__module__}.{make.__qualname__} in a unit of work that may write")
        return make(*args, **kwargs)

    return guarded


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
            _wait_for(self._file)
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


def _wait_for(file: int) -> None:
    """Lock a file as soon as nobody else has it, or give up after the longest wait."""
    if sys.platform == "win32":
        return
    until, pause = time.monotonic() + LONGEST_WAIT_SECONDS, FIRST_PAUSE_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            return
