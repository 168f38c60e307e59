"""Taking what is due in hand: the first of each lane, for the length of a lease, by one worker.

Workers do this for each handful of messages: it is one statement, built once, and gives plain values. It looks at what
has been due for longest, so that it costs the same however much waits behind; only where too little of that may leave,
as when one busy channel fills it, is the first of every lane looked for, one look for each lane and not for each row.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from storage.base import Json
from storage.connection.ready import Ready, Values
from storage.missions import Mission
from storage.outbox.queue import COMPUTED_ONCE, EDIT, LEASE, PACED, TABLE, State

NO_PACE = timedelta(0)
# So many of those that have been due for longest are looked at, at first.
A_LOOK = 64
_NOW = bindparam("now", type_=TABLE.c.not_before.type)


@dataclass(slots=True)
class Claimed:
    """A row in a worker's hands, as it stood when it was claimed; what it says may be drawn while it leaves.

    The fields are those of `OutboxRow`.
    """

    id: int
    mission_id: str
    key: str
    method: str
    arguments: Json
    lane: str
    subject: str | None
    handling: str
    compartment: str
    attachment: bytes | None
    on_done: str | None
    request_id: str | None
    created_at: datetime
    attempts: int
    troubles: int
    first_tried_at: datetime | None
    uncertain: bool
    lease_owner: str | None
    lease_until: datetime | None
    outcome: Json | None


_IN_ORDER = attrgetter("id")


def has_due(
    session: Session, mission_id: str, now: datetime, *, pace: timedelta = NO_PACE, only: str | None = None
) -> bool:
    """Whether a claim would find anything; asked first, because a claim makes writers wait."""
    values = {"mission": mission_id, "now": now, "paced_before": now - pace, "limit": 1, "only": only}
    looks = {"of_one_mission": True, "paced": bool(pace), "one_method": bool(only)}
    if session.scalar(_due(**looks), values) is not None:
        return True
    if not _more_than_a_look(session, values):
        return False
    return session.scalar(_due(**looks, every_lane=True), values) is not None


def claim(
    session: Session,
    owner: str,
    now: datetime,
    limit: int,
    *,
    mission_id: str | None = None,
    pace: timedelta = NO_PACE,
    only: str | None = None,
    unless_paused: bool = False,
) -> list[Claimed]:
    """Take up to `limit` due rows, at most the first of each lane, for the length of a lease.

    A lane whose last row left less than `pace` ago waits. With `only`, rows of other methods stay; with
    `unless_paused`, all of them while nothing can be sent for the mission.
    """
    looks = {
        "of_one_mission": mission_id is not None,
        "paced": bool(pace),
        "one_method": bool(only),
        "unless_paused": unless_paused,
    }
    values = {"mission": mission_id, "now": now, "paced_before": now - pace, "limit": limit, "only": only}
    values |= {"owner": owner, "until": now + LEASE}
    taken = list(session.execute(_claiming(**looks), values))
    if len(taken) < limit and _more_than_a_look(session, values):
        values["limit"] = limit - len(taken)
        taken += session.execute(_claiming(**looks, every_lane=True), values)
    return sorted((Claimed(*row) for row in taken), key=_IN_ORDER)


def _waits(row: FromClause) -> ColumnElement[bool]:
    """Whether a row waits, as the index of what is due says it."""
    return func.lower(row.c.state) == literal_column(f"'{State.PENDING}'")


_BEYOND = (
    select(TABLE.c.id)
    .where(_waits(TABLE), TABLE.c.not_before <= _NOW)
    .order_by(TABLE.c.not_before)
    .limit(1)
    .offset(A_LOOK - 1)
)
_BEYOND_IN_ONE, _BEYOND_IN_ALL = Ready(_BEYOND.where(TABLE.c.mission_id == bindparam("mission"))), Ready(_BEYOND)


def _more_than_a_look(session: Session, values: Values) -> bool:
    """Whether more is due than was looked at."""
    beyond = _BEYOND_IN_ALL if values["mission"] is None else _BEYOND_IN_ONE
    return beyond.first(session, values) is not None


@cache
def _claiming(
    *, of_one_mission: bool, paced: bool, one_method: bool, unless_paused: bool, every_lane: bool = False
) -> ReturningUpdate[tuple[Any, ...]]:
    """The statement that claims. What is due is found once, and locked, before anything is changed."""
    due = _due(
        of_one_mission=of_one_mission,
        paced=paced,
        one_method=one_method,
        unless_paused=unless_paused,
        every_lane=every_lane,
    ).with_for_update(skip_locked=True, of=TABLE)
    found = due.cte("due").prefix_with(COMPUTED_ONCE, dialect="postgresql")
    now = bindparam("now", type_=TABLE.c.first_tried_at.type)
    return (
        update(TABLE)
        .where(TABLE.c.id.in_(select(found.c.id)))
        .values(
            lease_owner=bindparam("owner"),
            lease_until=bindparam("until"),
            attempts=TABLE.c.attempts + 1,
            first_tried_at=func.coalesce(TABLE.c.first_tried_at, now),
            # A lease that ran out was never settled: whether Slack got that call is unknown.
            uncertain=TABLE.c.uncertain | TABLE.c.lease_owner.is_not(None),
        )
        .returning(*(TABLE.c[one.name] for one in fields(Claimed)))
    )


@cache
def _due(
    *, of_one_mission: bool, paced: bool, one_method: bool, unless_paused: bool = False, every_lane: bool = False
) -> Select[int]:
    """Ids of the rows that may leave now: first in line of their lane, free, no edit beside another of its subject."""
    now, older = _NOW, TABLE.alias("older")
    first = _heads(of_one_mission) if every_lane else _longest_due(of_one_mission)
    overtakes = select(older.c.id).where(
        TABLE.c.method == EDIT,
        older.c.mission_id == TABLE.c.mission_id,
        older.c.subject == TABLE.c.subject,
        older.c.state == State.PENDING,
        # A row with a lower number may have been committed later, while this one is on its way already.
        (older.c.id < TABLE.c.id) | ((older.c.id != TABLE.c.id) & (older.c.lease_until >= now)),
    )
    due = (
        select(TABLE.c.id)
        .select_from(first.join(TABLE, TABLE.c.id == first.c.id))
        .where(
            # Looked at again once they are locked; written so that nobody looks for them that way.
            func.coalesce(TABLE.c.state, "") == State.PENDING,
            func.coalesce(TABLE.c.not_before, now) <= now,
            (TABLE.c.lease_until.is_(None)) | (TABLE.c.lease_until < now),
            _looked_up(_before()).is_(None),
            _looked_up(overtakes).is_(None),
        )
    )
    if one_method:
        due = due.where(TABLE.c.method == bindparam("only"))
    if unless_paused:
        paused = select(Mission.id).where(Mission.id == TABLE.c.mission_id, Mission.paused_reason.is_not(None))
        due = due.where(~paused.exists())
    if paced:
        left_at = _lane_left_at()
        due = due.where((TABLE.c.method.not_in(PACED)) | left_at.is_(None) | (left_at <= bindparam("paced_before")))
    return due.order_by(TABLE.c.not_before, TABLE.c.id).limit(bindparam("limit"))


def _in_line(row: FromClause) -> ColumnElement[bool]:
    """Whether a row keeps its place in its lane.

    A message that is put off until a person works must not keep back what cannot wait; one that was tried keeps its
    place, so that nothing overtakes what Slack was slow to take.
    """
    return (row.c.state == State.PENDING) & ((row.c.attempts > 0) | (row.c.not_before <= _NOW))


def _before() -> Select[int]:
    """Rows of a row's lane that come first."""
    before = TABLE.alias("before")
    lane = (before.c.mission_id == TABLE.c.mission_id) & (before.c.lane == TABLE.c.lane)
    return select(before.c.id).where(lane, before.c.id < TABLE.c.id, _in_line(before))


