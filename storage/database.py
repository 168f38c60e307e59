"""Connections and transactions, the same words for SQLite and PostgreSQL.

SQLite runs in WAL with full synchronisation, so that an acknowledged action survives a power cut; writers wait in line
(see `writers`), which keeps the slowest one ten times faster than SQLite's own busy handler does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from storage.writers import WritersLine

BUSY_TIMEOUT_MS = 10_000
POOL_SIZE = 8
POOL_WAIT_SECONDS = 5
CONNECT_SECONDS = 5
# Nobody waits longer than this for a row that another transaction holds; it is told as "could not save, try again".
LOCK_MS = 10_000
# A process that froze in the middle of a transaction must not hold its rows for ever.
IDLE_MS = 120_000
OPTIONS = f"-c lock_timeout={LOCK_MS} -c idle_in_transaction_session_timeout={IDLE_MS}"
# A server that vanished without a word, as behind a cut satellite link, is noticed within half a minute.
SILENCE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
# The database is gone, full, locked or out of connections: nothing was saved, and trying again is safe.
UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeoutError)
DEADLOCK, NOT_SERIALIZABLE = "40P01", "40001"


def met_another(error: Exception) -> bool:
    """Whether two transactions met and ours gave way: all of it was rolled back, and once more will do."""
    if isinstance(error, IntegrityError):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in {DEADLOCK, NOT_SERIALIZABLE}


class Database:
    """An engine and the two ways to use it: `transaction()` to write, `reading()` to look.

    Either commits when the block ends and rolls back when it raises. Nothing else in the product opens a session.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url, self.is_sqlite)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._line = WritersLine(_lock_file(self.url)) if self.is_sqlite else None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One unit of work that may write."""
        with self._line.turn() if self._line else nullcontext(), self._sessions() as session:
            if self.is_sqlite:
                session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One unit of work that only looks; on SQLite it waits for no writer."""
        with self._sessions() as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        if self._line:
            self._line.leave()


def _lock_file(url: URL) -> Path | None:
    return Path(f"{url.database}-writers").expanduser() if url.database and url.database != ":memory:" else None


def _engine(url: URL, is_sqlite: bool) -> Engine:
    # Parameters are hidden because an error's text ends in the log, and what people wrote never may.
    shared = {"pool_size": POOL_SIZE, "max_overflow": POOL_SIZE, "pool_timeout": POOL_WAIT_SECONDS}
    if not is_sqlite:
        return create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": OPTIONS, **SILENCE},
            **shared,
        )
    if url.database and url.database != ":memory:":
        Path(url.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, **shared)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's implicit BEGIN is off: it would start a read transaction that cannot be upgraded safely.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
