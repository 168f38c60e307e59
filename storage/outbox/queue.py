"""Every call to Slack that is not part of an answer is a row here, written in the transaction that causes it.

Rows of one lane leave in the order they were written; lanes do not wait for each other. A row is claimed for a while
(a lease), sent, and settled. A row that was claimed before and never settled has an unknown outcome: whoever claims it
again must look whether Slack already has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Index,
    LargeBinary,
    ScalarSelect,
    Select,
    String,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base, Json, OfMission
from storage.outbox.call import Call
from storage.upsert import insert_new

LEASE = timedelta(seconds=60)
FAILED_KEPT = timedelta(days=400)
NO_PACE = timedelta(0)
EDIT = "show"
EMAIL = "email.send"
LIMITED = "ratelimited"
# PostgreSQL believes that hardly a row waits, and would look at all of them again for each of thousands that do.
COMPUTED_ONCE = "MATERIALIZED"
# Slack lets an app post about one message a second into one channel; edits have a limit of their own.
PACED = ("chat.postMessage", EDIT, "files.upload")


class State(StrEnum):
    """Where an outbox row stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class OutboxRow(OfMission, Base):
    """One call to make. `lane` orders rows; `subject` is what the message is about, to edit or to cancel it by.

    `uncertain` says that an attempt ended without an answer, so Slack may have done the work already. `troubles` counts
    the attempts that met trouble of Slack's own since the row was written or sent again: neither Slack's limit nor a
    worker that died says anything against the row.
    """

    __tablename__ = "outbox"
    kept = timedelta(days=90)
    __table_args__ = (
        Index("uq_outbox_mission_id_key", "mission_id", "key", unique=True),
        Index("ix_outbox_waiting", "state", "mission_id", "lane", "id"),
        # With the state: some subjects, as a Home, have hundreds of rows that left, and one that waits.
        Index("ix_outbox_subject", "mission_id", "subject", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(255))
    method: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[Json]
    lane: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str | None] = mapped_column(String(255))
    handling: Mapped[str] = mapped_column(String(24))
    attachment: Mapped[bytes | None] = mapped_column(LargeBinary)
    on_done: Mapped[str | None] = mapped_column(String(128))
    caused_by: Mapped[str | None] = mapped_column(String(32))
    request_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=State.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    troubles: Mapped[int] = mapped_column(default=0, server_default="0")
    first_tried_at: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(default=False)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[Json | None]
    settled_at: Mapped[datetime | None]


TABLE = cast("Table", OutboxRow.__table__)


def put(session: Session, mission_id: str, call: Call, now: datetime) -> bool:
    """Write a call. Returns False, and changes nothing, when its key is there already."""
    return insert_new(session, OutboxRow, _values(mission_id, call, now))


def put_many(session: Session, mission_id: str, calls: Sequence[Call], now: datetime) -> None:
    """Write calls whose keys nobody has, with few statements."""
    if calls:
        session.execute(insert(OutboxRow), [_values(mission_id, call, now) for call in calls])


def _values(mission_id: str, call: Call, now: datetime) -> dict[str, Any]:
    return {
        "mission_id": mission_id,
        "key": str(call.key),
        "method": call.method,
        "arguments": call.arguments,
        "lane": call.lane,
        "subject": None if call.subject is None else str(call.subject),
        "handling": call.handling,
        "attachment": call.attachment,
        "on_done": call.on_done,
        "caused_by": call.caused_by,
        "request_id": call.request_id,
        "created_at": now,
        "not_before": call.not_before or now,
        "state": State.PENDING,
        "attempts": 0,
        "troubles": 0,
        "uncertain": False,
    }


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
) -> list[OutboxRow]:
    """Take up to `limit` due rows, at most the first of each lane, for the length of a lease.

    A lane whose last row left less than `pace` ago waits. With `only`, rows of other methods stay.
    """
    due = _due(of_one_mission=mission_id is not None, paced=bool(pace), one_method=bool(only))
    values = {"mission": mission_id, "now": now, "paced_before": now - pace, "limit": limit, "only": only}
    ids = list(session.scalars(due.with_for_update(skip_locked=True, of=OutboxRow), values))
    if not ids:
        return []
    session.execute(_TAKE, {"ids": ids, "owner": owner, "now": now, "until": now + LEASE})
    return list(session.scalars(_TAKEN, {"ids": ids}))


_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_TAKE = (
    update(TABLE)
    .where(TABLE.c.id.in_(_IDS))
    .values(
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        attempts=TABLE.c.attempts + 1,
        first_tried_at=func.coalesce(TABLE.c.first_tried_at, bindparam("now", type_=TABLE.c.first_tried_at.type)),
        # A lease that ran out was never settled: whether Slack got that call is unknown.
        uncertain=TABLE.c.uncertain | TABLE.c.lease_owner.is_not(None),
    )
)
_TAKEN = select(OutboxRow).where(OutboxRow.id.in_(_IDS)).order_by(OutboxRow.id)


