"""A mission at a moment, kept as the bytes of its database, to begin from again and again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from tests.world import World


@dataclass(frozen=True, slots=True)
class State:
    """A mission at a moment."""

    name: str
    now: datetime
    content: bytes

    @property
    def root(self) -> str:
        """The name of the state from which a clock led here."""
        return self.name.partition(",")[0]


@dataclass(frozen=True, slots=True)
class States:
    """Stores and restores the states of a world on SQLite."""

    world: World

    def store(self, name: str) -> State:
        """The mission as it is now."""
        return State(name, self.world.now, self.content())

    def content(self) -> bytes:
        """The database as it is now."""
        with closing(self._connect()) as connection:
            content = bytearray(connection.serialize())
        # The two bytes say that the file has a write-ahead log, which a copy in memory cannot have.
        content[18:20] = b"\x01\x01"
        return bytes(content)

    def restore(self, state: State) -> None:
        """Make the mission what it was."""
        with closing(self._connect()) as connection, closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(state.content)
            copy.backup(connection)
        self.world.present.now = state.now

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self.world.product.database.url.database), isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        return connection
