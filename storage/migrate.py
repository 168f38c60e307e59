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

from sqlalchemy import Connection, MetaData, text

import storage
from storage.base import Base
from storage.connection.trouble import telling_passing_trouble
from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
# What migrations were called before their ids were the dates of their files; databases and exports may still say so.
FORMER_IDS = {
    "0001": "20261124_0000",
    "0004": "20261124_0100",
    "0003": "20261124_0200",
    "0002": "20261124_0300",
    "0005": "20261124_0400",
    "0020": "20261125_0100",
    "0021": "20261125_0200",
    "0030": "20261125_0300",
    "0031": "20261125_0400",
    "0010": "20261125_0500",
    "0011": "20261125_0600",
}
# One migrator at a time on PostgreSQL; the number only has to be ours.
ADVISORY_LOCK = 7_243_001


class UnknownShapeError(Exception):
    """The database has a migration that this version does not know; the text says what to do."""


def all_tables() -> MetaData:
    """The tables of every storage file, found by their folders."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            importlib.import_module(module.name)
    return Base.metadata


def alembic_config(connection: Connection | None = None, scripts: Path = SCRIPTS) -> Config:
    """Alembic's settings for the migrations in `scripts`; a file is named by its id and what it changes."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(database: Database, scripts: Path = SCRIPTS) -> None:
    """Apply every migration the database does not have yet. Safe to run twice and by several processes at once.

    Raises UnknownShapeError when a newer version of the product has migrated the database.
    """
    from alembic import command

    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        _check_known(revision_of(connection), scripts)
        _rename(connection)
        command.upgrade(alembic_config(connection, scripts), "head")


def _check_known(revision: str | None, scripts: Path) -> None:
    from alembic.script import ScriptDirectory

    known = {one.revision for one in ScriptDirectory.from_config(alembic_config(scripts=scripts)).walk_revisions()}
    if revision is not None and present_id(revision) not in known:
        raise UnknownShapeError(
            f"The database has migration {revision}, which this version does not know. A newer version has migrated "
            "it: run that version, or restore the backup made before."
        )


def _rename(connection: Connection) -> None:
    """Let a database say by its present id which migration it has: only the ids changed, the tables did not."""
    revision = revision_of(connection)
    if revision in FORMER_IDS:
        statement = text("UPDATE alembic_version SET version_num = :present")
        connection.execute(statement, {"present": present_id(revision)})


def present_id(revision: str) -> str:
    """The id a migration has now, whenever the database or export that names it was written."""
    return FORMER_IDS.get(revision, revision)


def is_current(database: Database) -> bool:
    """Whether the database has every migration."""
    head = newest_revision()
    with telling_passing_trouble(), database.engine.connect() as connection:
        return revision_of(connection) == head


@cache
def newest_revision() -> str | None:
    """The newest migration this version of the product knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(alembic_config()).get_current_head()


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
