"""What a message, a moment or a channel is about, and the keys by which one occurrence is never written twice.

Both are plain words in the rows (`round:12:board`, `cabinet:call:3:U0AAAAAAA`), outlive releases, and are read and
written here alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_COLON = ":"
_KIND = re.compile(r"[a-z][a-z0-9_-]*\Z")
LONGEST_NUMBER = 9


class SubjectError(ValueError):
    """A text that names nothing: it is empty, has an empty part, or lacks the id that is looked for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing: the words that say what it is (`round`, `cabinet:call`), then its ids and the part of it that is meant.

    The kind is every word in front of the first id (an id begins with a digit or a capital, as Slack's do). Rows that
    name a thing by its ids alone have an empty kind.
    """

    kind: str
    ids: tuple[str, ...]

    @classmethod
    def of(cls, *parts: str | int | date | Subject) -> Subject:
        """The subject of these parts: `Subject.of("round", 12, "board")`. Raises SubjectError."""
        return cls.parse(_joined(parts))

    @classmethod
    def parse(cls, text: str) -> Subject:
        """The subject that stands in a row. Raises SubjectError for a text with an empty part."""
        parts = text.split(_COLON)
        if not all(parts):
            raise SubjectError(f"no subject: {text!r}")
        words = next((place for place, part in enumerate(parts) if not _KIND.match(part)), len(parts))
        return cls(_COLON.join(parts[:words]), tuple(parts[words:]))

    def __str__(self) -> str:
        """As it stands in rows."""
        return _COLON.join([self.kind, *self.ids] if self.kind else self.ids)

    def part(self, *parts: str | int) -> Subject:
        """A part of this thing, or one person's view of it."""
        return Subject.of(self, *parts)

    def number(self, place: int = 0) -> int:
        """The id at a place, of a thing that is numbered. Raises SubjectError when there is no number."""
        found = number(self.ids[place]) if place < len(self.ids) else 0
        if not found:
            raise SubjectError(f"no number in: {self}")
        return found


class Key(str):
    """The name of one occurrence: what it is, whom it concerns, when. The same key is never written twice."""

    __slots__ = ()

    @classmethod
    def of(cls, *parts: str | int | date | Subject) -> Key:
        """The key of these parts; days and moments as ISO 8601 writes them."""
        return cls(_joined(parts))


def _joined(parts: Iterable[str | int | date | Subject]) -> str:
    return _COLON.join(part.isoformat() if isinstance(part, date) else str(part) for part in parts)


def number(text: object) -> int:
    """The number of a row as it came back from Slack or stands in a subject; 0, which no row has, for anything else."""
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else 0
