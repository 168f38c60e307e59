"""Bringing a database to the newest shape, and saying where it stands.

Alembic is loaded where it is needed: no process needs it to begin its work.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData

import storage
from storage.base import Base
from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
# One migrator at a time on PostgreSQL; the number only has to be ours.
ADVISORY_LOCK = 7_243_001


def all_tables() -> MetaData:
    """The tables of every storage file, found by their folders."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            importlib.import_module(module.name)
    return Base.metadata


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(database: Database) -> None:
    """Apply every migration the database does not have yet. Safe to run twice and by several processes at once."""
    from alembic import command

    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        command.upgrade(_config(connection), "head")


def downgrade(database: Database, revision: str = "base") -> None:
    """Take migrations back, down to `revision`."""
    from alembic import command

    with database.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the database has every migration."""
    head = newest_revision()
    with database.engine.connect() as connection:
        return revision_of(connection) == head


@cache
def newest_revision() -> str | None:
    """The newest migration this version of the product knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config()).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """The newest migration the database has."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[object]:
    """What the models have and the database lacks, or the other way round."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, all_tables()))


def write_revision(database: Database, message: str, revision_id: str) -> None:
    """Draft a migration from the difference between the models and an upgraded database."""
    from alembic import command

    with database.engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=revision_id)
