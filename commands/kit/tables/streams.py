"""Tables in files of any length, read from disk row by row: what is in memory does not grow with the file.

The whole of a text file is checked while it is read, not before: a row that is broken is told when it is reached.

Gesture: import.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from commands.kit.refused import Refused
from commands.kit.tables.grid import AUTOMATIC, Encoding, Grid, Limits, NumberedRow, numbered
from commands.kit.tables.reading import ZIP, check_start
from commands.kit.tables.sheets import HasColumns, anything
from commands.kit.tables.text_files import broken_row, find_delimiter, not_utf8, too_wide, unicode_codec, without_binary
from commands.kit.tables.workbooks import read_workbook
from commands.kit.words import _

SAMPLE_BYTES = 200_000


def open_table(
    name: str,
    path: Path,
    *,
    field: str,
    limits: Limits,
    encoding: Encoding = AUTOMATIC,
    sheet: str = "",
    has_columns: HasColumns = anything,
) -> Grid:
    """The table in a CSV, TSV or XLSX file on disk, as `read_grid` gives it.

    Raises Refused next to `field`, also while rows are read.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    check_start(name, start, path.stat().st_size, field, limits)
    if start.startswith(ZIP):
        return read_workbook(path, field, limits, sheet, has_columns)
    return _open_text(path, start, field, limits, encoding)


def _open_text(path: Path, start: bytes, field: str, limits: Limits, encoding: Encoding) -> Grid:
    codec = unicode_codec(start) or ("utf-8" if encoding is AUTOMATIC else str(encoding))
    sample = without_binary(_decoded_start(start, codec), field)
    delimiter = find_delimiter(sample[: sample.rfind("\n") + 1] or sample)

    def rows() -> Iterator[NumberedRow]:
        return numbered(_rows(path, codec, delimiter, field, limits))

    return Grid(rows, encoding=codec, delimiter=delimiter)


def _decoded_start(start: bytes, codec: str) -> str:
    # A letter that is cut off at the end of the sample, or wrong, is told when its row is reached.
    return start.decode(codec, errors="replace")


def _rows(path: Path, codec: str, delimiter: str, field: str, limits: Limits) -> Iterator[list[str]]:
    number = 0
    with path.open(encoding=codec, newline="") as file:
        try:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1):
                if len(row) > limits.columns:
                    raise too_wide(number, len(row), field)
                yield row
        except csv.Error as broken:
            raise broken_row(number + 1, field) from broken
        except UnicodeDecodeError as broken:
            raise Refused(_undecodable(path, codec, field), field) from broken


def _undecodable(path: Path, codec: str, field: str) -> str:
    if codec not in {"utf-8", "utf-8-sig"}:
        return _("The file cannot be read in this encoding. Save it as “CSV UTF-8” and try again.")
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as broken:
                return not_utf8(line, broken.start, field, number)
    return _("The file ends in the middle of a letter: it was cut off. Download or save it again.")
