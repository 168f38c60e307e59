"""What those who furnish the mission need: the transaction, who is who, and where the things are written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.kit.work import Work
from storage.agencies import Agency
from tests.matrix.things import Things


@dataclass(frozen=True, slots=True)
class Stage:
    """A mission that is being furnished."""

    work: Work
    people: dict[str, str]
    agencies: dict[str, Agency]
    channels: dict[str, str]
    things: Things

    @property
    def now(self) -> datetime:
        """The moment of the whole matrix."""
        return self.work.now

    def made(self, by: str) -> dict[str, Any]:
        """What most rows say of how they came about."""
        who = {"mission_id": self.work.mission.id, "created_by": self.people[by]}
        return {**who, "created_at": self.now, "updated_at": self.now}

    def keep(self, row: Any) -> Any:
        """A row gets its id."""
        self.work.session.add(row)
        self.work.session.flush()
        return row
