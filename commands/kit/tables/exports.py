"""What a person asked to have as files: each table as CSV and as XLSX, in their direct messages.

Gesture: make a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.handling import Handling
from commands.kit.post import send_file
from commands.kit.tables.writing import CellValue, to_csv, to_xlsx
from commands.kit.work import Work
from storage.subjects import Key


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be sent: `name` begins the names of its files (`returns-2035-03-05.csv`), `sheet` names its sheet."""

    name: str
    sheet: str
    titles: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def send_tables(
    work: Work, user_id: str, tables: Sequence[Table], comment: str, *, handling: Handling = Handling.UNCLASSIFIED
) -> None:
    """Send each table as CSV and as XLSX, named with the mission's day; `comment` stands above every file.

    The rows hold only what this person may see, and `handling` is the highest level among them. What was sent is put
    on record by the caller, who knows what it was about.
    """
    for table in tables:
        contents = {
            "csv": to_csv(table.titles, table.rows),
            "xlsx": to_xlsx(table.titles, table.rows, sheet=table.sheet),
        }
        for ending, content in contents.items():
            key = Key.of("export", table.name, user_id, work.now, ending)
            file = f"{table.name}-{work.today.isoformat()}.{ending}"
            send_file(work, user_id, file, content, comment, key=key, handling=handling)
