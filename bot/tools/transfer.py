"""`python -m bot export` and `import`: a mission's whole database as one file, between SQLite and PostgreSQL.

The file is JSON lines: a head, then one row a line, tables in the order in which rows may refer to each other. It names
the migration it was written under, and is only read into an empty database of that same shape.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Connection, Table, func, insert, inspect, select, text
from sqlalchemy.types import JSON

from storage.connection.place import PRIVATE
from storage.database import Database
from storage.migrate import all_tables, present_id, revision_of
from storage.outbox.waiting import doubt_due

FORMAT = "rapporteur-export-1"
BATCH = 500
TIMES: dict[str, type[datetime] | type[date] | type[time]] = {"$datetime": datetime, "$date": date, "$time": time}


class TransferError(Exception):
    """The file cannot be written or read; the text says what to do."""


def write_export(database: Database, path: Path) -> dict[str, int]:
    """Write every row to `path`, in one look at the database. Returns how many rows of each table."""
    counts: dict[str, int] = {}
    with database.engine.connect() as connection, _private(path) as file:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _write(file, {"format": FORMAT, "revision": revision_of(connection)})
        for table in all_tables().sorted_tables:
            counts[table.name] = _write_table(connection, table, file)
        _write(file, {"end": True, "rows": counts})
    return counts


def _private(path: Path) -> IO[str]:
    """A file that nobody else on this machine can read: it holds everything that anybody wrote."""
    found = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE)
    os.fchmod(found, PRIVATE)
    return os.fdopen(found, "w", encoding="utf-8")


def _write_table(connection: Connection, table: Table, file: IO[str]) -> int:
    count = 0
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key.columns))
    for row in rows:
        _write(file, {"table": table.name, "row": {name: _to_json(value) for name, value in row._asdict().items()}})
        count += 1
    return count


def _write(file: IO[str], line: dict[str, Any]) -> None:
    file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _to_json(value: Any) -> Any:
    # A datetime is a date too: the narrower kind comes first.
    for name, kind in TIMES.items():
        if isinstance(value, kind):
            return {name: value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    return value if value is None or isinstance(value, str | int | float | bool) else {"$json": value}


def read_export(database: Database, path: Path) -> dict[str, int]:
    """Read a file of `write_export` into an empty, migrated database, all or nothing. Returns the rows of each table.

    Raises TransferError when the file is not whole, is of another version, or the database is not empty.
    """
    tables = all_tables().tables
    with path.open(encoding="utf-8") as file, database.engine.begin() as connection:
        lines = (_parse(line, number) for number, line in enumerate(file, 1))
        _check_head(next(lines, {}), connection)
        _check_empty(connection, tables.values())
        counts, end = _read_rows(connection, tables, lines)
        if end.get("rows") != {name: counts.get(name, 0) for name in end.get("rows", {})} or not end:
            raise TransferError("The file is cut short or damaged. Export again.")
        if not database.is_sqlite:
            _advance_sequences(connection, tables.values())
    return counts


def restore(database: Database, path: Path, now: datetime) -> dict[str, int]:
    """Like `read_export`, and what was sent between the backup and `now` is not sent a second time."""
    counts = read_export(database, path)
    with database.transaction() as session:
        doubt_due(session, now)
    return counts


def _parse(line: str, number: int) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except ValueError as error:
        raise TransferError(f"Line {number} of the file is damaged. Export again.") from error
    return parsed if isinstance(parsed, dict) else {}


def _check_head(head: dict[str, Any], connection: Connection) -> None:
    if head.get("format") != FORMAT:
        raise TransferError("This is not a file of `python -m bot export`.")
    written, here = (present_id(str(revision)) for revision in (head.get("revision"), revision_of(connection)))
    if written != here:
        raise TransferError(
            f"The file was written by another version, with migration {written}; the database has {here}. "
            "Export and import with the same version, then migrate."
        )


def _check_empty(connection: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        if connection.scalar(select(func.count()).select_from(table)):
            raise TransferError("The database already holds a mission. Import into a new, migrated one.")


def _read_rows(
    connection: Connection, tables: Any, lines: Iterator[dict[str, Any]]
) -> tuple[dict[str, int], dict[str, Any]]:
    counts: dict[str, int] = {}
    batch: list[dict[str, Any]] = []
    current: Table | None = None
    for line in lines:
        table = tables.get(line.get("table"))
        if current is not None and (table is not current or len(batch) >= BATCH):
            connection.execute(insert(current), batch)
            batch = []
        current = table
        if line.get("end"):
            return counts, line
        if table is None:
            raise TransferError(f"The file has a table this version does not know: {line.get('table')}.")
        batch.append({name: _from_json(value, table.columns[name]) for name, value in line["row"].items()})
        counts[table.name] = counts.get(table.name, 0) + 1
    return counts, {}


def _from_json(value: Any, column: Column[Any]) -> Any:
    if not isinstance(value, dict):
        return value
    if "$json" in value and isinstance(column.type, JSON):
        return value["$json"]
    if "$bytes" in value:
        return base64.b64decode(value["$bytes"])
    if "$decimal" in value:
        return Decimal(value["$decimal"])
    name, written = next(iter(value.items()))
    return TIMES[name].fromisoformat(written)


def _advance_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Rows came with their numbers: new ones must begin after the highest."""
    for table in tables:
        key = inspect(table).primary_key.columns
        if len(key) != 1 or key[0].type.python_type is not int:
            continue
        statement = text(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key[0].name}'), "  # noqa: S608 - names are ours
            f"COALESCE((SELECT MAX({key[0].name}) FROM {table.name}), 0) + 1, false)"
        )
        connection.execute(statement)
