"""A few threads that deliver at the same time, and never hold more rows than they can begin at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import structlog

log = structlog.get_logger()


class Pool:
    """`count` threads. `wake` is set whenever one becomes free: another row of its lane may leave then.

    They end with the process: a call to Slack that hangs must not keep it from ending.
    """

    def __init__(self, count: int) -> None:
        self._all_free = threading.Condition()
        self._count = count
        self._free = count
        self._tasks: SimpleQueue[tuple[Callable[[Any], None], Any]] = SimpleQueue()
        self.wake = threading.Event()
        for number in range(count):
            threading.Thread(target=self._work, name=f"delivery-{number}", daemon=True).start()

    def free(self) -> int:
        """How many could begin now."""
        with self._all_free:
            return self._free

    def begin(self, work: Callable[[Any], None], what: Any) -> None:
        """Let a free thread do something."""
        with self._all_free:
            self._free -= 1
        self._tasks.put((work, what))

    def _work(self) -> None:
        while True:
            work, what = self._tasks.get()
            try:
                work(what)
            except Exception:
                log.exception("a delivery ended in a bug")
            with self._all_free:
                self._free += 1
                if self._free == self._count:
                    self._all_free.notify_all()
            self.wake.set()

    def finish(self, seconds: float) -> bool:
        """Wait until all are free. Returns False when some are still busy after so many seconds."""
        with self._all_free:
            return self._all_free.wait_for(lambda: self._free == self._count, max(0.0, seconds))
