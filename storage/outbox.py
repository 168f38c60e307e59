"""Every call to Slack that is not part of an answer is a row here, written in the transaction that causes it.

Rows of one lane leave in the order they were written; lanes do not wait for each other. A row is claimed for a while
(a lease), sent, and settled. A row that was claimed before and never settled has an unknown outcome: whoever claims it
again must look whether Slack already has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, Index, LargeBinary, Select, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base, Json, OfMission
from storage.upsert import insert_new

LEASE = timedelta(seconds=60)
KEPT = timedelta(days=90)
NO_PACE = timedelta(0)
EDIT = "show"
EMAIL = "email.send"
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

    `uncertain` says that an attempt ended without an answer, so Slack may have done the work already.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("uq_outbox_mission_id_key", "mission_id", "key", unique=True),
        Index("ix_outbox_waiting", "state", "mission_id", "lane", "id"),
        Index("ix_outbox_subject", "mission_id", "subject"),
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
    first_tried_at: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(default=False)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[Json | None]
    settled_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Call:
    """A call to put in the outbox. `key` names the occurrence: the same key is never written twice."""

    key: str
    method: str
    arguments: dict[str, Any]
    lane: str
    handling: str = "unclassified"
    subject: str | None = None
    not_before: datetime | None = None
    attachment: bytes | None = None
    on_done: str | None = None
    caused_by: str | None = None
    request_id: str | None = field(default=None)


def put(session: Session, mission_id: str, call: Call, now: datetime) -> bool:
    """Write a call. Returns False, and changes nothing, when its key is there already."""
    values = {
        "mission_id": mission_id,
        "key": call.key,
        "method": call.method,
        "arguments": call.arguments,
        "lane": call.lane,
        "subject": call.subject,
        "handling": call.handling,
        "attachment": call.attachment,
        "on_done": call.on_done,
        "caused_by": call.caused_by,
        "request_id": call.request_id,
        "created_at": now,
        "not_before": call.not_before or now,
        "state": State.PENDING,
        "attempts": 0,
        "uncertain": False,
    }
    return insert_new(session, OutboxRow, values)


def has_due(
    session: Session, mission_id: str, now: datetime, *, pace: timedelta = NO_PACE, only: str | None = None
) -> bool:
    """Whether a claim would find anything; asked first, because a claim makes writers wait."""
    return session.scalar(_due(now, pace, mission_id, only).limit(1)) is not None


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
    due = _due(now, pace, mission_id, only).order_by(OutboxRow.not_before, OutboxRow.id).limit(limit)
    ids = list(session.scalars(due.with_for_update(skip_locked=True, of=OutboxRow)))
    if not ids:
        return []
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids))
        .values(
            lease_owner=owner,
            lease_until=now + LEASE,
            attempts=OutboxRow.attempts + 1,
            first_tried_at=func.coalesce(OutboxRow.first_tried_at, now),
            # A lease that ran out was never settled: whether Slack got that call is unknown.
            uncertain=OutboxRow.uncertain | OutboxRow.lease_owner.is_not(None),
        )
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(select(OutboxRow).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)))


def _due(now: datetime, pace: timedelta, mission_id: str | None, only: str | None) -> Select[int]:
    """Ids of the rows that may leave now: first of their lane, not leased, and no edit overtakes an older one."""
    head = aliased(OutboxRow)
    heads = select(func.min(head.id)).where(head.state == State.PENDING).group_by(head.mission_id, head.lane)
    older = aliased(OutboxRow)
    overtakes = select(older.id).where(
        OutboxRow.method == EDIT,
        older.mission_id == OutboxRow.mission_id,
        older.subject == OutboxRow.subject,
        older.state == State.PENDING,
        older.id < OutboxRow.id,
    )
    due = select(OutboxRow.id).where(
        OutboxRow.id.in_(heads if mission_id is None else heads.where(head.mission_id == mission_id)),
        OutboxRow.state == State.PENDING,
        OutboxRow.not_before <= now,
        (OutboxRow.lease_until.is_(None)) | (OutboxRow.lease_until < now),
        ~overtakes.exists(),
    )
    if only:
        due = due.where(OutboxRow.method == only)
    if pace:
        last = aliased(OutboxRow)
        left_at = (
            select(last.settled_at)
            .where(
                last.state == State.SENT,
                last.mission_id == OutboxRow.mission_id,
                last.lane == OutboxRow.lane,
            )
            .order_by(last.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        due = due.where((OutboxRow.method.not_in(PACED)) | left_at.is_(None) | (left_at <= now - pace))
    return due


def renew(session: Session, row_id: int, owner: str, now: datetime) -> bool:
    """Make a lease run anew. Returns False when the row went to somebody else meanwhile."""
    return settle(session, row_id, owner, lease_owner=owner, lease_until=now + LEASE)


def note_attempt(session: Session, row_id: int, owner: str, now: datetime, note: Json | None) -> bool:
    """Write on a claimed row how far its attempt is, where nobody can be asked later, and renew its lease."""
    return settle(session, row_id, owner, lease_owner=owner, lease_until=now + LEASE, outcome=note)


def settle(session: Session, row_id: int, owner: str, **values: Any) -> bool:
    """Write what became of a claimed row. Returns False when the lease went to somebody else meanwhile."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.lease_owner == owner, OutboxRow.state == State.PENDING)
        .values({"lease_owner": None, "lease_until": None, **values})
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


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
        .values(not_before=until)
        .execution_options(synchronize_session=False)
    )


