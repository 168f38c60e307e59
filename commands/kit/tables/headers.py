"""Finding the header of a table: any order, case, accents and synonyms; a HXL tag row helps where words do not.

A HXL tag row may stand within the first 25 rows of a file, below up to 24 rows of headings (HXL 1.1).

Gesture: import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from commands.kit.numbers import number_text
from commands.kit.refused import Refused
from commands.kit.tables.cells import restored
from commands.kit.tables.grid import Grid, NumberedRow, Row
from commands.kit.tables.sheets import HasColumns
from commands.kit.words import _
from storage.letters import folded

ROWS_TO_SEARCH = 25
HEADERS_SHOWN = 12
# The value of a choice holds 150 characters.
LONGEST_KEY = 120
NOTHING_SAID: Mapping[str, str] = {}
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is looked for.

    `words` are headers in any language, best first; `tags` are HXL tags with the attributes they must have
    (`#org+acronym`), best first. A file without a `required` column is refused; `examples` then says how it may be
    called, in the languages of the mission's readers.
    """

    name: str
    words: tuple[str, ...]
    tags: tuple[str, ...] = ()
    required: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a file stand: the header's row, the place of each column, and what was not recognised."""

    row: int
    tag_row: int | None
    places: dict[str, int]
    titles: tuple[str, ...]

    @property
    def last_row(self) -> int:
        """The last row before the data."""
        return self.tag_row or self.row

    def title(self, column: str) -> str:
        """A column as the file calls it."""
        return self.titles[self.places[column]] if column in self.places else ""

    @property
    def unused(self) -> list[str]:
        """Headers of the file that mean nothing to us."""
        used = set(self.places.values())
        return [title for place, title in enumerate(self.titles) if title and place not in used]


