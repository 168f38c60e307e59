"""A stop-watch on the writers' line: who held it, for how long, and whether anything was written."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import event

from storage.connection.writers import Hold
from storage.database import Database


@dataclass(slots=True)
class Watch:
    """The holds and the statements since the last `begin`, of the thread that uses the database."""

    holds: list[Hold] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    def on(self, database: Database) -> None:
        """Begin to watch a database."""
        database.held = self.holds.append
        event.listen(database.engine, "before_cursor_execute", self._heard)

    def _heard(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        word, table = statement.lstrip().split(None, 1)[0].upper(), statement.split()[2:3]
        if word in {"INSERT", "UPDATE", "DELETE"}:
            self.writes.append(f"{word} {statement.split()[1] if word == 'UPDATE' else table[0]}")

    def begin(self) -> None:
        """Forget what was."""
        self.holds.clear()
        self.writes.clear()

    @property
    def changed(self) -> bool:
        """Whether anything was written but the delivery's own mark."""
        return any("inbox" not in one for one in self.writes)

    @property
    def longest(self) -> Hold:
        """The hold with the most work."""
        return max(self.holds, key=lambda hold: hold.work, default=Hold(0.0, 0.0))
