"""The mission's own figures: programmatic and trust-fund lines, quick-impact projects, Peacebuilding Fund projects."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, Date, ForeignKey, Index, String, Text, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from storage.base import Base, Cents, ExactDecimal, OfMission


class LineKind(StrEnum):
    """Where a line belongs in the mission's books."""

    PROGRAMMATIC = "programmatic"
    TRUST_FUND = "trust_fund"
    QUICK_IMPACT = "quick_impact"
    PEACEBUILDING_FUND = "peacebuilding"


class Facility(StrEnum):
    """The two facilities of the Peacebuilding Fund."""

    IMMEDIATE_RESPONSE = "irf"
    PEACEBUILDING_RECOVERY = "prf"


class LineStatus(StrEnum):
    """How firm the money is, in the words of the Financial Tracking Service."""

    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    PAID = "paid"


class Converted:
    """Mixin: an amount in its own currency and in US dollars, with the rate that was used written down.

    `rate` is units of the currency for one US dollar; `usd` is in whole dollars, rounded half up.
    """

    amount: Mapped[Decimal] = mapped_column(ExactDecimal)
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(ExactDecimal)
    rate_day: Mapped[date] = mapped_column(Date)
    rate_source: Mapped[str] = mapped_column(Text, default="")
    usd: Mapped[Decimal] = mapped_column(Cents)


class FundingLine(Converted, OfMission, Base):
    """One line of the mission's own. A Confidential one lives in `channel_id` and is shown nowhere else.

    Rows are few and are the mission's record, so they are kept; a line taken off the books has `removed_at`.
    """

    __tablename__ = "funding_lines"
    kept = "the mission's own figures, which summaries and reports quote"
    __table_args__ = (Index("ix_funding_lines_shown", "mission_id", "removed_at", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    facility: Mapped[str] = mapped_column(String(8), default="")
    title: Mapped[str] = mapped_column(Text)
    donor: Mapped[str] = mapped_column(Text, default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    status: Mapped[str] = mapped_column(String(16), default=LineStatus.COMMITMENT)
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date] = mapped_column(Date)
    starts: Mapped[date | None] = mapped_column(Date)
    ends: Mapped[date | None] = mapped_column(Date)
    owner: Mapped[str] = mapped_column(String(32))
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    channel_id: Mapped[str | None] = mapped_column(String(32))
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]


def get_line(session: Session, mission_id: str, line_id: int) -> FundingLine | None:
    """The line with this id, if it is of this mission and still on the books."""
    found = session.get(FundingLine, line_id)
    return found if found is not None and found.mission_id == mission_id and found.removed_at is None else None


def lines_of(session: Session, mission_id: str, *, channel_id: str | None = None) -> list[FundingLine]:
    """The lines that may be shown in a channel, by kind and title: its own Confidential ones and the open ones.

    Without a channel only Unclassified lines, so that no total elsewhere can tell of the others.
    """
    query = select(FundingLine).where(FundingLine.mission_id == mission_id, FundingLine.removed_at.is_(None))
    query = query.where(shown_in(FundingLine.handling, FundingLine.channel_id, channel_id))
    return list(session.scalars(query.order_by(FundingLine.kind, FundingLine.title, FundingLine.id)))


def all_lines(session: Session, mission_id: str) -> list[FundingLine]:
    """Every line on the books, Confidential ones too: for the clock, never for a reader."""
    query = select(FundingLine).where(FundingLine.mission_id == mission_id, FundingLine.removed_at.is_(None))
    return list(session.scalars(query.order_by(FundingLine.id)))


def shown_in(
    handling: InstrumentedAttribute[str], lives_in: InstrumentedAttribute[str | None], channel_id: str | None
) -> ColumnElement[bool]:
    """The condition that keeps a Confidential row in its own channel: elsewhere it is not there at all."""
    is_open = handling == "unclassified"
    return is_open if channel_id is None else or_(is_open, lives_in == channel_id)
