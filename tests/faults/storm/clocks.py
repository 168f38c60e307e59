"""The mission's clock: faster than the wall's, so that leases run out and deadlines come within a storm, and it jumps.

The processes of the product read one shared number, the sum of all jumps. A process may be off by a little besides.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

# A lease of sixty seconds must outlast a call to Slack that takes all its ten: four times as fast leaves fifteen.
FASTER = 4.0


class SharedClock:
    """A clock that several processes read and one moves. Seconds since 1970."""

    def __init__(self, path: Path, start: float) -> None:
        self._start = start
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._jumps = mmap.mmap(file.fileno(), 8)

    def now(self) -> float:
        """The present moment."""
        jumps: float = struct.unpack_from("d", self._jumps)[0]
        return self._start + (time.time() - self._start) * FASTER + jumps

    def jump(self, seconds: float) -> None:
        """Let the clock jump, ahead or back."""
        jumps: float = struct.unpack_from("d", self._jumps)[0]
        struct.pack_into("d", self._jumps, 0, jumps + seconds)


def clock_of_this_process(off_by: float) -> Callable[[], datetime]:
    """What a process of the product takes for the present moment."""
    shared = SharedClock(Path(os.environ["STORM_CLOCK"]), float(os.environ["STORM_START"]))
    return lambda: datetime.fromtimestamp(shared.now() + off_by, UTC)
