"""A file somebody sent, looked at before it is believed: its content decides what it is, not its name."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from commands.kit.refused import Refused
from commands.kit.tables.grid import AUTOMATIC, DEFAULT_LIMITS, Encoding, Grid, Limits
from commands.kit.tables.text_files import read_text_file
from commands.kit.tables.workbooks import read_workbook
from commands.kit.words import _

FILE_KINDS = ("csv", "xlsx", "tsv", "txt")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = ("<!doctype", "<html", "<?xml", "<table")


def read_grid(
    name: str,
    content: bytes,
    *,
    field: str,
    limits: Limits = DEFAULT_LIMITS,
    encoding: Encoding = AUTOMATIC,
) -> Grid:
    """The table in a CSV, TSV or XLSX file.

    Raises Refused next to `field` when the file is empty, too large, no table, or not what its name says.
    """
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if not content.strip():
        raise Refused(_("The file is empty. Choose the file that holds the table."), field)
    if len(content) > limits.bytes:
        most = limits.bytes // 1_000_000
        raise Refused(_("The file is larger than {most} MB. Split it into smaller files.").format(most=most), field)
    if content.startswith(_OLE):
        raise Refused(
            _("This is an old Excel file, or one with a password. Save it as .xlsx without a password and try again."),
            field,
        )
    if content.startswith(_ZIP):
        return _zipped(ending, content, field, limits)
    if ending == "xlsx":
        raise Refused(
            _("The file is called .xlsx but is no Excel workbook, or it is damaged. Save it again from Excel."), field
        )
    return _text(content, field, limits, encoding)


def _zipped(ending: str, content: bytes, field: str, limits: Limits) -> Grid:
    if ending != "xlsx":
        raise Refused(
            _("The file is called .{ending} but holds no text. If it is an Excel workbook, call it .xlsx.").format(
                ending=ending or "?"
            ),
            field,
        )
    return read_workbook(content, field, limits)


def _text(content: bytes, field: str, limits: Limits, encoding: Encoding) -> Grid:
    grid = read_text_file(content, field, limits, encoding)
    start = content[:200].decode("latin-1").lstrip("\ufeffï»¿ \r\n\t").lower()
    if start.startswith(_MARKUP) or _is_json(content):
        raise Refused(_("This is a web page or a data file, not a table. Save the table as CSV or XLSX."), field)
    return grid


def _is_json(content: bytes) -> bool:
    if content.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
