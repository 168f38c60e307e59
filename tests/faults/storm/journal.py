"""What people did, and what they were told: written as it happens, so that a storm that is stopped loses nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """What the person was told."""

    DONE = "done"
    REFUSED = "refused"
    ANSWERED = "answered"
    """It was taken; whether anything was done by it, only the text tells, if there is one."""
    UNKNOWN = "unknown"
    """Nothing came back in time: it may have been done, or not."""
    BROKEN = "broken"
    """The product said that something went wrong on its side."""


@dataclass
class Act:
    """One act. `tokens` are the unique words it typed; `record` is the verb under which the record keeps it."""

    number: int
    who: str
    room: str
    gesture: str
    outcome: Outcome = Outcome.UNKNOWN
    said: str = ""
    tokens: list[str] = field(default_factory=list)
    record: str = ""
    wild: bool = False
    lasting: bool = True
    once: str = ""
    secret: bool = False
    """Whether it was entered as Confidential."""
    reused: list[str] = field(default_factory=list)
    """Words of earlier acts, which a draft brought back and which were sent as Unclassified now."""


class Journal:
    """All acts of a storm."""

    def __init__(self, path: Path) -> None:
        self.acts: list[Act] = []
        self._file = path.open("w", encoding="utf-8")
        self._lock = threading.Lock()

    def write(self, act: Act) -> None:
        """Keep an act that is over."""
        with self._lock:
            self.acts.append(act)
            self._file.write(json.dumps(asdict(act), ensure_ascii=False) + "\n")
            self._file.flush()

    def count(self, acts: Iterable[Act] | None = None) -> dict[str, int]:
        """How many acts there are of each outcome."""
        listed = self.acts if acts is None else list(acts)
        return {outcome.value: sum(act.outcome == outcome for act in listed) for outcome in Outcome}
