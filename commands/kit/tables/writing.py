"""Tables as files: CSV that Excel opens rightly and XLSX, both without a cell that could run.

Gesture: make a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from commands.kit.tables.cells import harmless
from storage.connection.writers import takes_long

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CellValue = str | int | Decimal | date | datetime | None
NARROW, WIDE = 10, 60
SHEET_NAME_LIMIT = 31
# The same file for the same table: nothing in it depends on the moment it was written.
WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - a property of the file that has no zone


def to_csv(titles: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> bytes:
    """A CSV file in UTF-8 with a mark, so that Excel shows accents, and CRLF at the ends of lines (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(title) for title in titles])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: CellValue) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def to_xlsx(titles: Sequence[str], rows: Iterable[Sequence[CellValue]], *, sheet: str) -> bytes:
    """A workbook of one sheet, its first row frozen and filtered. Texts are written as texts, never as formulas."""
    return to_workbook([(sheet, titles, rows)])


@takes_long
def to_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[CellValue]]]]) -> bytes:
    """A workbook with a sheet for each table: its name, its titles and its rows."""
    import xlsxwriter  # noqa: PLC0415 - most processes never write a workbook

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True})
    book.set_properties({"created": WRITTEN_AT})
    bold = book.add_format({"bold": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, titles, rows in sheets:
        _fill(book.add_worksheet(name[:SHEET_NAME_LIMIT]), titles, rows, bold, days)
    book.close()
    return file.getvalue()


def _fill(
    page: Worksheet, titles: Sequence[str], rows: Iterable[Sequence[CellValue]], bold: object, days: object
) -> None:
    for place, title in enumerate(titles):
        page.set_column(place, place, min(max(len(title) + 4, NARROW), WIDE))
    page.freeze_panes(1, 0)
    for place, title in enumerate(titles):
        page.write_string(0, place, harmless(title), bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(page, last, place, cell, days)
    if last:
        page.autofilter(0, 0, last, len(titles) - 1)


def _write(page: Worksheet, row: int, place: int, cell: CellValue, days: object) -> None:
    if isinstance(cell, str):
        if cell:
            page.write_string(row, place, harmless(cell))
    elif isinstance(cell, datetime):
        page.write_string(row, place, cell.isoformat())
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, days)
    elif cell is not None:
        page.write_number(row, place, cell)
