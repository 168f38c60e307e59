"""What every table file becomes: numbered rows of text cells.

Gesture: import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storage.letters import tidied

Cells = tuple[str, ...]
NumberedRow = tuple[int, Cells]


class Encoding(StrEnum):
    """How the bytes of a text file become letters. Values are Python's names of codecs."""

    AUTOMATIC = "automatic"
    WESTERN = "cp1252"
    CENTRAL_EUROPEAN = "cp1250"
    CYRILLIC = "cp1251"
    ARABIC = "cp1256"


AUTOMATIC = Encoding.AUTOMATIC


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: bytes as sent, bytes once unpacked (XLSX), columns."""

    bytes: int = 5_000_000
    unpacked_bytes: int = 200_000_000
    columns: int = 500


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table file, ready to be read as often as wanted, row by row, never held as a whole.

    Rows are numbered as a spreadsheet numbers them, 1 first. Rows without any text are left out. Cells have no blanks
    at their ends, and nothing in them that came along unseen (`storage.letters.tidied`). `encoding` and `delimiter`
    are empty for XLSX; `sheet` is empty for text files. `unread` are the visible sheets that hold something and are
    not read, `hidden` the hidden ones.
    """

    rows: Callable[[], Iterator[NumberedRow]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[NumberedRow]:
        return self.rows()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its number in the file and its cells by the name of their column."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """The text of a column; empty where the file has no such column."""
        return self.cells.get(column, "")


def numbered(rows: Iterator[list[str]]) -> Iterator[NumberedRow]:
    """Number rows, take blanks off the ends of cells and what nobody sees out of them, and leave empty rows out."""
    for number, row in enumerate(rows, start=1):
        # Nearly every row is plain, and then has nothing unseen: a hundred thousand rows pass here.
        is_plain = "".join(row).isascii()
        cells = tuple(map(str.strip, row)) if is_plain else tuple([tidied(cell).strip() for cell in row])
        if any(cells):
            yield number, cells
