"""Why a sum of flows changed between two moments: every flow that made a difference, to the cent, for any figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import SQLColumnExpression, and_, select
from sqlalchemy.orm import Session

from storage.funding.flows import Figure
from storage.funding.model import Boundary, Flow, held_at
from storage.funding.totals import GROUPED_BY, ZERO, within

FlowKey = tuple[str, str, str]
WHOLE = Figure()
LOOKED_FOR_AT_ONCE = 500


class ChangeKind(StrEnum):
    """Why a sum of flows changed. What is moved counted before, and counts now for another plan, cluster or year."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A flow that is different at a later moment. `difference` is what it adds to the figure that was asked for.

    `before` is None for a flow that is new; `after` for one whose import was taken back.
    """

    kind: ChangeKind
    before: Flow | None
    after: Flow | None
    difference: Decimal

    @property
    def flow(self) -> Flow:
        """The flow as it is known last."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def matters(self) -> bool:
        """Whether a reader should see it: it moved the figure, or money inside it."""
        return bool(self.difference) or self.kind is ChangeKind.MOVED


def changes_between(
    session: Session, mission_id: str, earlier: datetime, later: datetime, figure: Figure = WHOLE
) -> list[FlowChange]:
    """Incoming flows that are different at the later moment, the largest difference first.

    Their differences add up exactly to how the figure of counted flows changed. A flow that left the figure, or came
    to it from another plan or group, is among them with what that took or brought.
    """
    began = and_(Flow.valid_from > earlier, held_at(Flow, later))
    ended = and_(held_at(Flow, earlier), Flow.valid_to <= later)
    after, before = (_of_figure(session, mission_id, time, figure) for time in (began, ended))
    _complete(session, mission_id, later, after, before.keys() - after.keys())
    _complete(session, mission_id, earlier, before, after.keys() - before.keys())
    changes = [_change(before.get(key), after.get(key), figure) for key in before.keys() | after.keys()]
    return sorted((one for one in changes if one), key=lambda one: (-abs(one.difference), one.flow.fts_id))


def _of_figure(
    session: Session, mission_id: str, time: SQLColumnExpression[bool], figure: Figure
) -> dict[FlowKey, Flow]:
    wanted = [Flow.mission_id == mission_id, Flow.boundary == Boundary.INCOMING, time, *within(figure.scope)]
    if figure.by is not None:
        column = GROUPED_BY[figure.by]
        wanted.append(column.is_(None) if figure.name is None else column == figure.name)
    return _by_key(session.scalars(select(Flow).where(*wanted)))


def _by_key(flows: Iterable[Flow]) -> dict[FlowKey, Flow]:
    return {(flow.country, flow.boundary, flow.fts_id): flow for flow in flows}


def _complete(
    session: Session, mission_id: str, at: datetime, found: dict[FlowKey, Flow], keys: Iterable[FlowKey]
) -> None:
    """Add the versions that these flows had at a moment, wherever they counted then."""
    wanted = set(keys)
    versions = _versions_at(session, mission_id, at, sorted({fts_id for *_place, fts_id in wanted}))
    found |= {key: flow for key, flow in versions.items() if key in wanted}


def _versions_at(session: Session, mission_id: str, at: datetime, fts_ids: Sequence[str]) -> dict[FlowKey, Flow]:
    found: dict[FlowKey, Flow] = {}
    # Ended and current versions are asked for apart: each has an index of its own.
    times = (and_(Flow.is_current, Flow.valid_from <= at), and_(Flow.valid_from <= at, Flow.valid_to > at))
    for start in range(0, len(fts_ids), LOOKED_FOR_AT_ONCE):
        some = fts_ids[start : start + LOOKED_FOR_AT_ONCE]
        for time in times:
            query = select(Flow).where(Flow.mission_id == mission_id, Flow.fts_id.in_(some), time)
            found |= _by_key(session.scalars(query))
    return found


def _change(before: Flow | None, after: Flow | None, figure: Figure) -> FlowChange | None:
    old, new = _counted(before, figure), _counted(after, figure)
    if _is_same(before, after) and old == new:
        return None
    return FlowChange(_kind(before, after), before, after, new - old)


def _counted(flow: Flow | None, figure: Figure) -> Decimal:
    """What a version of a flow adds to a figure."""
    if flow is None or not flow.is_counted:
        return ZERO
    scope = figure.scope
    is_inside = (
        scope.country in {None, flow.country}
        and scope.year in {None, flow.year}
        and scope.plan_key in {None, flow.plan_key}
        and (figure.by is None or getattr(flow, GROUPED_BY[figure.by].key) == figure.name)
    )
    return flow.amount_usd if is_inside else ZERO


def _is_same(before: Flow | None, after: Flow | None) -> bool:
    if before is None or after is None:
        return (before or after) is None or (before is None and after is not None and after.is_withdrawn)
    return before.fingerprint == after.fingerprint and before.is_withdrawn == after.is_withdrawn


def _kind(before: Flow | None, after: Flow | None) -> ChangeKind:
    if after is None or after.is_withdrawn:
        return ChangeKind.WITHDRAWN
    if before is None:
        return ChangeKind.NEW
    is_moved = before.is_counted and after.is_counted and _place(before) != _place(after)
    return ChangeKind.MOVED if is_moved else ChangeKind.CHANGED


def _place(flow: Flow) -> tuple[int | None, str, str]:
    return flow.year, flow.plan_key, flow.cluster
