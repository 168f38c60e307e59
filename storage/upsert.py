"""Insert a row unless its unique key is taken: the same statement on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from storage.base import Base


def insert_new(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row. Returns False, and changes nothing, when a unique key of the table has it already."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert if on_sqlite else postgresql_insert
    # What was inserted is asked back: drivers disagree on how they count rows of an insert.
    first_key = inspect(table).primary_key[0]
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(first_key)
    return session.execute(statement).first() is not None
