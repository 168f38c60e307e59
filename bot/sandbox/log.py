"""The inspector's memory: every request between apps and the workspace, with its answer and the time it took."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from time import perf_counter
from time import time as real_time
from typing import Any

from bot.sandbox.records import Json

KEPT = 5000


@dataclass
class Entry:
    """One request and its answer; ``response`` is None while the request is under way.

    ``slips`` are sentences on what Slack takes and then ignores, or shows broken.
    """

    n: int
    time: float
    direction: str
    app: str
    kind: str
    request: Any
    response: Any = None
    status: int | None = None
    ms: float | None = None
    refused: str | None = None
    note: str = ""
    slips: list[str] = field(default_factory=list)
    begun: float = field(default_factory=perf_counter)

    def to_json(self) -> Json:
        """The entry as the control interface gives it."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "begun"}


class Log:
    """The last entries, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._next = 0
        self.listeners: list[Callable[[Entry], None]] = []

    def begin(self, direction: str, app: str, kind: str, request: Any) -> Entry:
        """Note a request that starts now. ``direction`` is ``in`` (app to Slack) or ``out``."""
        self._next += 1
        entry = Entry(self._next, real_time(), direction, app, kind, request)
        self._entries.append(entry)
        if direction == "out":
            self._tell(entry)
        return entry

    def end(
        self, entry: Entry, response: Any, status: int | None = None, refused: str | None = None, note: str = ""
    ) -> None:
        """Note the answer."""
        entry.response = response
        entry.status = status
        entry.refused = refused
        entry.note = note or entry.note
        entry.ms = round((perf_counter() - entry.begun) * 1000, 2)
        self._tell(entry)

    def after(self, n: int, limit: int, *, only_refused: bool = False) -> list[Entry]:
        """The newest ``limit`` entries with a number above ``n``, oldest first; a slip counts as refused."""
        wanted = (entry for entry in self._entries if entry.n > n)
        found = [entry for entry in wanted if entry.refused or entry.slips or not only_refused]
        return found[-limit:]

    @property
    def last(self) -> int:
        """The number of the newest entry."""
        return self._next

    def clear(self) -> None:
        """Forget all entries; numbers go on."""
        self._entries.clear()

    def _tell(self, entry: Entry) -> None:
        for listener in self.listeners:
            listener(entry)
