"""What a person asked to have as files: each table as CSV and as XLSX.

Gesture: make a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit.files import File
from commands.kit.handling import Handling
from commands.kit.tables.writing import CellValue, to_csv, to_workbook, to_xlsx


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be sent: `name` begins the names of its files (`returns-2035-03-05.csv`), `sheet` names its sheet."""

    name: str
    sheet: str
    titles: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def files_of(
    tables: Sequence[Table], day: date, comment: str, handling: Handling = Handling.UNCLASSIFIED
) -> tuple[File, ...]:
    """Each table as CSV and as XLSX, named with the mission's day; `comment` stands above every file.

    The rows hold only what their reader may see, and `handling` is the highest level among them.
    """
    files = []
    for table in tables:
        contents = {
            "csv": to_csv(table.titles, table.rows),
            "xlsx": to_xlsx(table.titles, table.rows, sheet=table.sheet),
        }
        files += [
            File(f"{table.name}-{day.isoformat()}.{ending}", content, comment, handling)
            for ending, content in contents.items()
        ]
    return tuple(files)


def book_of(
    name: str, tables: Sequence[Table], day: date, comment: str, handling: Handling = Handling.UNCLASSIFIED
) -> File:
    """Several tables as the sheets of one workbook: one file, and one message."""
    content = to_workbook((table.sheet, table.titles, table.rows) for table in tables)
    return File(f"{name}-{day.isoformat()}.xlsx", content, comment, handling)
