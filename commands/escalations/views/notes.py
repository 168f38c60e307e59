"""What the forms of this room carry along."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EscalationNotes:
    """The escalation that a form is about."""

    escalation: int = 0


@dataclass(frozen=True, slots=True)
class RaiseNotes:
    """What is raised from: nothing, an agency, or where a message stood."""

    source: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChainNotes:
    """The version of the chain that was read, and the place of the step that is changed; None for a new one."""

    version: int = 0
    place: int | None = None


@dataclass(frozen=True, slots=True)
class EmailNotes:
    """Whose address it is."""

    person: str = ""
