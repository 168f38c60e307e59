"""Insert rows unless their unique key is taken: the same statements on SQLite and PostgreSQL.

Whatever two processes may write at the same moment is written with these: whoever comes second finds the first's row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ColumnDefault, Table, bindparam, inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import DefaultGenerator

from storage.base import Base
from storage.connection.ready import Ready

# SQLite takes 32,766 values in one statement.
ROWS_AT_ONCE = 500

Row = TypeVar("Row", bound=Base)


def insert_new(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row. Returns False, and changes nothing, when a unique key of the table has it already."""
    statement = _new(table, tuple(values), session.get_bind().dialect.name)
    return statement.first(session, values) is not None


def insert_missing(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert those rows whose unique key nobody has; all rows name the same columns.

    Give them in one order always: two transactions that insert the same rows in different orders wait for each other.
    """
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        session.execute(insert(cast("Table", table.__table__)).values(list(part)).on_conflict_do_nothing())


def find_or_make(session: Session, table: type[Row], key: dict[str, Any], **first: Any) -> Row:
    """The row with this primary key, made with the values of `first` where there is none."""
    found = session.get(table, key)
    if found is not None:
        return found
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    made = session.scalars(insert(table).values(**key, **first).on_conflict_do_nothing().returning(table)).first()
    # None: somebody else has made it since we looked.
    return made if made is not None else session.get_one(table, key)


def put_row(session: Session, table: type[Base], key: dict[str, Any], **values: Any) -> None:
    """Make the row with this primary key have these values, whether it is there or not."""
    row = find_or_make(session, table, key, **values)
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.flush()


def put_over(session: Session, table: type[Base], *rows: dict[str, Any], by: tuple[str, ...] = ()) -> None:
    """Write rows of the same columns with one statement, each over the one with its primary key where there is one.

    `by` are the columns of another unique key that names a row in its place.
    """
    if rows:
        _over(table, tuple(rows[0]), by, session.get_bind().dialect.name).run_each(session, rows)


@cache
def _over(table: type[Base], columns: tuple[str, ...], by: tuple[str, ...], dialect: str) -> Ready:
    key = by or [column.name for column in inspect(table).primary_key]
    made = _insert(table, columns, dialect)
    over = {name: made.excluded[name] for name in columns if name not in key}
    return Ready(made.on_conflict_do_update(index_elements=key, set_=over))


@cache
def _new(table: type[Base], columns: tuple[str, ...], dialect: str) -> Ready:
    # What was inserted is asked back: drivers disagree on how they count rows of an insert.
    made = _insert(table, columns, dialect)
    return Ready(made.on_conflict_do_nothing().returning(inspect(table).primary_key[0]))


def _insert(table: type[Base], columns: tuple[str, ...], dialect: str) -> Any:
    """The insert of these columns, the others as they begin; either dialect goes on with the same words."""
    made = cast("Table", table.__table__)
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in columns}
    for column in made.columns:
        if column.name not in values and column.default is not None:
            values[column.name] = bindparam(column.name, _first_value(column.default))
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return insert(made).values(values)


def _first_value(default: DefaultGenerator) -> object:
    """What a column begins with, where the row says nothing of it."""
    assert isinstance(default, ColumnDefault)
    return default.arg if default.is_scalar else default.arg(None)
