"""One long array inside a JSON file, element by element: what is in memory is the element, never the file.

Gesture: import.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

CHUNK = 256_000
LONGEST_ELEMENT = 5_000_000
TAIL = 65_536
_BLANKS = " \t\r\n"


class BrokenJsonError(ValueError):
    """The file ends too early, or is no JSON where the array should be; `elements` were whole before that."""

    def __init__(self, elements: int) -> None:
        super().__init__(f"broken after {elements} elements")
        self.elements = elements


def array_elements(path: Path, key: str) -> Iterator[Any]:
    """The elements of the first array called `key`, numbers with a point as Decimal.

    Raises BrokenJsonError when the file is cut short or damaged. A file without such an array gives nothing.
    """
    decoder = json.JSONDecoder(parse_float=Decimal)
    with path.open(encoding="utf-8-sig") as file:
        text = _after_key(file, f'"{key}"')
        count = 0
        while text is not None:
            text, more = _at_element(file, text, count)
            if not more:
                return
            element, text = _element(file, decoder, text, count)
            count += 1
            yield element


def _after_key(file: IO[str], key: str) -> str | None:
    text = file.read(CHUNK)
    while text:
        place = text.find(key)
        rest = text[place + len(key) :].lstrip(_BLANKS) if place >= 0 else ""
        if place >= 0 and len(rest) < 64 and (more := file.read(CHUNK)):
            text = text[place:] + more
        elif place >= 0 and rest.startswith(":") and rest[1:].lstrip(_BLANKS).startswith("["):
            return rest[1:].lstrip(_BLANKS)[1:]
        elif place >= 0:
            text = text[place + len(key) :]
        else:
            more = file.read(CHUNK)
            text = text[-len(key) :] + more if more else ""
    return None


def _at_element(file: IO[str], text: str, count: int) -> tuple[str, bool]:
    """The text from the next element on, and whether there is one before the array ends."""
    while True:
        text = text.lstrip(_BLANKS + ",")
        if text:
            return text, text[0] != "]"
        text = file.read(CHUNK)
        if not text:
            raise BrokenJsonError(count)


def _element(file: IO[str], decoder: json.JSONDecoder, text: str, count: int) -> tuple[Any, str]:
    while True:
        try:
            element, end = decoder.raw_decode(text)
        except ValueError as broken:
            more = file.read(CHUNK) if len(text) < LONGEST_ELEMENT else ""
            if not more:
                raise BrokenJsonError(count) from broken
            text += more
        else:
            return element, text[end:]


def around_array(path: Path, key: str) -> dict[str, Any] | None:
    """What a JSON file holds beside the array called `key`, which is empty in it; None where there is no such file.

    Only the beginning of the file and its last TAIL bytes are read: of the array, nothing is kept.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.read(CHUNK)
        start = _array_start(head, f'"{key}"')
    if start is None:
        return None
    size = path.stat().st_size
    with path.open("rb") as raw:
        raw.seek(max(size - TAIL, 0))
        tail = raw.read().decode("utf-8", errors="replace")
    if size <= TAIL:
        tail = tail.removeprefix("\ufeff")[start:]
    # A bracket inside the array leaves what does not fit behind it: the first that does is the array's own.
    for place, letter in enumerate(tail):
        if letter == "]":
            try:
                found = json.loads(f"{head[:start]}]{tail[place + 1 :]}", parse_float=Decimal)
            except ValueError:
                continue
            return found if isinstance(found, dict) else None
    return None


def _array_start(text: str, key: str) -> int | None:
    place = text.find(key)
    while place >= 0:
        rest = text[place + len(key) :]
        opening = rest.lstrip(_BLANKS).removeprefix(":").lstrip(_BLANKS)
        if rest.lstrip(_BLANKS).startswith(":") and opening.startswith("["):
            return len(text) - len(opening) + 1
        place = text.find(key, place + 1)
    return None
