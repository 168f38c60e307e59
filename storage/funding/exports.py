"""Flows as exports take them: row by row, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.funding.model import Flow
from storage.funding.totals import ALL, Scope, within

BATCH = 1000


def current_flows(session: Session, mission_id: str, scope: Scope = ALL) -> Iterator[Flow]:
    """The flows of a scope that hold now and are not withdrawn, by country, boundary and number."""
    query = select(Flow).where(Flow.mission_id == mission_id, Flow.is_current, ~Flow.is_withdrawn, *within(scope))
    ordered = query.order_by(Flow.country, Flow.boundary, Flow.fts_id)
    yield from session.scalars(ordered.execution_options(yield_per=BATCH))
