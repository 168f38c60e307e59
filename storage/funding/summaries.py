"""When summaries of the funding are sent, to whom, and what each of them said."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission


class SummaryState(StrEnum):
    """Whether a plan sends by itself."""

    ACTIVE = "active"
    HELD = "held"


class SummaryPlan(OfMission, Base):
    """A summary that comes again. `weekdays` counts Monday as 0; `at` is a local time of `zone`.

    `scope` lists plan codes, none for every plan; `channels` are where it goes.
    """

    __tablename__ = "funding_summary_plans"
    kept = "a few plans of the mission"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    weekdays: Mapped[list[int]] = mapped_column(default=list)
    at: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(64))
    scope: Mapped[list[str]] = mapped_column(default=list)
    channels: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(16), default=SummaryState.ACTIVE)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class FundingSummary(OfMission, Base):
    """One summary as it was sent; `slot` is the moment its plan named, or the moment somebody pressed "send now".

    `content` holds the figures (`figures`, amounts as text) and the last change of flows it knew (`last_change`): the
    next summary says what changed since. Kept: it is the record of what the cabinet has read.
    """

    __tablename__ = "funding_summaries"
    kept = "what was told to whom: the next summary says what changed since"
    __table_args__ = (
        Index("uq_funding_summaries_plan_id_slot", "plan_id", "slot", unique=True),
        Index("ix_funding_summaries_sent", "mission_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("funding_summary_plans.id"))
    slot: Mapped[datetime]
    sent_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[Json] = mapped_column(default=dict)


def get_summary_plan(session: Session, mission_id: str, plan_id: int) -> SummaryPlan | None:
    """The plan of a summary with this id, if it is of this mission."""
    found = session.get(SummaryPlan, plan_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_summary_plan(session: Session, mission_id: str, plan_id: int) -> SummaryPlan | None:
    """The plan, held until the transaction ends, so that two summaries of it never compare with the same one."""
    query = select(SummaryPlan).where(SummaryPlan.id == plan_id, SummaryPlan.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def summary_plans(session: Session, mission_id: str) -> list[SummaryPlan]:
    """The mission's plans of summaries, by title."""
    query = select(SummaryPlan).where(SummaryPlan.mission_id == mission_id)
    return list(session.scalars(query.order_by(SummaryPlan.title, SummaryPlan.id)))


def last_summary(session: Session, mission_id: str, plan_id: int | None = None) -> FundingSummary | None:
    """The newest summary, of one plan or of any."""
    query = select(FundingSummary).where(FundingSummary.mission_id == mission_id)
    if plan_id is not None:
        query = query.where(FundingSummary.plan_id == plan_id)
    return session.scalars(query.order_by(FundingSummary.sent_at.desc(), FundingSummary.id.desc()).limit(1)).first()
