"""Which trouble of the database passes, and which is a bug of ours: one rule for everything that does a unit of work.

Passing is what would go well a moment later: a unique key that somebody else took first, a transaction that had to give
way (serialization, deadlock), a lock that was not given in time, a connection that was lost, a database that is away,
full or locked. Whatever else the database refuses, it would refuse again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# PostgreSQL's codes (appendix A of its manual): unique_violation; whole classes; and single ones.
UNIQUE = "23505"
# Connection exceptions, transactions that were rolled back, out of resources, told to end, trouble of the system.
PASSING_CLASSES = ("08", "40", "53", "57", "58")
LOST_CLASSES = ("08", "57")
# A lock that was not given; a transaction that stood still for too long; a server that only reads, as a standby does.
PASSING_STATES = frozenset({"55P03", "25P03", "25006"})
SQLITE_UNIQUE = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
SQLITE_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


class NotNowError(Exception):
    """The database could not do it now. All of it was rolled back, and trying again is safe.

    `key` is the unique key that somebody else had taken, by its name or its columns; empty for other trouble. `values`
    are what stood there, where the database tells: they tell one meeting from the next, and never enter a log.
    """

    def __init__(self, text: str, key: str = "", values: str = "") -> None:
        super().__init__(text)
        self.key = key
        self.values = values


class UnknownOutcomeError(NotNowError):
    """The connection was lost while the database was asked to keep the work: it is kept, or it is not."""


class KeyTakenError(Exception):
    """The same unique key was taken with the same values in every try: our own work writes it twice."""


@contextmanager
def telling_passing_trouble() -> Iterator[None]:
    """Turn trouble of the database that passes into NotNowError; every other error goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        key = _taken_key(error)
        if not key:
            raise
        # The driver's own text is left out: it quotes what was written.
        values = str(getattr(getattr(error.orig, "diag", None), "message_detail", "") or "")
        raise NotNowError(f"unique key taken: {key}", key, values) from error
    except (DBAPIError, PoolTimeoutError) as error:
        if not passes(error):
            raise
        raise NotNowError(str(error.orig) if isinstance(error, DBAPIError) else str(error)) from error


@contextmanager
def telling_lost_commits() -> Iterator[None]:
    """Turn a connection that is lost inside the block into UnknownOutcomeError: for a commit, and nothing else."""
    try:
        yield
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        # What the server refuses it has rolled back; when it goes away it may have committed before.
        if isinstance(error.orig, sqlite3.Error) or (state and not state.startswith(LOST_CLASSES)):
            raise
        raise UnknownOutcomeError(str(error.orig)) from error


def passes(error: Exception) -> bool:
    """Whether an error of the database speaks of a state that passes, not of what we asked for."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state).startswith(PASSING_CLASSES) or state in PASSING_STATES
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_PASSING
    # A driver that never got an answer has no code to tell.
    return isinstance(error, (OperationalError, InterfaceError)) and not isinstance(error.orig, sqlite3.Error)


def _taken_key(error: IntegrityError) -> str:
    """The name, or the columns, of the unique key that an insert met; empty when it broke another rule."""
    if getattr(error.orig, "sqlstate", None) == UNIQUE:
        return str(getattr(getattr(error.orig, "diag", None), "constraint_name", "") or "unknown")
    if getattr(error.orig, "sqlite_errorcode", None) in SQLITE_UNIQUE:
        named = re.search(r"UNIQUE constraint failed: ([\w., ]+)", str(error.orig))
        return named.group(1) if named else "unknown"
    return ""
