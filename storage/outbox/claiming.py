"""Taking what is due in hand: the first of each lane, for the length of a lease, by one worker.

Workers do this for each handful of messages: it is one statement, built once, and gives plain values.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from storage.base import Json
from storage.missions import Mission
from storage.outbox.queue import COMPUTED_ONCE, EDIT, LEASE, PACED, TABLE, State

NO_PACE = timedelta(0)


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
    return session.scalar(_due(of_one_mission=True, paced=bool(pace), one_method=bool(only)), values) is not None


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
    statement = _claiming(
        of_one_mission=mission_id is not None,
        paced=bool(pace),
        one_method=bool(only),
        unless_paused=unless_paused,
    )
    values = {"mission": mission_id, "now": now, "paced_before": now - pace, "limit": limit, "only": only}
    taken = session.execute(statement, {**values, "owner": owner, "until": now + LEASE})
    return sorted((Claimed(*row) for row in taken), key=_IN_ORDER)


@cache
def _claiming(
    *, of_one_mission: bool, paced: bool, one_method: bool, unless_paused: bool
) -> ReturningUpdate[tuple[Any, ...]]:
    """The statement that claims. What is due is found once, and locked, before anything is changed."""
    due = _due(
        of_one_mission=of_one_mission, paced=paced, one_method=one_method, unless_paused=unless_paused
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
def _due(*, of_one_mission: bool, paced: bool, one_method: bool, unless_paused: bool = False) -> Select[int]:
    """Ids of the rows that may leave now: first in line of their lane, free, no edit beside another of its subject."""
    now = bindparam("now", type_=TABLE.c.not_before.type)
    head, older = TABLE.alias("head"), TABLE.alias("older")
    # A message that is put off until a person works must not keep back what cannot wait; one that was tried keeps its
    # place, so that nothing overtakes what Slack was slow to take.
    in_line = (head.c.state == State.PENDING) & ((head.c.attempts > 0) | (head.c.not_before <= now))
    heads = select(func.min(head.c.id).label("id")).where(in_line).group_by(head.c.mission_id, head.c.lane)
    if of_one_mission:
        heads = heads.where(head.c.mission_id == bindparam("mission"))
    first = heads.cte("heads").prefix_with(COMPUTED_ONCE, dialect="postgresql")
    overtakes = select(older.c.id).where(
        TABLE.c.method == EDIT,
        older.c.mission_id == TABLE.c.mission_id,
        older.c.subject == TABLE.c.subject,
        older.c.state == State.PENDING,
        # A row with a lower number may have been committed later, while this one is on its way already.
        (older.c.id < TABLE.c.id) | ((older.c.id != TABLE.c.id) & (older.c.lease_until >= now)),
    )
    due = select(TABLE.c.id).where(
        TABLE.c.id.in_(select(first.c.id)),
        TABLE.c.state == State.PENDING,
        TABLE.c.not_before <= now,
        (TABLE.c.lease_until.is_(None)) | (TABLE.c.lease_until < now),
        ~overtakes.exists(),
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


def _lane_left_at() -> ScalarSelect[datetime | None]:
    """When the last row of a row's lane left."""
    last = TABLE.alias("last")
    before = select(last.c.settled_at).where(
        last.c.state == State.SENT, last.c.mission_id == TABLE.c.mission_id, last.c.lane == TABLE.c.lane
    )
    return before.order_by(last.c.id.desc()).limit(1).scalar_subquery()
