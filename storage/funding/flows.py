"""The flows themselves: those behind a figure, and the history of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import SQLColumnExpression, func, literal, select
from sqlalchemy.orm import Session

from storage.base import Cents
from storage.funding.model import Flow, held_at
from storage.funding.totals import ALL, GROUPED_BY, ZERO, By, Scope, within


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be opened to its flows: a scope and, within it, one group.

    `counted_only` leaves out pledges, shared, internal and outgoing flows: exactly those that make the sum.
    """

    scope: Scope = ALL
    by: By | None = None
    name: str | int | None = ""
    counted_only: bool = True


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Some of the flows behind a figure, largest first, and the figure itself over all of them."""

    flows: Sequence[Flow] = field(default_factory=tuple)
    count: int = 0
    total: Decimal = ZERO


def flows_behind(
    session: Session, mission_id: str, figure: Figure, *, at: datetime | None = None, limit: int = 50, offset: int = 0
) -> FlowPage:
    """The flows that make a figure, largest amount first, with their number and sum over all pages."""
    wanted: list[SQLColumnExpression[bool]] = [Flow.mission_id == mission_id, held_at(Flow, at), *within(figure.scope)]
    if figure.by is not None:
        column = GROUPED_BY[figure.by]
        wanted.append(column.is_(None) if figure.name is None else column == figure.name)
    if figure.counted_only:
        wanted.append(Flow.is_counted)
    count, amount = session.execute(
        select(func.count(), func.coalesce(func.sum(Flow.amount_usd), literal(ZERO, Cents))).where(*wanted)
    ).one()
    query = select(Flow).where(*wanted).order_by(Flow.amount_usd.desc(), Flow.fts_id, Flow.id)
    return FlowPage(tuple(session.scalars(query.limit(limit).offset(offset))), count, amount)


def history_of(session: Session, mission_id: str, country: str, boundary: str, fts_id: str) -> list[Flow]:
    """Every confirmed version of a flow, oldest first."""
    same = (
        Flow.mission_id == mission_id,
        Flow.country == country,
        Flow.boundary == boundary,
        Flow.fts_id == fts_id,
    )
    ended = list(session.scalars(select(Flow).where(*same, Flow.valid_to.is_not(None))))
    current = list(session.scalars(select(Flow).where(*same, Flow.is_current)))
    return sorted([*ended, *current], key=lambda flow: (flow.valid_from or flow.valid_to, flow.id))
