"""The sandbox's own time: it can be set, moved on, sped up and frozen; it never runs backwards.

Message times, scheduled messages, event retries and limits follow it. Signatures do not: apps check those
against real time.
"""

import asyncio
import time
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones


class ClockError(ValueError):
    """The clock was asked to run backwards, or to run at a speed that is none."""


@cache
def known_zones() -> frozenset[str]:
    """The names of all IANA time zones; read from the machine once, because that takes some 20 ms."""
    return frozenset(available_timezones())


class Clock:
    """Seconds since 1970, as the workspace sees them."""

    def __init__(self, start: float | None = None) -> None:
        self._scale = 1.0
        self._frozen = False
        self._shown = time.time() if start is None else start
        self._since = time.monotonic()
        self._moved: asyncio.Event | None = None

    def now(self) -> float:
        """The time of the workspace, in seconds since 1970."""
        if self._frozen:
            return self._shown
        return self._shown + (time.monotonic() - self._since) * self._scale

    def set(self, at: float) -> None:
        """Jump to a time.

        Raises:
            ClockError: the time lies in the past.
        """
        if at < self.now() - 0.001:
            raise ClockError("the clock of a workspace cannot run backwards")
        self._restart(at)

    def advance(self, seconds: float) -> None:
        """Jump ahead by so many seconds."""
        self.set(self.now() + seconds)

    def scale(self, factor: float) -> None:
        """Let a real second be ``factor`` seconds here.

        Raises:
            ClockError: the factor is not above zero.
        """
        if factor <= 0:
            raise ClockError("the scale of the clock must be above zero; freeze it instead")
        self._restart(self.now())
        self._scale = factor
        self._wake()

    def freeze(self, *, frozen: bool) -> None:
        """Stop the clock, or let it run again."""
        self._restart(self.now())
        self._frozen = frozen
        self._wake()

    async def sleep_until(self, at: float) -> None:
        """Wait until the workspace's time is ``at``, however the clock is moved meanwhile."""
        while (left := at - self.now()) > 0:
            if self._moved is None:
                self._moved = asyncio.Event()
            patience = None if self._frozen else left / self._scale
            try:
                await asyncio.wait_for(self._moved.wait(), patience)
            except TimeoutError:
                continue

    def to_json(self) -> dict[str, Any]:
        """The clock as the control interface shows it."""
        now = self.now()
        iso = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        return {"now": now, "iso": iso, "scale": self._scale, "frozen": self._frozen}

    def _restart(self, at: float) -> None:
        self._shown = at
        self._since = time.monotonic()
        self._wake()

    def _wake(self) -> None:
        if self._moved is not None:
            self._moved.set()
            self._moved = None
