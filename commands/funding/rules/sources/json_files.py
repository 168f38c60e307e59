"""Lists of records as the pooled funds' API gives them: JSON with the columns of its CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from commands.funding.rules.sources.layouts import SOURCE_LAYOUTS
from commands.kit.refused import Refused
from commands.kit.tables import Header
from commands.kit.tables.grid import NumberedRow
from commands.kit.tables.json_arrays import BrokenJsonError, array_elements
from commands.kit.words import _

FILE = "file"
LIST_KEY = "value"
LONGEST_LIST = 20_000_000
HEAD = 4_000
Records = tuple[str, Header, Callable[[], Iterator[NumberedRow]]]


def open_records(path: Path) -> Records | None:
    """Layout, header and rows of a list of records of a source we know; None for anything else."""
    try:
        first = next(_elements(path), None)
    except BrokenJsonError:
        return None
    if not isinstance(first, dict):
        return None
    titles = tuple(first)
    for layout, _kind in SOURCE_LAYOUTS.values():
        places = {
            column.name: titles.index(title) for column in layout.columns for title in column.words if title in titles
        }
        if layout.required <= places.keys():
            return layout.name, Header(0, None, places, titles), lambda: _rows(path, titles)
    return None


def _elements(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig") as file:
        is_list = file.read(200).lstrip().startswith("[")
    if not is_list:
        yield from array_elements(path, LIST_KEY) if begins_with_key(path, LIST_KEY) else ()
    elif path.stat().st_size <= LONGEST_LIST:
        try:
            yield from json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
        except ValueError as broken:
            raise BrokenJsonError(0) from broken


def _rows(path: Path, titles: tuple[str, ...]) -> Iterator[NumberedRow]:
    try:
        for number, record in enumerate(_elements(path), start=1):
            own = record if isinstance(record, dict) else {}
            yield number, tuple(text_of(own.get(title)) for title in titles)
    except BrokenJsonError as broken:
        text = _("The file is cut short or damaged after {count} rows. Download it again.")
        raise Refused(text.format(count=broken.elements), FILE) from broken


def begins_with_key(path: Path, key: str) -> bool:
    """Whether a key stands near the beginning of a file: long files of something else are not searched to their end."""
    with path.open(encoding="utf-8-sig") as file:
        return f'"{key}"' in file.read(HEAD)


def text_of(value: Any) -> str:
    """A member of a record as text; empty for none, and for what is no single value."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value).strip()
