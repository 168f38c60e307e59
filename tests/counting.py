"""The work that a database did, as a number that neither the clock nor other processes change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from storage.database import Database

BLOCKS = text("""
    SELECT SUM(heap_blks_hit + heap_blks_read + COALESCE(idx_blks_hit + idx_blks_read, 0)) FROM pg_statio_user_tables
""")


class Counted:
    """The work that a database did: a hundred steps of SQLite's machine each, or blocks that PostgreSQL looked at."""

    amount = 0


@contextmanager
def counting(database: Database) -> Iterator[Counted]:
    """Count the work inside the block."""
    found = Counted()
    if not database.is_sqlite:
        before = _blocks(database)
        yield found
        found.amount = _blocks(database) - before
        return

    def tick() -> int:
        found.amount += 1
        return 0

    def listen(connection: Any, *_rest: Any) -> None:
        connection.set_progress_handler(tick, 100)

    database.engine.dispose()
    event.listen(database.engine, "connect", listen)
    yield found
    event.remove(database.engine, "connect", listen)
    database.engine.dispose()


def _blocks(database: Database) -> int:
    with database.reading() as session:
        session.execute(text("SELECT pg_stat_force_next_flush()"))
    with database.reading() as session:
        return int(session.execute(BLOCKS).scalar_one())
