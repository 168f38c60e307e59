"""The flows themselves: those behind a figure, those that changed between two moments, and the history of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import SQLColumnExpression, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from storage.base import Cents
from storage.funding.model import Boundary, Flow, held_at
from storage.funding.totals import ALL, GROUPED_BY, ZERO, By, Scope, within


class ChangeKind(StrEnum):
    """Why a sum of flows changed."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A flow that is different at a later moment. `difference` is what it adds to the counted total."""

    kind: ChangeKind
    before: Flow | None
    after: Flow
    difference: Decimal


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


def changes_between(
    session: Session, mission_id: str, earlier: datetime, later: datetime, scope: Scope = ALL
) -> list[FlowChange]:
    """Incoming flows that are different at the later moment, the largest difference first: why a total changed."""
    began = select(Flow).where(
        Flow.mission_id == mission_id,
        Flow.boundary == Boundary.INCOMING,
        Flow.valid_from > earlier,
        Flow.valid_from <= later,
        or_(Flow.valid_to.is_(None), Flow.valid_to > later),
        *within(scope),
    )
    after = list(session.scalars(began))
    before = _versions_at(session, mission_id, earlier, [flow.fts_id for flow in after])
    changes = [_change(before.get((flow.country, flow.boundary, flow.fts_id)), flow) for flow in after]
    return sorted((one for one in changes if one), key=lambda one: (-abs(one.difference), one.after.fts_id))


def _versions_at(
    session: Session, mission_id: str, at: datetime, fts_ids: Sequence[str]
) -> dict[tuple[str, str, str], Flow]:
    found: dict[tuple[str, str, str], Flow] = {}
    # Ended and current versions are asked for apart: each has an index of its own.
    times = (and_(Flow.is_current, Flow.valid_from <= at), and_(Flow.valid_from <= at, Flow.valid_to > at))
    for start in range(0, len(fts_ids), 500):
        some = fts_ids[start : start + 500]
        for time in times:
            query = select(Flow).where(Flow.mission_id == mission_id, Flow.fts_id.in_(some), time)
            found |= {(flow.country, flow.boundary, flow.fts_id): flow for flow in session.scalars(query)}
    return found


def _change(before: Flow | None, after: Flow) -> FlowChange | None:
    if before is not None and before.fingerprint == after.fingerprint and before.is_withdrawn == after.is_withdrawn:
        return None
    if before is None and after.is_withdrawn:
        return None
    new = after.amount_usd if after.is_counted else ZERO
    old = before.amount_usd if before is not None and before.is_counted else ZERO
    kind = ChangeKind.WITHDRAWN if after.is_withdrawn else ChangeKind.CHANGED if before else ChangeKind.NEW
    return FlowChange(kind, before, after, new - old)


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
