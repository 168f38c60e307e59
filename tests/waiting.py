"""Waiting for what must come: by looking again and again, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

# Seconds until a test gives up. Only a product that is broken needs them, so they can be many: on a busy machine
# everything comes, but late.
PATIENCE = 180.0

Found = TypeVar("Found")


def wait_until(what: Callable[[], Found], why: str, *, seconds: float = PATIENCE, pause: float = 0.05) -> Found:
    """Look until something is so, or there. Returns what was found; fails with the reason for waiting."""
    ends = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < ends, f"waited in vain: {why}"
        time.sleep(pause)
    return found
