"""How the outbox of a mission stands: what waits, what is held back, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from storage.compartments import Compartment
from storage.connection.ready import Ready
from storage.outbox.claiming import Claimed
from storage.outbox.queue import COMPUTED_ONCE, LIMITED, OutboxRow, State
from storage.subjects import Subject

# What failed on a side is told to that side, and nobody else learns where it was to go.
_OF_ALL = OutboxRow.compartment == Compartment.MISSION
# Tried in vain, or kept from being tried because its method is limited: not what is planned for later.
MET_TROUBLE = (OutboxRow.attempts > 0) | OutboxRow.error.is_not(None)


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that Slack refused for good. `place` is a channel id, or `dm:` and a user id; never its text."""

    id: int
    method: str
    place: str
    error: str
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutboxReport:
    """Counts of one mission's outbox at a moment.

    `waiting` is due and not out yet, the oldest since `oldest_due`. `held` was tried and must wait, for Slack's limit
    or after a passing error; the first goes out at `next_try`. `planned` is meant for later. `failures` are the newest
    of `failed` in all.
    """

    waiting: int = 0
    oldest_due: datetime | None = None
    held: int = 0
    next_try: datetime | None = None
    planned: int = 0
    failed: int = 0
    failures: tuple[FailedMessage, ...] = ()


def report_outbox(session: Session, mission_id: str, now: datetime, *, failures: int = 5) -> OutboxReport:
    """The mission's outbox now, with the newest `failures` messages that failed."""
    # One pass over what waits: admins look here when thousands of messages wait for Slack to come back.
    since = _held_since(mission_id, now)
    held = since.c.first.is_not(None) & (OutboxRow.id >= since.c.first)
    due = OutboxRow.not_before <= now
    query = (
        select(
            _count_of(due & ~held),
            _earliest_of(due & ~held),
            _count_of(held),
            _earliest_of(~due & MET_TROUBLE),
            _count_of(~due & ~held),
        )
        .outerjoin_from(OutboxRow, since, since.c.lane == OutboxRow.lane)
        .where(OutboxRow.mission_id == mission_id, OutboxRow.state == State.PENDING)
    )
    waiting, oldest_due, kept_back, next_try, planned = session.execute(query).one()
    return OutboxReport(
        waiting=waiting or 0,
        oldest_due=oldest_due,
        held=kept_back or 0,
        next_try=next_try,
        planned=planned or 0,
        failed=_count_failed(session, mission_id),
        failures=_failures(session, mission_id, failures),
    )


def _held_since(mission_id: str, now: datetime) -> CTE:
    """By lane, the first row that was tried and must wait: it, and whatever stands behind it in its lane, is held."""
    return (
        select(OutboxRow.lane, func.min(OutboxRow.id).label("first"))
        .where(
            OutboxRow.mission_id == mission_id,
            OutboxRow.state == State.PENDING,
            MET_TROUBLE,
            OutboxRow.not_before > now,
        )
        .group_by(OutboxRow.lane)
        .cte("held")
        .prefix_with(COMPUTED_ONCE, dialect="postgresql")
    )


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _earliest_of(condition: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    return func.min(case((condition, OutboxRow.not_before)))


@dataclass(frozen=True, slots=True)
class Transit:
    """How far the newest message about a subject is: its state, and when it is tried next if it must wait.

    `by_limit` says that Slack's rate limit holds it, and no trouble.
    """

    state: State
    next_try: datetime | None = None
    by_limit: bool = False


_NEWEST = Ready(
    select(OutboxRow.id, OutboxRow.state, OutboxRow.lane)
    .where(OutboxRow.mission_id == bindparam("mission"), OutboxRow.subject == bindparam("about"))
    .order_by(OutboxRow.id.desc())
    .limit(1)
)
_AHEAD = Ready(
    select(OutboxRow.not_before, OutboxRow.error)
    .where(
        OutboxRow.mission_id == bindparam("mission"),
        OutboxRow.lane == bindparam("lane"),
        OutboxRow.state == State.PENDING,
        MET_TROUBLE,
        OutboxRow.not_before > bindparam("now"),
        OutboxRow.id <= bindparam("newest"),
    )
    .order_by(OutboxRow.not_before)
    .limit(1)
)


def transit_of(session: Session, mission_id: str, subject: Subject, now: datetime) -> Transit | None:
    """What became of the newest message about `subject`, to show where people look at the subject itself."""
    row = _NEWEST.first(session, {"mission": mission_id, "about": str(subject)})
    if row is None:
        return None
    newest, state, lane = row
    if state != State.PENDING:
        return Transit(State(state))
    held = _AHEAD.first(session, {"mission": mission_id, "lane": lane, "now": now, "newest": newest})
    return Transit(State.PENDING, held[0], held[1] == LIMITED) if held else Transit(State.PENDING)


def stuck(session: Session, mission_id: str, *, idle_since: datetime, tried_since: datetime) -> int:
    """How many waiting messages nobody has taken up since they could leave, or were first tried long ago."""
    nobody_came = (OutboxRow.attempts == 0) & (OutboxRow.not_before < idle_since) & _is_first_of_lane()
    in_vain = OutboxRow.first_tried_at < tried_since
    query = select(func.count()).where(
        OutboxRow.mission_id == mission_id, OutboxRow.state == State.PENDING, nobody_came | in_vain
    )
    return session.scalar(query) or 0


def _is_first_of_lane() -> ColumnElement[bool]:
    ahead = aliased(OutboxRow)
    return ~(
        select(ahead.id)
        .where(
            ahead.mission_id == OutboxRow.mission_id,
            ahead.lane == OutboxRow.lane,
            ahead.state == State.PENDING,
            ahead.id < OutboxRow.id,
        )
        .exists()
    )


def failed_alike(session: Session, row: Claimed, code: str, since: datetime) -> int:
    """How many messages of the row's lane failed with the same error code since then, itself included."""
    query = select(func.count()).where(
        OutboxRow.mission_id == row.mission_id,
        OutboxRow.lane == row.lane,
        OutboxRow.state == State.FAILED,
        OutboxRow.error.startswith(code, autoescape=True),
        OutboxRow.settled_at >= since,
    )
    return session.scalar(query) or 0


def _count_failed(session: Session, mission_id: str) -> int:
    query = select(func.count()).where(OutboxRow.mission_id == mission_id, OutboxRow.state == State.FAILED, _OF_ALL)
    return session.scalar(query) or 0


def _failures(session: Session, mission_id: str, limit: int) -> tuple[FailedMessage, ...]:
    query = (
        select(OutboxRow)
        .where(OutboxRow.mission_id == mission_id, OutboxRow.state == State.FAILED, _OF_ALL)
        .order_by(OutboxRow.settled_at.desc(), OutboxRow.id.desc())
        .limit(limit)
    )
    return tuple(
        FailedMessage(row.id, row.method, row.lane.split("/")[0], row.error or "", row.settled_at)
        for row in session.scalars(query)
    )


def depth(session: Session) -> int:
    """How many rows of all missions wait."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == State.PENDING)) or 0


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the longest-waiting row could have left."""
    due = select(func.min(OutboxRow.not_before)).where(OutboxRow.state == State.PENDING, OutboxRow.not_before <= now)
    return session.scalar(due)


def left_since(session: Session, mission_id: str, method: str, since: datetime) -> bool:
    """Whether any call of this method has left since then: Slack takes them."""
    newest = select(func.max(OutboxRow.settled_at)).where(
        OutboxRow.mission_id == mission_id, OutboxRow.method == method, OutboxRow.state == State.SENT
    )
    left = session.scalar(newest)
    return left is not None and left >= since
