"""Connections and transactions, the same words for SQLite and PostgreSQL.

SQLite runs in WAL with full synchronisation, so that an acknowledged action survives a power cut; writers wait in line
(see `writers`), which keeps the slowest one ten times faster than SQLite's own busy handler does.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import uniform
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from storage.connection.place import file_of, make_private
from storage.connection.trouble import (
    KeyTakenError,
    NotNowError,
    UnknownOutcomeError,
    telling_lost_commits,
    telling_passing_trouble,
)
from storage.connection.writers import Hold, WritersLine, keeping_others

BUSY_TIMEOUT_MS = 10_000
POOL_SIZE = 8
POOL_WAIT_SECONDS = 5
# SQLite's own pages, for each connection; the system keeps the file's pages besides. By itself it would take 2 MiB.
PAGES_KIB = 512
CONNECT_SECONDS = 5
# Nobody waits longer than this for a row that another transaction holds; it is told as "could not save, try again".
LOCK_MS = 10_000
# A process that froze in the middle of a transaction must not hold its rows for ever.
IDLE_MS = 120_000
OPTIONS = f"-c lock_timeout={LOCK_MS} -c idle_in_transaction_session_timeout={IDLE_MS}"
# A server that vanished without a word, as behind a cut satellite link, is noticed within half a minute.
SILENCE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
# So often a unit of work is begun, and so long it may have taken before it is not begun again: whoever pressed a button
# waits three seconds at most, and a worker's row is looked at again when its lease runs out.
TRIES = 5
PATIENCE_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.01

_LOOKS = "looks"

Done = TypeVar("Done")

log = structlog.get_logger()


class WritesError(Exception):
    """A unit of work that was to look only began to write. It is to be done as one that may."""


class Database:
    """An engine and the ways to use it: `work` does a unit of work, `reading()` looks.

    `held` hears how long each unit of work kept the others from writing.

    Either commits at the end and rolls back when it raises; trouble that passes is raised as NotNowError. Nothing else
    in the product opens a session.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url, self.is_sqlite)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._looks = sessionmaker(self.engine, expire_on_commit=False, info={_LOOKS: True})
        event.listen(self._looks, "before_flush", _refuse_flush)
        event.listen(self._looks, "do_orm_execute", _refuse_writing)
        self._line = WritersLine(_lock_file(self.url)) if self.is_sqlite else None
        self.held: Callable[[Hold], None] = lambda _hold: None

    def work(self, unit: Callable[[Session], Done], *, reads_only: bool = False) -> Done:
        """Do a unit of work in a transaction of its own, and all of it anew where passing trouble undid it.

        `unit` must do nothing that a rollback does not take back: no call to Slack, no message, no file.
        A unit whose commit was lost may be done a second time: it recognises what it did, by a key or a lease.
        Raises NotNowError when the trouble lasted, KeyTakenError when it was the same unique key every time, and
        WritesError, with nothing done, when a unit that `reads_only` began to write.
        """
        began, met = time.monotonic(), set[tuple[str, str]]()
        lost: UnknownOutcomeError | None = None
        was_late = False
        for tried in range(1, TRIES + 1):
            try:
                with self._looking() if reads_only else self.transaction() as session:
                    return unit(session)
            except NotNowError as trouble:
                met.add((trouble.key, trouble.values))
                lost = trouble if isinstance(trouble, UnknownOutcomeError) else lost
                if tried == TRIES and trouble.key and len(met) == 1:
                    raise KeyTakenError(f"taken in each of {TRIES} tries: {trouble.key}") from trouble
                late = time.monotonic() - began > PATIENCE_SECONDS
                # Who took the key has kept it by now: what came twice at once finds the other, however long it waited.
                if tried == TRIES or (late and (was_late or not trouble.key)):
                    raise lost or trouble from trouble.__cause__
                was_late = late
                log.info("once more", trouble=trouble.key or type(trouble.__cause__).__name__, tried=tried)
            # Whoever met us pauses too, and must not meet us again.
            time.sleep(uniform(0.5, 1.5) * FIRST_PAUSE_SECONDS * 2 ** (tried - 1))  # noqa: S311
        raise AssertionError("never reached")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One unit of work that may write, tried once: for tools and tests. Processes use `work`."""
        with (
            telling_passing_trouble(),
            self._line.turn() if self._line else nullcontext(),
            keeping_others(self.held),
            self._sessions() as session,
        ):
            if self.is_sqlite:
                session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            try:
                yield session
                session.flush()
                with telling_lost_commits():
                    session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One unit of work that only looks; on SQLite it waits for no writer."""
        with telling_passing_trouble(), self._sessions() as session, session.begin():
            yield session

    @contextmanager
    def _looking(self) -> Iterator[Session]:
        """Like `reading`, and WritesError for whoever would write."""
        with telling_passing_trouble(), self._looks() as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        if self._line:
            self._line.leave()


def looks_only(session: Session) -> bool:
    """Whether a unit of work has said that it writes nothing."""
    return _LOOKS in session.info


def _refuse_flush(session: Session, _context: Any, _instances: Any) -> None:
    if session.new or session.deleted or any(session.is_modified(one) for one in session.dirty):
        raise WritesError


def _refuse_writing(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise WritesError
    if state.is_select and getattr(state.statement, "_for_update_arg", None) is not None:
        # Whoever looks holds nothing, and waits for nobody who does. When it writes after all, it reads and holds anew.
        held: Any = state.statement
        free = held._clone()  # noqa: SLF001 - SQLAlchemy has no word for taking a lock off
        free._for_update_arg = None  # noqa: SLF001
        state.statement = free


def _lock_file(url: URL) -> Path | None:
    return Path(f"{url.database}-writers").expanduser() if url.database and url.database != ":memory:" else None


def _engine(url: URL, is_sqlite: bool) -> Engine:
    # Parameters are hidden because an error's text ends in the log, and what people wrote never may.
    shared = {"pool_size": POOL_SIZE, "max_overflow": POOL_SIZE, "pool_timeout": POOL_WAIT_SECONDS}
    # The connection used last is used next: its memory is warm, and those of a rush take none.
    shared["pool_use_lifo"] = True
    if not is_sqlite:
        return create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": OPTIONS, **SILENCE},
            **shared,
        )
    if (file := file_of(url)) is not None:
        make_private(file)
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
        f"cache_size=-{PAGES_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