def _looked_up(rows: Select[int]) -> ScalarSelect[int]:
    """One of them. Written as a look-up for each row: PostgreSQL makes `EXISTS` a join with all that waits."""
    return rows.limit(1).scalar_subquery()


def _longest_due(of_one_mission: bool) -> CTE:
    """The rows that have been due for longest, whether they may leave or not."""
    row = TABLE.alias("row")
    found = select(row.c.id).where(_waits(row), row.c.not_before <= _NOW)
    if of_one_mission:
        found = found.where(row.c.mission_id == bindparam("mission"))
    longest = found.order_by(row.c.not_before, row.c.id).limit(A_LOOK)
    return longest.cte("longest_due").prefix_with(COMPUTED_ONCE, dialect="postgresql")


def _heads(of_one_mission: bool) -> CTE:
    """The first of every lane. The index leads from lane to lane, past the rows of each."""
    row, later, head = (TABLE.alias(name) for name in ("row", "later", "head"))
    least = select(func.min(row.c.lane)).where(row.c.state == State.PENDING, row.c.mission_id == Mission.id)
    begin = select(Mission.id.label("mission_id"), least.scalar_subquery().label("lane"))
    if of_one_mission:
        begin = begin.where(Mission.id == bindparam("mission"))
    lane = begin.cte("lanes", recursive=True)
    after = select(func.min(later.c.lane)).where(
        later.c.state == State.PENDING, later.c.mission_id == lane.c.mission_id, later.c.lane > lane.c.lane
    )
    lane = lane.union_all(select(lane.c.mission_id, after.scalar_subquery()).where(lane.c.lane.is_not(None)))
    in_lane = (head.c.mission_id == lane.c.mission_id) & (head.c.lane == lane.c.lane)
    first = select(head.c.id).where(in_lane, _in_line(head)).order_by(head.c.id).limit(1).scalar_subquery()
    return select(first.label("id")).where(lane.c.lane.is_not(None)).cte("heads")


def _lane_left_at() -> ScalarSelect[datetime | None]:
    """When the last row of a row's lane left."""
    last = TABLE.alias("last")
    before = select(last.c.settled_at).where(
        last.c.state == State.SENT, last.c.mission_id == TABLE.c.mission_id, last.c.lane == TABLE.c.lane
    )
    return before.order_by(last.c.id.desc()).limit(1).scalar_subquery()