@cache
def _due(*, of_one_mission: bool, paced: bool, one_method: bool) -> Select[int]:
    """Ids of the rows that may leave now: first in line of their lane, free, no edit beside another of its subject."""
    now = bindparam("now", type_=TABLE.c.not_before.type)
    head = aliased(OutboxRow)
    # A message that is put off until a person works must not keep back what cannot wait; one that was tried keeps its
    # place, so that nothing overtakes what Slack was slow to take.
    in_line = (head.state == State.PENDING) & ((head.attempts > 0) | (head.not_before <= now))
    heads = select(func.min(head.id).label("id")).where(in_line).group_by(head.mission_id, head.lane)
    if of_one_mission:
        heads = heads.where(head.mission_id == bindparam("mission"))
    first = heads.cte("heads").prefix_with(COMPUTED_ONCE, dialect="postgresql")
    older = aliased(OutboxRow)
    overtakes = select(older.id).where(
        OutboxRow.method == EDIT,
        older.mission_id == OutboxRow.mission_id,
        older.subject == OutboxRow.subject,
        older.state == State.PENDING,
        # A row with a lower number may have been committed later, while this one is on its way already.
        (older.id < OutboxRow.id) | ((older.id != OutboxRow.id) & (older.lease_until >= now)),
    )
    due = select(OutboxRow.id).where(
        OutboxRow.id.in_(select(first.c.id)),
        OutboxRow.state == State.PENDING,
        OutboxRow.not_before <= now,
        (OutboxRow.lease_until.is_(None)) | (OutboxRow.lease_until < now),
        ~overtakes.exists(),
    )
    if one_method:
        due = due.where(OutboxRow.method == bindparam("only"))
    if paced:
        left_at = _lane_left_at()
        due = due.where((OutboxRow.method.not_in(PACED)) | left_at.is_(None) | (left_at <= bindparam("paced_before")))
    return due.order_by(OutboxRow.not_before, OutboxRow.id).limit(bindparam("limit"))


def _lane_left_at() -> ScalarSelect[datetime | None]:
    """When the last row of a row's lane left."""
    last = aliased(OutboxRow)
    before = select(last.settled_at).where(
        last.state == State.SENT, last.mission_id == OutboxRow.mission_id, last.lane == OutboxRow.lane
    )
    return before.order_by(last.id.desc()).limit(1).scalar_subquery()


def renew(session: Session, row_id: int, owner: str, now: datetime, **values: Any) -> bool:
    """Make a lease run anew, and write `values`. Returns False when the row went to somebody else meanwhile."""
    return settle(session, row_id, owner, lease_owner=owner, lease_until=now + LEASE, **values)


def settle(session: Session, row_id: int, owner: str, **values: Any) -> bool:
    """Write what became of a claimed row. Returns False when the lease went to somebody else meanwhile."""
    written = {"lease_owner": None, "lease_until": None, **values}
    settled = session.execute(_settling(tuple(written)), {"of_row": row_id, "of_owner": owner, **written})
    return cast("CursorResult[Any]", settled).rowcount == 1


@cache
def _settling(columns: tuple[str, ...]) -> Update:
    """The statement that writes these columns, built once."""
    return (
        update(TABLE)
        .where(
            TABLE.c.id == bindparam("of_row"),
            TABLE.c.lease_owner == bindparam("of_owner"),
            TABLE.c.state == State.PENDING,
        )
        .values({name: bindparam(name) for name in columns})
    )


def give_back(session: Session, owner: str, now: datetime, not_before: datetime) -> int:
    """Let others have what a worker that ends holds; they must look whether Slack has it already. How many rows."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.lease_owner == owner, OutboxRow.lease_until >= now, OutboxRow.state == State.PENDING)
        .values(lease_owner=None, lease_until=None, uncertain=True, not_before=not_before)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def pause_method(session: Session, mission_id: str, method: str, until: datetime) -> None:
    """Let no waiting row of a method leave before `until`: its limit counts for the whole workspace."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.mission_id == mission_id,
            OutboxRow.method == method,
            OutboxRow.state == State.PENDING,
            OutboxRow.lease_owner.is_(None),
            OutboxRow.not_before < until,
        )
        .values(not_before=until, error=LIMITED)
        .execution_options(synchronize_session=False)
    )


def retry(session: Session, mission_id: str, row_id: int, now: datetime) -> bool:
    """Send a failed row again. Returns False when it is not a failed row of this mission."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.mission_id == mission_id, OutboxRow.state == State.FAILED)
        .values(state=State.PENDING, not_before=now, error=None, settled_at=None, troubles=0)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def forget_settled(session: Session, now: datetime) -> None:
    """Delete rows that left or were taken back long ago. Failed ones wait longer for somebody to deal with them."""
    settled = OutboxRow.state.in_([State.SENT, State.CANCELLED]) & (OutboxRow.settled_at < now - OutboxRow.kept)
    failed = (OutboxRow.state == State.FAILED) & (OutboxRow.settled_at < now - FAILED_KEPT)
    session.execute(delete(OutboxRow).where(settled | failed).execution_options(synchronize_session=False))
