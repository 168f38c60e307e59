"""CSV in all its dialects: encodings that are certain, delimiters that fit, quotation marks that close.

Gesture: none.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from commands.kit.refused import Refused
from commands.kit.tables.grid import AUTOMATIC, Encoding, Grid, Limits, NumberedRow, numbered
from commands.kit.words import _

DELIMITERS = (",", ";", "\t", "|")
ROWS_TO_JUDGE = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text_file(content: bytes, field: str, limits: Limits, encoding: Encoding) -> Grid:
    """The table in a text file. Raises Refused next to `field`."""
    text, used = decoded(content, field, encoding)
    delimiter = find_delimiter(text)
    _check(text, delimiter, field, limits)

    def rows() -> Iterator[NumberedRow]:
        return numbered(_reader(text, delimiter))

    return Grid(rows, encoding=used, delimiter=delimiter)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def decoded(content: bytes, field: str, encoding: Encoding) -> tuple[str, str]:
    """The text of a file and the encoding that was used.

    Unicode is recognised. Anything else is never guessed: it is refused with a sample of how it would read, and the
    person chooses the encoding.
    """
    codec = unicode_codec(content)
    if codec is None and encoding is AUTOMATIC:
        return _as_utf8(content, field), "utf-8"
    codec = codec or str(encoding)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as broken:
        raise Refused(
            _("The file cannot be read in this encoding. Save it as “CSV UTF-8” and try again."), field
        ) from broken
    return without_binary(text, field), codec


def unicode_codec(content: bytes) -> str | None:
    """The Unicode encoding that the beginning of a file shows by its mark or its zeros; None without either."""
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return codec
    # UTF-16 without its mark: every second byte of the first line is zero.
    start = content[:200]
    if len(start) >= 4 and not any(start[1::2]):
        return "utf-16-le"
    if len(start) >= 4 and not any(start[0::2]):
        return "utf-16-be"
    return None


def _as_utf8(content: bytes, field: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise Refused(not_utf8(content, broken.start, field), field) from broken
    return without_binary(text, field)


def not_utf8(content: bytes, place: int, field: str, line: int | None = None) -> str:
    """What to say when the byte at `place` is no UTF-8; `line` is its line where `content` is not the whole file."""
    western = without_binary(content.decode("cp1252", errors="replace"), field)
    line = line or content.count(b"\n", 0, place) + 1
    sample = _word_around(western, len(content[:place].decode("cp1252", errors="replace")))
    return _(
        "The file is not UTF-8 (line {line}). Choose its encoding in this form, or save it as “CSV UTF-8”. "
        "As Western European (Latin-1, Windows-1252) line {line} reads “{sample}”."
    ).format(line=line, sample=sample)


def _word_around(text: str, place: int, most: int = 40) -> str:
    before = re.search(r"[\w'’ -]*$", text[max(0, place - most // 2) : place])
    after = re.match(r"\S[\w'’ -]*", text[place : place + most // 2])
    return ((before.group() if before else "") + (after.group() if after else "")).strip()


def without_binary(text: str, field: str) -> str:
    """The text again. Raises Refused when it holds what no text holds."""
    if "\x00" in text or len(_CONTROL.findall(text[:20_000])) > len(text[:20_000]) // 500:
        raise Refused(_("This is no text file, whatever it is called. Save the table as CSV or XLSX."), field)
    return text


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells; a comma where none does."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = Counter(len(row) for row in islice(_reader(text, delimiter), ROWS_TO_JUDGE) if any(row))
    except csv.Error:
        return (0.0, 0)
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, times = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return (times / widths.total(), width)


def _check(text: str, delimiter: str, field: str, limits: Limits) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > limits.columns:
                raise too_wide(number, len(row), field)
    except csv.Error as broken:
        raise broken_row(number + 1, field) from broken


def too_wide(row: int, count: int, field: str) -> Refused:
    """The refusal of a row with more cells than any table has."""
    return Refused(
        _("Row {row} has {count} cells, which is no table of this kind. Check the file.").format(row=row, count=count),
        field,
    )


def broken_row(row: int, field: str) -> Refused:
    """The refusal of a row that ends where it should not."""
    return Refused(
        _(
            "Row {row} is broken: a quotation mark is not closed, or text follows a closed one. "
            "Correct the row, or save the table again as CSV or XLSX."
        ).format(row=row),
        field,
    )
