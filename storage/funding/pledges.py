"""What donors have announced, followed until it is paid: state, owner, next date, and every step on the way."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.funding.lines import Converted, shown_in


class PledgeState(StrEnum):
    """Where an announcement stands. The first three after it are the words of the Financial Tracking Service."""

    ANNOUNCED = "announced"
    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    PAID = "paid"
    STALLED = "stalled"
    LAPSED = "lapsed"


STILL_OPEN = (PledgeState.ANNOUNCED, PledgeState.PLEDGE, PledgeState.COMMITMENT, PledgeState.STALLED)


class FundingPledge(Converted, OfMission, Base):
    """One announcement. A Confidential one lives in `channel_id` and is shown nowhere else; kept as a record.

    `flow_ref` is the flow of the Financial Tracking Service that reports it, once there is one.
    """

    __tablename__ = "funding_pledges"
    kept = "the record of what was announced, and what came of it"
    __table_args__ = (Index("ix_funding_pledges_state", "mission_id", "state", "next_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    donor: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    plan_key: Mapped[str] = mapped_column(String(96), default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    source: Mapped[str] = mapped_column(Text, default="")
    announced_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16), default=PledgeState.ANNOUNCED)
    owner: Mapped[str] = mapped_column(String(32))
    next_on: Mapped[date | None] = mapped_column(Date)
    flow_ref: Mapped[str] = mapped_column(String(64), default="")
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    channel_id: Mapped[str | None] = mapped_column(String(32))
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


def get_pledge(session: Session, mission_id: str, pledge_id: int) -> FundingPledge | None:
    """The pledge with this id, if it is of this mission."""
    found = session.get(FundingPledge, pledge_id)
    return found if found is not None and found.mission_id == mission_id else None


def pledges_of(
    session: Session, mission_id: str, *, channel_id: str | None = None, open_only: bool = False
) -> list[FundingPledge]:
    """The pledges that may be shown in a channel, the next date first. Without a channel only Unclassified ones."""
    query = select(FundingPledge).where(
        FundingPledge.mission_id == mission_id,
        shown_in(FundingPledge.handling, FundingPledge.channel_id, channel_id),
    )
    if open_only:
        query = query.where(FundingPledge.state.in_(STILL_OPEN))
    undated = FundingPledge.next_on.is_(None)
    return list(session.scalars(query.order_by(undated, FundingPledge.next_on, FundingPledge.id)))
