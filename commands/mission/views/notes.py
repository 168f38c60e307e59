"""What the forms of this room carry along."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CalendarNotes:
    """The page of the calendar that is shown; the first is 1."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class RolesNotes:
    """The fingerprint of who held which role when the form was opened."""

    version: str = ""


@dataclass(frozen=True, slots=True)
class AuditNotes:
    """What of the audit record is looked for: the kind of act, the person (empty: everybody), the page (from 0)."""

    sort: str = ""
    person: str = ""
    page: int = 0
