"""The record of a meeting as data: what every form of the minutes (message, DOCX, PDF) is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from commands.kit.handling import Handling
from storage.cabinet.attendance import Presence


@dataclass(frozen=True, slots=True)
class Present:
    """An agency at the meeting, and by whom it was represented."""

    presence: Presence
    code: str
    name: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Dissent:
    """A reservation or an objection."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the minutes print it."""

    reference: str
    text: str
    owner: str
    agency: str
    due: date
    state: str
    silent: str = ""
    reservations: Sequence[Dissent] = ()
    objections: Sequence[Dissent] = ()


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action as the minutes print it."""

    text: str
    owner: str
    agency: str
    due: date


@dataclass(frozen=True, slots=True)
class Point:
    """An item of the record. A closed one has neither title nor text: it only says that there was one."""

    number: int
    identity: int
    title: str
    question: str
    text: str
    state: str
    reason: str
    is_closed: bool = False
    decisions: Sequence[Decided] = ()
    actions: Sequence[ToDo] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrigendum."""

    number: int
    item: str
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `is_annex` marks the part with the Confidential items, which goes separately."""

    mission: str
    title: str
    starts_at: datetime
    place: str
    chair: str
    secretary: str
    state: str
    handling: Handling
    attendance: Sequence[Present]
    points: Sequence[Point]
    further: Sequence[ToDo] = ()
    corrections: Sequence[Correction] = ()
    issued_on: date | None = None
    is_annex: bool = False

    @property
    def has_closed(self) -> bool:
        """Whether something was left out of it."""
        return any(point.is_closed for point in self.points)
