"""Where our figure differs from that of the Financial Tracking Service, which only headquarters can correct."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Date, Index, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Cents, OfMission
from storage.funding.model import Flow
from storage.letters import fits, search_phrases


class DiscrepancyState(StrEnum):
    """Where the correction stands."""

    OPEN = "open"
    SENT_ON = "sent_on"
    REFLECTED = "reflected"
    REJECTED = "rejected"


UNSETTLED = (DiscrepancyState.OPEN, DiscrepancyState.SENT_ON)


class FundingDiscrepancy(OfMission, Base):
    """One difference. `about` names the figure (`flow:ID`, `plan:CODE`, `cluster:CODE:NAME`), `label` says it in words.

    `theirs` is empty where the other side has no such figure at all. Both figures are US dollars.
    """

    __tablename__ = "funding_discrepancies"
    kept = "the record of what was found to differ, and how it ended"
    __table_args__ = (Index("ix_funding_discrepancies_state", "mission_id", "state", "next_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(255))
    label: Mapped[str] = mapped_column(Text)
    theirs: Mapped[Decimal | None] = mapped_column(Cents)
    theirs_as_of: Mapped[date | None] = mapped_column(Date)
    ours: Mapped[Decimal] = mapped_column(Cents)
    evidence: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default=DiscrepancyState.OPEN)
    owner: Mapped[str] = mapped_column(String(32))
    next_on: Mapped[date | None] = mapped_column(Date)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


def get_discrepancy(session: Session, mission_id: str, discrepancy_id: int) -> FundingDiscrepancy | None:
    """The discrepancy with this id, if it is of this mission."""
    found = session.get(FundingDiscrepancy, discrepancy_id)
    return found if found is not None and found.mission_id == mission_id else None


def discrepancies_of(session: Session, mission_id: str, *, unsettled_only: bool = False) -> list[FundingDiscrepancy]:
    """The mission's discrepancies, those to be chased next first."""
    query = select(FundingDiscrepancy).where(FundingDiscrepancy.mission_id == mission_id)
    if unsettled_only:
        query = query.where(FundingDiscrepancy.state.in_(UNSETTLED))
    undated = FundingDiscrepancy.next_on.is_(None)
    return list(session.scalars(query.order_by(undated, FundingDiscrepancy.next_on, FundingDiscrepancy.id)))


def find_flows(session: Session, mission_id: str, typed: str, limit: int) -> list[Flow]:
    """Current flows whose number begins with what is typed, or whose organisations hold it, the largest first."""
    current = (Flow.mission_id == mission_id, Flow.is_current)
    # Compared here and not by the database: the same words find the same on each.
    pairs = select(Flow.src_organization, Flow.dest_organization).where(*current).distinct()
    names = {name for pair in session.execute(pairs) for name in pair} if search_phrases(typed) else set()
    named = [name for name in names if fits(typed, name)]
    query = select(Flow).where(
        *current,
        or_(
            Flow.fts_id.startswith(typed, autoescape=True),
            Flow.src_organization.in_(named),
            Flow.dest_organization.in_(named),
        ),
    )
    return list(session.scalars(query.order_by(Flow.amount_usd.desc(), Flow.id).limit(limit)))
