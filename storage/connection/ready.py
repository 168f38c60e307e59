"""Statements of the hottest requests: put into words once for each kind of database, then only run.

SQLAlchemy makes out anew with every call what a statement is, how its values are written and what its rows become;
that costs several times what the database does. A `Ready` keeps all of it. Its statement is written like any other,
the same for SQLite and PostgreSQL, and what comes back are plain rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Delete, Dialect, Insert, Select, Table, Update, bindparam, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from storage.base import Base
from storage.database import WritesError, looks_only

Values = Mapping[str, object]
Convert = Callable[[Any], Any]
Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement in one database's words. `order` names its values where they go by place; `fixed` are its own."""

    sql: str
    order: tuple[str, ...]
    fixed: dict[str, object]
    write: tuple[tuple[str, Convert], ...]
    read: tuple[tuple[int, Convert], ...]


class Ready:
    """A statement whose values all have a name (`bindparam`), none of them a list.

    `held` are the tables whose rows are held until the transaction ends; shared with others who only `share` them.
    """

    def __init__(self, statement: Statement, *, held: Sequence[type[Base]] = (), share: bool = False) -> None:
        self._statement, self._held, self._share = statement, tuple(held), share
        self._words: dict[tuple[str, bool], _Words] = {}

    def rows(self, session: Session, values: Values) -> Sequence[Sequence[Any]]:
        """Run a statement that gives rows, once all that the session has changed is written."""
        words, result = self._run(session, values)
        found: Sequence[Any] = result.cursor.fetchall()
        return [_converted(row, words.read) for row in found] if words.read else found

    def first(self, session: Session, values: Values) -> Sequence[Any] | None:
        """The first row, for a statement that gives one at most."""
        found = self.rows(session, values)
        return found[0] if found else None

    def run(self, session: Session, values: Values) -> int:
        """Run a statement that changes rows, or adds one. Returns how many."""
        return self._run(session, values)[1].rowcount

    def run_each(self, session: Session, rows: Sequence[Values]) -> None:
        """Run a statement that adds a row once for each of these, all at once."""
        if rows:
            self._run(session, *rows)

    def _run(self, session: Session, *rows: Values) -> tuple[_Words, CursorResult[Any]]:
        looks = looks_only(session)
        if looks and not isinstance(self._statement, Select):
            raise WritesError
        session.flush()
        connection = session.connection()
        words = self._words.get((connection.dialect.name, looks))
        if words is None:
            words = self._words[connection.dialect.name, looks] = self._put_into_words(connection.dialect, looks)
        given: list[Any] = [_parameters(words, values) for values in rows]
        return words, connection.exec_driver_sql(words.sql, given if len(given) > 1 else given[0])

    def _put_into_words(self, dialect: Dialect, looks: bool) -> _Words:
        statement = self._statement
        if isinstance(statement, Select) and self._held and not looks:
            statement = statement.with_for_update(of=self._held, read=self._share)
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        assert not compiled.insert_prefetch, "a statement names every column that has a default"
        needed = {name for bind, name in compiled.bind_names.items() if bind.required}
        own = compiled.construct_params(dict.fromkeys(needed))
        kinds = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        columns: Sequence[ColumnElement[Any]] = (
            list(statement.selected_columns) if isinstance(statement, Select) else ()
        )
        return _Words(
            str(compiled),
            tuple(compiled.positiontup or ()),
            {name: value for name, value in own.items() if name not in needed},
            tuple((name, one) for name, kind in kinds.items() if (one := kind.bind_processor(dialect)) is not None),
            tuple((place, one) for place, one in enumerate(_readers(columns, dialect)) if one is not None),
        )


def _parameters(words: _Words, values: Values) -> dict[str, object] | tuple[object, ...]:
    given: dict[str, Any] = {**words.fixed, **values}
    for name, convert in words.write:
        given[name] = convert(given[name])
    return tuple([given[name] for name in words.order]) if words.order else given


def _readers(columns: Sequence[ColumnElement[Any]], dialect: Dialect) -> list[Convert | None]:
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]


def _converted(row: Sequence[Any], read: Sequence[tuple[int, Convert]]) -> list[Any]:
    made = list(row)
    for place, convert in read:
        made[place] = convert(made[place])
    return made


def insert_of(table: type[Base], *, without: Collection[str] = ()) -> Ready:
    """The statement that adds a row, numbered by the database, with a value for every column but these."""
    columns = cast("Table", table.__table__).columns
    numbered = [column.name for column in columns if column.primary_key and column.autoincrement is not False]
    named = [column.name for column in columns if column.name not in {*without, *numbered}]
    return Ready(insert(table).values({name: bindparam(name) for name in named}).inline())
