"""A file somebody sent, looked at before it is believed: its content decides what it is, not its name.

Gesture: import.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from commands.kit.refused import Refused
from commands.kit.tables.grid import AUTOMATIC, DEFAULT_LIMITS, Encoding, Grid, Limits
from commands.kit.tables.other_formats import other_format
from commands.kit.tables.sheets import HasColumns, anything
from commands.kit.tables.text_files import read_text_file
from commands.kit.tables.workbooks import read_workbook
from commands.kit.words import _
from storage.connection.writers import takes_long

# Old and foreign spreadsheets may be chosen too: they are refused with what to do, which Slack cannot say.
FILE_KINDS = ("csv", "xlsx", "xlsm", "tsv", "txt", "xls", "ods")
_WORKBOOKS = frozenset({"xlsx", "xlsm", "xlsb"})
ZIP = b"PK\x03\x04"
_MARKUP = ("<!doctype", "<html", "<?xml", "<table")


@takes_long
def read_grid(
    name: str,
    content: bytes,
    *,
    field: str,
    limits: Limits = DEFAULT_LIMITS,
    encoding: Encoding = AUTOMATIC,
    sheet: str = "",
    has_columns: HasColumns = anything,
) -> Grid:
    """The table in a CSV, TSV or XLSX file; of a workbook the `sheet` that was chosen, or the one that has the columns.

    Raises Refused next to `field` when the file is empty, too large, no table, or not what its name says; SheetQuestion
    when a workbook has several sheets that may be meant.
    """
    check_start(name, content, len(content), field, limits)
    if content.startswith(ZIP):
        return read_workbook(content, field, limits, sheet, has_columns)
    return read_text_file(content, field, limits, encoding)


def check_start(name: str, start: bytes, size: int, field: str, limits: Limits) -> None:
    """Raise Refused when the first bytes of a file, its size or its name say that it is no table that can be read."""
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if not start.strip():
        raise Refused(_("The file is empty. Choose the file that holds the table."), field)
    if size > limits.bytes:
        most = limits.bytes // 1_000_000
        raise Refused(_("The file is larger than {most} MB. Split it into smaller files.").format(most=most), field)
    foreign = other_format(start)
    if foreign:
        raise Refused(foreign, field)
    if start.startswith(ZIP):
        _check_zipped(ending, field)
    elif ending == "xlsx":
        raise Refused(
            _("The file is called .xlsx but is no Excel workbook, or it is damaged. Save it again from Excel."), field
        )
    elif start[:200].decode("latin-1").lstrip("\ufeffï»¿ \r\n\t").lower().startswith(_MARKUP) or _is_json(start):
        raise Refused(_("This is a web page or a data file, not a table. Save the table as CSV or XLSX."), field)


def _check_zipped(ending: str, field: str) -> None:
    if ending == "zip":
        raise Refused(_("This is a ZIP archive. Unpack it and choose the table inside, as CSV or XLSX."), field)
    if ending not in _WORKBOOKS:
        raise Refused(
            _("The file is called .{ending} but holds no text. If it is an Excel workbook, call it .xlsx.").format(
                ending=ending or "?"
            ),
            field,
        )


def _is_json(content: bytes) -> bool:
    if content.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