def column_letter(place: int) -> str:
    """The letter a spreadsheet gives to a column; 0 is A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters


class NoColumnError(Refused):
    """A file lacks columns without which it cannot be read; `header` is what looks most like its header."""

    def __init__(self, text: str, field: str, header: Header) -> None:
        super().__init__(text, field)
        self.header = header


def has_columns(columns: Sequence[Column], said: Mapping[str, str] = NOTHING_SAID) -> HasColumns:
    """Whether a table has every required column, for finding the sheet that is meant; `said` as in `find_header`."""

    def fits(grid: Grid) -> bool:
        try:
            find_header(grid, columns, field="", said=said)
        except NoColumnError:
            return False
        except Refused:
            # A header that stands twice: it is this table, and reading it says what is wrong.
            return True
        return True

    return fits


def title_key(title: str) -> str:
    """What a header is known by in other files: short enough for the value of a choice."""
    return folded(title)[:LONGEST_KEY]


def find_header(grid: Grid, columns: Sequence[Column], *, field: str, said: Mapping[str, str] = NOTHING_SAID) -> Header:
    """The header of a file. `said` is which column somebody said a header is, by `title_key`; it goes before our words.

    Raises NoColumnError next to `field` without a required column, and Refused when a header stands twice.
    """
    rows = list(islice(grid, ROWS_TO_SEARCH))
    rows = [row for row in rows if row[0] <= ROWS_TO_SEARCH] or rows[:1]
    if not rows:
        raise Refused(_("The file is empty. Choose the file that holds the table."), field)
    tagged = next((index for index, (_number, cells) in enumerate(rows) if is_tag_row(cells)), None)
    if tagged is not None:
        header = _header_above_tags(rows, tagged, columns, said, field)
    else:
        header = _best_header(rows, columns, said, field)
    missing = [column for column in columns if column.required and column.name not in header.places]
    if missing:
        raise NoColumnError(_no_column(missing[0], header), field, header)
    return header


def is_tag_row(cells: Sequence[str]) -> bool:
    """Whether at least half of the filled cells are HXL tags (HXL 1.1): people mistype one, or leave a note there."""
    filled = [cell for cell in cells if cell]
    tags = sum(bool(_TAG.fullmatch(cell)) for cell in filled)
    return bool(filled) and tags * 2 >= len(filled)


def _header_above_tags(
    rows: list[NumberedRow], tagged: int, columns: Sequence[Column], said: Mapping[str, str], field: str
) -> Header:
    tag_number, tags = rows[tagged]
    # Above the tags the row that says most is the header; rows of group titles may stand higher.
    above = [(number, cells) for number, cells in rows[:tagged]]
    number, titles = max(
        above, key=lambda row: (len(_match(row[1], columns, said)), row[0]), default=(tag_number, tags)
    )
    places = _match(titles, columns, said)
    _refuse_twice(titles, places, field)
    for column in columns:
        if column.name not in places:
            place = _tagged_place(tags, column, set(places.values()))
            if place is not None:
                places[column.name] = place
    shown = tuple(
        (titles[place] if place < len(titles) else "") or (tags[place] if place < len(tags) else "")
        for place in range(max(len(titles), len(tags)))
    )
    return Header(number, tag_number, places, shown)


def _best_header(rows: list[NumberedRow], columns: Sequence[Column], said: Mapping[str, str], field: str) -> Header:
    required = {column.name for column in columns if column.required}

    def worth(row: NumberedRow) -> tuple[int, int, int, int]:
        places = _match(row[1], columns, said)
        # Where nothing is known, the widest row is the header: titles of lists stand alone above it.
        filled = 0 if places else sum(1 for cell in row[1] if cell)
        return (len(required & places.keys()), len(places), filled, -row[0])

    number, titles = max(rows, key=worth)
    places = _match(titles, columns, said)
    _refuse_twice(titles, places, field)
    return Header(number, None, places, titles)


def _match(titles: Sequence[str], columns: Sequence[Column], said: Mapping[str, str]) -> dict[str, int]:
    words = [folded(title) for title in titles]
    names = {column.name for column in columns}
    places: dict[str, int] = {}
    for place, word in enumerate(words):
        name = said.get(word[:LONGEST_KEY])
        if name in names and name not in places:
            places[name] = place
    for column in columns:
        if column.name in places:
            continue
        wanted = (folded(word) for word in (column.name, *column.words))
        found = next((words.index(word) for word in wanted if word in words), None)
        if found is not None and found not in places.values():
            places[column.name] = found
    return places


def _refuse_twice(titles: Sequence[str], places: Mapping[str, int], field: str) -> None:
    words = [folded(title) for title in titles]
    for place in places.values():
        twice = [column_letter(other) for other, word in enumerate(words) if word == words[place]]
        if len(twice) > 1:
            raise Refused(
                _("The header “{title}” stands {count} times (columns {columns}). Keep one of them.").format(
                    title=titles[place], count=len(twice), columns=", ".join(twice)
                ),
                field,
            )


def _tagged_place(tags: Sequence[str], column: Column, taken: set[int]) -> int | None:
    read = [_tag_parts(tag) for tag in tags]
    for wanted in column.tags:
        name, needed = _tag_parts(wanted)
        fitting = [
            (len(attributes - needed), place)
            for place, (tag, attributes) in enumerate(read)
            if tag == name and needed <= attributes and place not in taken
        ]
        if fitting:
            return min(fitting)[1]
    return None


def _tag_parts(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = (part.strip().lower() for part in tag.split("+"))
    return name, frozenset(attributes)


def _no_column(column: Column, header: Header) -> str:
    titles = [title for title in header.titles if title]
    found = ", ".join(_("“{title}”").format(title=title[:40]) for title in titles[:HEADERS_SHOWN])
    return _(
        "No column is called “{wanted}” in the first rows of the file. "
        "Call it one of: {words}. Row {row} of the file has: {found}."
    ).format(
        wanted=column.name,
        words=", ".join(column.examples or column.words[:6]),
        row=header.row,
        found=f"{found}, …" if len(titles) > HEADERS_SHOWN else found,
    )


def data_rows(grid: Grid, header: Header, *, most: int, field: str) -> Iterator[Row]:
    """The rows below the header, with guarded cells given back. Raises Refused after `most` rows."""
    places = list(header.places.items())
    count = 0
    for number, cells in grid:
        if number <= header.last_row:
            continue
        count += 1
        if count > most:
            raise Refused(
                _("The file has more than {most} rows. Split it into smaller files.").format(most=number_text(most)),
                field,
            )
        width = len(cells)
        yield Row(number, {name: restored(cells[place]) for name, place in places if place < width})
