"""What all rooms give to the front door, together: the machine fills it, and hands it to whatever works (`Work.front`).

Gesture: point at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commands.kit.front.things import ON, SURFACES, Door, Hit, Line, Wait
from storage.subjects import Subject

if TYPE_CHECKING:
    # Work carries these tables.
    from commands.kit.permission import Who
    from commands.kit.work import Work

Reading = Callable[["Work", "Who", str], Line | None]
Waiting = Callable[["Work", "Who"], list[Wait]]
Searching = Callable[["Work", "Who", str, int], list[Hit]]
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Front:
    """`readings` and `searches` by kind, `doors` by surface, `waits` by `room:name` (`commands.kit.room.Room`)."""

    readings: dict[str, Reading] = field(default_factory=dict)
    searches: dict[str, Searching] = field(default_factory=dict)
    waits: dict[str, Waiting] = field(default_factory=dict)
    doors: dict[str, list[Door]] = field(default_factory=dict)

    def line(self, work: Work, who: Who, subject: Subject) -> Line | None:
        """A thing in one line, as this person may read it.

        None: there is nothing that they may see. What is not there and what may not be seen are told alike.
        """
        reading = self.readings.get(subject.kind)
        return reading(work, who, subject.ids[0]) if reading is not None and len(subject.ids) == 1 else None

    def lines(self, work: Work, who: Who, kinds: list[str], identity: str) -> list[Line]:
        """The things of any of these kinds with this id or number, as this person may read them."""
        found = (self.line(work, who, Subject(kind, (identity,))) for kind in kinds)
        return [line for line in found if line is not None]

    def offered(self, who: Who, surface: str) -> list[Door]:
        """The doors that stand on a surface for this person, in their order."""
        return [door for door in self.doors.get(surface, []) if door.needs.is_met_by(who)]

    def waiting(self, work: Work, who: Who) -> list[Wait]:
        """What waits for a person in all rooms, what is due first first."""
        found = [wait for waits in self.waits.values() for wait in waits(work, who)]
        return sorted(found, key=lambda wait: wait.due or NEVER)

    def find(self, work: Work, who: Who, words: str, limit: int) -> list[Hit]:
        """The newest things in all rooms that fit these words and that the person may read, at most `limit`."""
        found = [hit for search in self.searches.values() for hit in search(work, who, words, limit)]
        return sorted(found, key=lambda hit: hit.at, reverse=True)[:limit]


def is_surface(name: str) -> bool:
    """Whether a door may stand there."""
    return name in SURFACES or (name.startswith(ON) and len(name) > len(ON))