def cancel(session: Session, mission_id: str, subject: str, now: datetime) -> int:
    """Take back every message about `subject` that is not on its way. Returns how many."""
    statement = (
        update(OutboxRow)
        .where(
            OutboxRow.mission_id == mission_id,
            OutboxRow.subject == subject,
            OutboxRow.state == State.PENDING,
            OutboxRow.lease_owner.is_(None),
            OutboxRow.uncertain.is_(False),
        )
        .values(state=State.CANCELLED, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def waiting_edit(session: Session, mission_id: str, subject: str) -> OutboxRow | None:
    """The message about `subject` that waits and is not on its way; a newer text replaces it."""
    query = select(OutboxRow).where(
        OutboxRow.mission_id == mission_id,
        OutboxRow.subject == subject,
        OutboxRow.state == State.PENDING,
        OutboxRow.lease_owner.is_(None),
        OutboxRow.uncertain.is_(False),
    )
    # Locked, so that no worker can claim the old text while the new one is being written.
    return session.scalars(query.order_by(OutboxRow.id.desc()).limit(1).with_for_update()).first()


def retry(session: Session, mission_id: str, row_id: int, now: datetime) -> bool:
    """Send a failed row again. Returns False when it is not a failed row of this mission."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.mission_id == mission_id, OutboxRow.state == State.FAILED)
        .values(state=State.PENDING, not_before=now, error=None, settled_at=None)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def left_since(session: Session, mission_id: str, method: str, since: datetime) -> bool:
    """Whether any call of this method has left since then: Slack takes them."""
    newest = select(func.max(OutboxRow.settled_at)).where(
        OutboxRow.mission_id == mission_id, OutboxRow.method == method, OutboxRow.state == State.SENT
    )
    left = session.scalar(newest)
    return left is not None and left >= since


def forget_settled(session: Session, before: datetime) -> None:
    """Delete rows that left or were taken back long ago. Failed ones stay until somebody deals with them."""
    session.execute(
        delete(OutboxRow).where(OutboxRow.state.in_([State.SENT, State.CANCELLED]), OutboxRow.settled_at < before)
    )


def depth(session: Session) -> int:
    """How many rows of all missions wait."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == State.PENDING)) or 0


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the longest-waiting row could have left."""
    due = select(func.min(OutboxRow.not_before)).where(OutboxRow.state == State.PENDING, OutboxRow.not_before <= now)
    return session.scalar(due)
