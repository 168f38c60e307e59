"""Money that moves inside a country: what organisations, above all pooled funds, allocated to plans."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.funding.model import Boundary, Flow, FlowStatus, OnBoundary


class Allocated(NamedTuple):
    """Internal flows of one organisation to a plan in a country and a year, paid or committed, added up."""

    country: str
    year: int | None
    plan_key: str
    types: str
    organization: str
    amount: Decimal


def allocated(session: Session, mission_id: str, countries: Collection[str]) -> list[Allocated]:
    """What was allocated inside these countries, as things stand now."""
    groups = (Flow.country, Flow.year, Flow.plan_key, Flow.src_organization_types, Flow.src_organization)
    query = select(*groups, func.sum(Flow.amount_usd)).where(
        Flow.mission_id == mission_id,
        Flow.country.in_(countries),
        Flow.boundary == Boundary.INTERNAL,
        Flow.is_current,
        ~Flow.is_withdrawn,
        Flow.on_boundary == OnBoundary.SINGLE,
        Flow.status.in_((FlowStatus.PAID, FlowStatus.COMMITMENT)),
    )
    return [Allocated(*row) for row in session.execute(query.group_by(*groups))]
