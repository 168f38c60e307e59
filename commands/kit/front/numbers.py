"""Numbers that people say (`E-12`, `I-31`, `2026/3`): read as they were meant, whatever a phone made of them.

A number names a thing as its subject does: the room's `readings` find it by either.

Gesture: point at.
"""

from __future__ import annotations

import re

from storage import subjects
from storage.letters import identifier
from storage.subjects import Subject

# By which letter people know a kind. Where there is one row of numbers for each year, it is the year and a number.
LETTERS = {
    "E": "escalation",
    "F": "flag",
    "H": "held",
    "I": "incident",
    "L": "last_resort",
    "P": "promise",
    "Q": "ask",
    "R": "release",
    "S": "sitrep",
}
BY_YEAR = "decision"
_OF_KIND = {kind: letter for letter, kind in LETTERS.items()}
_NUMBER = re.compile(r"([A-Z])[- ]?#?0*([1-9][0-9]{0,8})\Z")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})/0*([1-9][0-9]{0,5})\Z")
_DIGITS = re.compile(r"0*([1-9][0-9]{0,8})\Z")


def said(kind: str, number: int) -> str:
    """How people name the thing of a kind with this number: `E-12`."""
    return f"{_OF_KIND[kind]}-{number}"


def read_number(text: str, kind: str = "") -> Subject | None:
    """The thing that a text names and says nothing else; `kind` is the one that digits alone mean. None for words.

    `“i – 31”`, `*I‑31*` and `I 31` are `I-31`; whether there is such a thing is not asked.
    """
    typed = identifier(text).upper()
    if found := _YEAR.match(typed):
        return Subject(BY_YEAR, (f"{found[1]}/{found[2]}",))
    found = _NUMBER.match(typed)
    if found and found[1] in LETTERS:
        return Subject(LETTERS[found[1]], (f"{found[1]}-{found[2]}",))
    alone = _DIGITS.match(typed)
    return Subject(kind, (f"{_OF_KIND[kind]}-{alone[1]}",)) if alone and kind in _OF_KIND else None


def number_in(kind: str, identity: str) -> int:
    """The number that an id says (`E-12`: 12), where it is one that people say; 0 for the id of a row."""
    letter, dash, digits = identity.partition("-")
    return subjects.number(digits) if dash and letter == _OF_KIND.get(kind) else 0
