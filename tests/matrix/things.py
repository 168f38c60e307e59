"""The things that people could name: each with what it is called in the tables, and whom its texts are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.matrix.cast import EVERYBODY

# An id that no row has.
NOBODYS = 999_999


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an id, and for some menus the id of what it lies in.

    `secret` is a word that stands in each of its texts and nowhere else; `for_whom` may read it, `known_to` may know
    that it is there. Without a secret it is for everybody: what is told of it stands in the tables alone.
    """

    kind: str
    name: str
    id: int
    more: dict[str, object] = field(default_factory=dict)
    secret: str = ""
    for_whom: frozenset[str] = frozenset(EVERYBODY)
    known_to: frozenset[str] = frozenset(EVERYBODY)


@dataclass(slots=True)
class Things:
    """All things of a mission, by kind."""

    all: list[Thing] = field(default_factory=list)
    _words: Counter[str] = field(default_factory=Counter)

    def secret(self, kind: str) -> str:
        """A new word, never said before."""
        self._words[kind] += 1
        return f"Hush{kind.capitalize().replace('-', '')}{self._words[kind]:02}x"

    def add(
        self,
        kind: str,
        name: str,
        identity: int,
        secret: str = "",
        for_whom: Iterable[str] = EVERYBODY,
        known_to: Iterable[str] | None = None,
        **more: object,
    ) -> None:
        """Remember a thing. Whoever may read it knows of it, and nobody else if nothing is said."""
        readers = frozenset(for_whom if secret else EVERYBODY)
        known = readers if known_to is None else readers | frozenset(known_to)
        self.all.append(Thing(kind, name, identity, more, secret, readers, known))

    def of(self, kind: str) -> list[Thing]:
        """The things of a kind, as they were added."""
        return [one for one in self.all if one.kind == kind]

    @property
    def secrets(self) -> dict[str, frozenset[str]]:
        """Who may read each secret."""
        return {one.secret: one.for_whom for one in self.all if one.secret}

    def told_in(self, text: str) -> list[str]:
        """The secrets that a text tells."""
        return [secret for secret in self.secrets if secret in text]
