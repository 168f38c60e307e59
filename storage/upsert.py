"""Insert a row unless its unique key is taken: the same statement on SQLite and PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.base import Base


def insert_new(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row. Returns False, and changes nothing, when a unique key of the table has it already."""
    statement = _statement(table, tuple(values), session.get_bind().dialect.name)
    return session.execute(statement, values).first() is not None


@cache
def _statement(table: type[Base], columns: tuple[str, ...], dialect: str) -> ReturningInsert[Any]:
    """The statement for these columns, built once: building it costs three times what running it does."""
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in columns}
    # What was inserted is asked back: drivers disagree on how they count rows of an insert.
    return (
        insert(cast("Table", table.__table__))
        .values(values)
        .on_conflict_do_nothing()
        .returning(inspect(table).primary_key[0])
    )
