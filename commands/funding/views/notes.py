"""What the forms of this room carry along. `here` is the channel whose Confidential rows the reader was shown."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.notes import named

HERE = "in"


@dataclass(frozen=True, slots=True)
class PlaceNotes:
    """Where a form was asked for; what every form about rows that may be Confidential carries."""

    here: str | None = named(HERE, None)


@dataclass(frozen=True, slots=True)
class PledgeNotes:
    """The pledge that a form is about, and the version that is shown; none for a list or a new one."""

    here: str | None = named(HERE, None)
    pledge: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class LineNotes:
    """The own figure that a form is about, and the version that is shown; none for a list or a new one."""

    here: str | None = named(HERE, None)
    line: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DiscrepancyNotes:
    """The discrepancy that a form is about, and the version that is shown."""

    discrepancy: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryNotes:
    """The plan of summaries that a form is about, and the version that is shown; none for a new one."""

    plan: int | None = None
    version: int | None = None
