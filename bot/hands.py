"""A few threads that deliver at the same time, and never hold more rows than they can begin at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Hands:
    """`count` threads. `wake` is set whenever one becomes free: another row of its lane may leave then."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, "delivery")
        self._lock = threading.Lock()
        self._free = count
        self.wake = threading.Event()

    def free(self) -> int:
        """How many could begin now."""
        with self._lock:
            return self._free

    def begin(self, work: Callable[[T], None], what: T) -> None:
        """Let a free hand do something."""
        with self._lock:
            self._free -= 1
        self._pool.submit(work, what).add_done_callback(lambda _done: self._is_free())

    def _is_free(self) -> None:
        with self._lock:
            self._free += 1
        self.wake.set()

    def stop(self) -> None:
        """Begin nothing any more; what is in hand goes on."""
        self._pool.shutdown(wait=False, cancel_futures=True)
