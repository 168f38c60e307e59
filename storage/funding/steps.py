"""What happened to a funding line, a pledge or a discrepancy, step by step: nothing here is ever changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission


class FundingStep(OfMission, Base):
    """One step of one subject, for example (`pledge`, 12). `before` is empty for the first step.

    `changes` holds old and new values of edited fields. Kept with its subject: it is the record of who said what.
    """

    __tablename__ = "funding_steps"
    kept = "the history of pledges, lines and discrepancies, append-only"
    __table_args__ = (Index("ix_funding_steps_subject", "mission_id", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32))
    before: Mapped[str] = mapped_column(String(16), default="")
    after: Mapped[str] = mapped_column(String(16), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None] = mapped_column(Date)
    changes: Mapped[Json] = mapped_column(default=dict)


def steps_of(session: Session, mission_id: str, kind: str, subject_id: int) -> list[FundingStep]:
    """Every step of a subject, the newest first."""
    query = select(FundingStep).where(
        FundingStep.mission_id == mission_id, FundingStep.kind == kind, FundingStep.subject_id == subject_id
    )
    return list(session.scalars(query.order_by(FundingStep.id.desc())))
