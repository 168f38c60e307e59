"""Rules of time zones as a government may make them: a file of the tz database, put before the machine's own."""

from __future__ import annotations

import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


def zone_file(first: timedelta, changes: Sequence[tuple[datetime, timedelta]] = ()) -> bytes:
    """A zone (RFC 8536) with an offset from UTC at first, and another from each of these moments on."""
    offsets = list(dict.fromkeys([first, *(offset for _at, offset in changes)]))
    kinds = b"".join(struct.pack(">lBB", int(offset.total_seconds()), 0, 0) for offset in offsets)
    moments = b"".join(struct.pack(">q", int(at.timestamp())) for at, _offset in changes)
    places = bytes(offsets.index(offset) for _at, offset in changes)
    old = _header(0, 1) + struct.pack(">lBB", 0, 0, 0) + b"LMT\0"
    return old + _header(len(changes), len(offsets)) + moments + places + kinds + b"LMT\0" + b"\n\n"


def _header(moments: int, kinds: int) -> bytes:
    return b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, moments, kinds, 4)


@contextmanager
def other_rules(folder: Path, name: str, content: bytes) -> Iterator[None]:
    """Let a zone have these rules in this process, as after a new release of the tz database."""
    path = folder.joinpath("tz", *name.split("/"))
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(folder / "tz"), *before])
    ZoneInfo.clear_cache()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        ZoneInfo.clear_cache()
