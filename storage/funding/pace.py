"""Funding of a year as it was reported by a day: for comparing a year with the one before at the same day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from storage.funding.kept_sums import INCOMING
from storage.funding.model import Flow, Level
from storage.funding.totals import Scope, requirements

NOTHING = Decimal("0.00")


def reported_by(session: Session, mission_id: str, country: str, year: int, day: date) -> tuple[Decimal, Decimal]:
    """Counted funding of a country for a year: what was reported by a day, and what does not say when it was.

    The day of a flow is that of its first report, else of its decision.
    """
    reported = func.coalesce(Flow.first_reported_date, Flow.decision_date, Flow.flow_date)
    query = select(
        func.sum(case((reported <= day, Flow.amount_usd), else_=None)),
        func.sum(case((reported.is_(None), Flow.amount_usd), else_=None)),
    ).where(
        Flow.mission_id == mission_id,
        Flow.is_current,
        ~Flow.is_withdrawn,
        INCOMING,
        Flow.is_counted,
        Flow.country == country,
        Flow.year == year,
    )
    known, undated = session.execute(query).one()
    return known or NOTHING, undated or NOTHING


def required_in(session: Session, mission_id: str, country: str, year: int) -> Decimal | None:
    """What the plans of a country and year ask for together; None where none says it."""
    rows = requirements(session, mission_id, Level.PLAN, Scope(country, year))
    known = [row.requirements for row in rows if row.requirements is not None and row.plan_key]
    return sum(known, NOTHING) if known else None
