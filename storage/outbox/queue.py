"""Every call to Slack that is not part of an answer is a row here, written in the transaction that causes it.

Rows of one lane leave in the order they were written; lanes do not wait for each other. A row is claimed for a while
(a lease), sent, and settled. A row that was claimed before and never settled has an unknown outcome: whoever claims it
again must look whether Slack already has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, Index, LargeBinary, String, Table, Text, delete, insert, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.compartments import Compartment
from storage.outbox.call import Call
from storage.upsert import insert_new

LEASE = timedelta(seconds=60)
FAILED_KEPT = timedelta(days=400)
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
        # Of what waits alone, in words that only the look at what is due uses: while its statistics are old, PostgreSQL
        # takes this index for small, and would rather walk through it than look a lane up.
        Index(
            "ix_outbox_due",
            "mission_id",
            "not_before",
            "id",
            sqlite_where=text("lower(state) = 'pending'"),
            postgresql_where=text("lower(state) = 'pending'"),
        ),
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
    compartment: Mapped[str] = mapped_column(
        String(8), default=Compartment.MISSION, server_default=Compartment.MISSION.value
    )
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
        "compartment": call.compartment,
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
