"""Spreadsheets of other formats, recognised by their content: each is refused by its name, with what to do.

Gesture: import.
"""

from __future__ import annotations

import zipfile

from commands.kit.words import _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
# Names of streams inside an OLE file are written in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
# The root element, where the format is named, stands within so many bytes.
_ROOT_BYTES = 4_000


def other_format(start: bytes) -> str | None:
    """Why a file that begins like this cannot be read, and what to do; None where the beginning says nothing."""
    if start.startswith(_OLE):
        return _ole(start)
    if _OPEN_DOCUMENT in start[:200]:
        return _(
            "This is an OpenDocument spreadsheet (.ods). Open it, save it as “Excel workbook (.xlsx)” or as CSV, and "
            "choose that file."
        )
    return None


def _ole(start: bytes) -> str:
    if _ENCRYPTED in start:
        return _("This workbook has a password. Save it as .xlsx without a password and try again.")
    if any(name in start for name in _OLD_BOOKS):
        return _("This is an Excel file of the years before 2007 (.xls). Open it, save it as .xlsx, and try again.")
    return _("This is an old Excel file, or one with a password. Save it as .xlsx without a password and try again.")


def packed_kind(archive: zipfile.ZipFile) -> str | None:
    """Why an archive is no workbook that can be read, and what to do; None for an ordinary XLSX workbook."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        return _("This is a binary Excel workbook (.xlsb). Open it, save it as .xlsx, and try again.")
    if "xl/workbook.xml" not in names:
        return _("This is no Excel workbook. Save the table as .xlsx or .csv, then try again.")
    with archive.open(names["xl/workbook.xml"]) as root:
        if _STRICT in root.read(_ROOT_BYTES):
            return _(
                "This workbook is saved as “Strict Open XML”. In Excel choose “Save as” and “Excel workbook (.xlsx)”, "
                "without the word “Strict”, and try again."
            )
    return None
