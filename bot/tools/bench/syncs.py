"""How often a database waits for the disk: PostgreSQL counts it itself, SQLite's calls are counted by strace."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database

SECONDS_TO_ATTACH = 5.0
CALLS = ("fdatasync(", "fsync(")
# A server writes its figures down about once a second.
SECONDS_TO_TELL = 1.5


@dataclass(slots=True)
class Counted:
    """How often; None where it cannot be counted here, and `why`."""

    amount: int | None = None
    why: str = ""


@contextmanager
def counting(database: Database, worker: int, folder: Path) -> Iterator[Counted]:
    """Count inside the block. `worker` is the process that writes the SQLite file."""
    found = Counted()
    if not database.is_sqlite:
        before = _of_postgres(database)
        yield found
        time.sleep(SECONDS_TO_TELL)
        after = _of_postgres(database)
        found.amount = None if before is None or after is None else after - before
        found.why = "this PostgreSQL does not count them"
    elif shutil.which("strace") is None:
        found.why = "strace is not installed (Debian's package strace)"
        yield found
    else:
        with _traced(worker, folder / f"calls-{worker}", found):
            yield found


@contextmanager
def _traced(worker: int, told: Path, found: Counted) -> Iterator[None]:
    command = ["strace", "-f", "-qq", "-e", "trace=fdatasync,fsync", "-o", str(told), "-p", str(worker)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - strace and a number of ours
    ends = time.monotonic() + SECONDS_TO_ATTACH
    while not told.exists() and tracer.poll() is None and time.monotonic() < ends:
        time.sleep(0.05)
    try:
        yield
    finally:
        was_there = tracer.poll() is None
        tracer.terminate()
        tracer.wait(SECONDS_TO_ATTACH)
    if was_there:
        lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
        found.amount = sum(any(call in line for call in CALLS) for line in lines)
    else:
        found.why = "strace may not look at a process here"


def _of_postgres(database: Database) -> int | None:
    """How often the whole server has waited for its log to be on disk; since version 18 another table says it."""
    for query in (
        "SELECT wal_sync FROM pg_stat_wal",
        "SELECT SUM(fsyncs) FROM pg_stat_io WHERE object = 'wal'",
    ):
        try:
            with database.reading() as session:
                return int(session.execute(text(query)).scalar_one())
        except SQLAlchemyError:
            continue
    return None
