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
