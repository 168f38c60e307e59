"""XLSX: the sheets that hold something, the values of its formulas, nothing that runs or explodes.

Gesture: none.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from commands.kit.refused import Refused
from commands.kit.tables.grid import Grid, Limits, NumberedRow, numbered
from commands.kit.tables.other_formats import packed_kind
from commands.kit.tables.sheets import HasColumns, Sheet, sheet_to_read
from commands.kit.words import _
from storage.connection.writers import takes_long

# A row of real figures shrinks to a twentieth at most; what shrinks to a thousandth was made to fill the memory.
HIGHEST_RATIO = 300
ROWS_TO_SEE = 200
# Floats hold every whole number up to here.
EXACT_UP_TO = 2**53
_FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


@takes_long
def read_workbook(content: bytes | Path, field: str, limits: Limits, wanted: str, has_columns: HasColumns) -> Grid:
    """The table on the sheet that is `wanted`, or on the one that has the columns, from bytes or from disk.

    Raises Refused next to `field`, SheetQuestion among them where somebody has to say which sheet is meant.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - 160 ms and 30 MiB that few processes ever need

    _check_archive(content, field, limits)
    try:
        book = load_workbook(_opened(content), read_only=True, data_only=True, keep_links=False)
        sheets = [_sheet(sheet, field) for sheet in book.worksheets if _holds_something(sheet)]
    except _breakages() as broken:
        raise Refused(_broken(), field) from broken
    if not sheets:
        raise Refused(_("Every sheet of this workbook is empty. Choose the file that holds the table."), field)
    return sheet_to_read(sheets, wanted, has_columns, field)


def _sheet(sheet: Any, field: str) -> Sheet:
    def rows() -> Iterator[NumberedRow]:
        try:
            yield from numbered(_texts(sheet))
        except _breakages() as broken:
            raise Refused(_broken(), field) from broken

    title = str(sheet.title)
    return Sheet(title, sheet.sheet_state != "visible", Grid(rows, sheet=title))


@cache
def _breakages() -> tuple[type[Exception], ...]:
    """What a damaged file makes the library raise. Whoever reads no workbook needs no XML."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415

    from defusedxml import DefusedXmlException  # noqa: PLC0415

    of_python = (KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, RuntimeError)
    return (zipfile.BadZipFile, ParseError, DefusedXmlException, *of_python)


def _broken() -> str:
    return _("This workbook is damaged. Open it in Excel, save it again as .xlsx, and try again.")


def _opened(content: bytes | Path) -> BinaryIO:
    # An open file and not its name: the library judges names by their ending.
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _check_archive(content: bytes | Path, field: str, limits: Limits) -> None:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    try:
        with _opened(content) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            other = packed_kind(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, KeyError) as broken:
        raise Refused(_broken(), field) from broken
    if other:
        raise Refused(other, field)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or unpacked > HIGHEST_RATIO * size:
        raise Refused(
            _("This workbook unpacks to an unreasonable size, so I did not open it. Save the table as CSV."), field
        )


def unpacked_bytes(content: bytes) -> int:
    """What a workbook becomes once unpacked, as its directory says; 0 for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0


def _holds_something(sheet: Any) -> bool:
    return any(any(row) for row in islice(_texts(sheet), ROWS_TO_SEE))


def _texts(sheet: Any) -> Iterator[list[str]]:
    # The size a sheet claims to have may be wrong, and far too large: it is counted anew.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield [cell_text(value) for value in row]


def cell_text(value: object) -> str:
    """A cell's value as text: dates in ISO 8601, whole numbers without a decimal point, errors of formulas as empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value in _FORMULA_ERRORS else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_UP_TO else repr(value)
    return _moment_text(value) if isinstance(value, date | time) else str(value)


def _moment_text(value: date | time) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
