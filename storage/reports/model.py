"""A report over a period: its sections, each with an owner, the text as it was issued, and corrigenda."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, OfMission
from storage.compartments import Compartment


class ReportState(StrEnum):
    """Where a report stands. What is issued is fixed; a correction stands beside it."""

    OPEN = "open"
    INPUTS_DUE = "inputs_due"
    COMPILING = "compiling"
    TO_CLEAR = "to_clear"
    ISSUED = "issued"
    CORRECTED = "corrected"


class SectionState(StrEnum):
    """Where a section stands. `in`, a nil that was said, nothing new, and missing are never the same."""

    OPEN = "open"
    IN = "in"
    NIL = "nil"
    NOTHING_NEW = "nothing_new"
    LATE = "late"
    MISSING = "missing"
    NOT_RELEASED = "not_released"


class Report(OfMission, Base):
    """One report. `number` counts in its kind and mission; the period is half-open: [`starts_at`, `ends_at`).

    `prepared_by` handed it over for clearing, `cleared_by` issued it. `issued` keeps what was issued, word by word:
    `{"heading", "agency", "state", "text"}` for each section.
    """

    __tablename__ = "reports"
    kept = "what the mission reported: the record of each period"
    __table_args__ = (
        Index("uq_reports_number", "mission_id", "kind", "number", unique=True),
        Index("uq_reports_period", "mission_id", "kind", "starts_at", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    inputs_due_at: Mapped[datetime]
    issue_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=ReportState.OPEN)
    handling: Mapped[str] = mapped_column(String(24))
    compartment: Mapped[str] = mapped_column(String(8), default=Compartment.MISSION)
    prepared_by: Mapped[str | None] = mapped_column(String(32))
    cleared_by: Mapped[str | None] = mapped_column(String(32))
    issued_at: Mapped[datetime | None]
    issued: Mapped[list[Json]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)


class Section(OfMission, Base):
    """One section of a report. `agency_id` owns it (None: whoever compiles); `sources` name what its text rests on."""

    __tablename__ = "report_sections"
    kept = "with its report"
    __table_args__ = (Index("uq_report_sections_position", "report_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[str] = mapped_column(String(16), default=SectionState.OPEN)
    text: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list[str]] = mapped_column(default=list)
    entered_by: Mapped[str | None] = mapped_column(String(32))
    entered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Corrigendum(OfMission, Base):
    """A correction of an issued report, numbered from 1. It is never changed, and corrected by a later one."""

    __tablename__ = "report_corrigenda"
    kept = "with its report"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
