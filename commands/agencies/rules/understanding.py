"""How a list of organisations is understood: what was seen of its file, and what somebody said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from commands.agencies.rules.columns import COLUMNS
from commands.agencies.rules.entries import Reading, read_entries
from commands.kit.refused import Refused
from commands.kit.tables import (
    AUTOMATIC,
    Column,
    Encoding,
    Grid,
    Header,
    NoColumnError,
    SheetQuestion,
    data_rows,
    find_header,
    has_columns,
    read_grid,
    title_key,
)
from commands.kit.words import _
from storage.base import Json
from storage.letters import folded

FIELD = "file"
# Under this name an import keeps what was seen of its file.
SEEN = "seen"
MOST_ROWS = 5_000
# More unknown kinds than fit a form are no kinds: the column holds something else.
MOST_KINDS = 80
ROWS_FOR_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody said about a list.

    `columns` are fields of agencies by the header that holds them (`title_key`), `unread` those that are not to be read
    from this file. `kinds` are kinds by the value of the list (folded); an empty one leaves the kind open.
    """

    encoding: Encoding = AUTOMATIC
    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> Json:
        """What the database keeps of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Json) -> Understood:
        """What the database kept; a word that this release does not know is passed over."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        encoding = Encoding(known.pop("encoding", AUTOMATIC))
        return cls(encoding=encoding, **{**known, "unread": tuple(known.get("unread", ()))})

    @classmethod
    def remembered(cls, earlier: Iterable[Json], encoding: Encoding) -> Understood:
        """What was said about lists that were saved, the latest last, as far as it holds for others too."""
        columns: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for one in earlier:
            columns.update(one.get("columns", {}))
            kinds.update(one.get("kinds", {}))
        return cls(encoding, columns=columns, kinds=kinds)

    def with_columns(self, chosen: dict[str, str]) -> Understood:
        """With the header that was chosen for each field; a field without one is not read from this file."""
        others = {title: name for title, name in self.columns.items() if name not in chosen}
        said = {title: name for name, title in chosen.items() if title}
        unread = [name for name in self.unread if name not in chosen]
        unread += [name for name, title in chosen.items() if not title]
        return replace(self, columns={**others, **said}, unread=tuple(unread))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a file, for asking how it is meant.

    `titles` are its headers, each with an example of what stands below; `places` the header of each field that was
    found; `kinds` the words for kinds that are not ours, each with the number of its rows, the most frequent first.
    `choices` are the sheets that may be meant where that is not clear, `have_columns` whether one of them has a name.
    """

    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    places: dict[str, str] = field(default_factory=dict)
    kinds: tuple[tuple[str, int], ...] = ()
    have_columns: bool = True

    def as_json(self) -> Json:
        """What the database keeps of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Json) -> Seen:
        """What the database kept."""
        pairs: dict[str, Any] = {name: tuple(map(tuple, kept.get(name, ()))) for name in ("titles", "kinds")}
        names = {name: tuple(kept.get(name, ())) for name in ("unread", "hidden", "choices")}
        have_columns, places = bool(kept.get("have_columns", True)), dict(kept.get("places", {}))
        return cls(sheet=kept.get("sheet", ""), places=places, have_columns=have_columns, **names, **pairs)

    def unsaid_kinds(self, understood: Understood) -> list[tuple[str, int]]:
        """Words for kinds of which nobody said yet what they mean."""
        return [one for one in self.kinds if kind_key(one[0]) not in understood.kinds]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at: what it says, or None where something has to be asked first."""

    seen: Seen
    reading: Reading | None

    def as_json(self) -> Json:
        """What the database keeps of it."""
        return {**(self.reading.as_json() if self.reading else {}), SEEN: self.seen.as_json()}


def look(name: str, content: bytes, understood: Understood) -> Looked:
    """Read a list as it is understood. Raises Refused next to the file when it is none, or cannot be read."""
    columns = [column for column in COLUMNS if column.required or column.name not in understood.unread]
    fits = has_columns(columns, understood.columns)
    try:
        grid = read_grid(
            name, content, field=FIELD, encoding=understood.encoding, sheet=understood.sheet, has_columns=fits
        )
    except SheetQuestion as which:
        choices, hidden = tuple(which.titles), tuple(which.hidden)
        return Looked(Seen(choices=choices, hidden=hidden, have_columns=which.have_columns), None)
    return _read(grid, columns, understood)


def _read(grid: Grid, columns: list[Column], understood: Understood) -> Looked:
    try:
        header = find_header(grid, columns, field=FIELD, said=understood.columns)
    except NoColumnError as no:
        seen = _seen(grid, no.header)
        if not seen.titles:
            raise
        return Looked(seen, None)
    reading = read_entries(data_rows(grid, header, most=MOST_ROWS, field=FIELD), header, understood.kinds)
    if not reading.rows:
        raise Refused(_("The file has a header but no rows below it."), FIELD)
    seen = _seen(grid, header, reading)
    unsaid = seen.unsaid_kinds(understood)
    return Looked(seen, None if unsaid and len(unsaid) <= MOST_KINDS else reading)


def _seen(grid: Grid, header: Header, reading: Reading | None = None) -> Seen:
    below = [cells for number, cells in islice(grid, header.last_row + ROWS_FOR_EXAMPLES) if number > header.last_row]
    titles: dict[str, tuple[str, str]] = {}
    for place, title in enumerate(header.titles):
        example = next((cells[place] for cells in below if place < len(cells) and cells[place]), "")
        if title_key(title):
            titles.setdefault(title_key(title), (title, example[:60]))
    kinds = reading.other_kinds if reading else {}
    return Seen(
        sheet=grid.sheet,
        unread=grid.unread,
        hidden=grid.hidden,
        titles=tuple(titles.values()),
        places={name: header.title(name) for name in header.places},
        kinds=tuple(sorted(kinds.items(), key=lambda one: -one[1])),
    )


def kind_key(value: str) -> str:
    """What a value of a list is known by in other lists."""
    return folded(value)
