"""What the mission has set for its own figures: reminders, warnings and deadlines, all of them its own to change."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Cents


class FundingLimits(Base):
    """One row a mission. Lengths are in days or months as named; ceilings are US dollars, empty where there is none.

    `half_year` and `annual` are the days on which Peacebuilding Fund reports are due, as `MM-DD`, empty for none.
    """

    __tablename__ = "funding_limits"
    kept = "one row for each mission"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    remind_days: Mapped[int] = mapped_column(default=14)
    irf_months: Mapped[int] = mapped_column(default=18)
    prf_months: Mapped[int] = mapped_column(default=36)
    extension_months: Mapped[int] = mapped_column(default=3)
    report_months: Mapped[int] = mapped_column(default=3)
    half_year: Mapped[str] = mapped_column(String(5), default="06-15")
    annual: Mapped[str] = mapped_column(String(5), default="11-15")
    irf_ceiling: Mapped[Decimal | None] = mapped_column(Cents)
    prf_ceiling: Mapped[Decimal | None] = mapped_column(Cents)
    qip_ceiling: Mapped[Decimal | None] = mapped_column(Cents)


def funding_limits(session: Session, mission_id: str) -> FundingLimits:
    """The mission's limits; the product's own, not stored, until somebody has changed them."""
    return session.get(FundingLimits, mission_id) or FundingLimits(
        mission_id=mission_id,
        remind_days=14,
        irf_months=18,
        prf_months=36,
        extension_months=3,
        report_months=3,
        half_year="06-15",
        annual="11-15",
        qip_ceiling=Decimal(50_000),
    )
