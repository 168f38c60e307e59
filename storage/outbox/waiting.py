"""Messages that wait and are not on their way: a newer text replaces them, or they are taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, func, select, update
from sqlalchemy.orm import Session

from storage.outbox.claiming import Claimed
from storage.outbox.queue import TABLE, OutboxRow, State
from storage.subjects import Subject

# Statements that many requests need are built once: building one costs as much as running it.
_NOT_ON_ITS_WAY = (
    OutboxRow.mission_id == bindparam("of_mission"),
    OutboxRow.subject == bindparam("of_subject"),
    OutboxRow.state == State.PENDING,
    OutboxRow.lease_owner.is_(None),
    OutboxRow.uncertain.is_(False),
)
_CANCEL = update(TABLE).where(*_NOT_ON_ITS_WAY).values(state=State.CANCELLED, settled_at=bindparam("now"))
# Locked, so that no worker can claim the old text while the new one is being written.
_WAITING_EDIT = select(OutboxRow).where(*_NOT_ON_ITS_WAY).order_by(OutboxRow.id.desc()).limit(1).with_for_update()


# Held together with others who change the same subject, and against the worker who would draw it without us.
_KEEPS_WAITING = select(OutboxRow.id).where(*_NOT_ON_ITS_WAY).limit(1).with_for_update(read=True)


def keeps_waiting(session: Session, mission_id: str, subject: Subject) -> bool:
    """Whether a message about `subject` waits, and will not leave before this transaction is over."""
    return session.scalar(_KEEPS_WAITING, {"of_mission": mission_id, "of_subject": str(subject)}) is not None


_KEEP_WAITING = (
    select(OutboxRow.subject)
    .where(_NOT_ON_ITS_WAY[0], OutboxRow.subject.in_(bindparam("of_subjects", expanding=True)), *_NOT_ON_ITS_WAY[2:])
    .order_by(OutboxRow.id)
    .with_for_update(read=True)
)


def keep_waiting(session: Session, mission_id: str, subjects: Iterable[str]) -> set[str]:
    """Those of these subjects about which a message waits that will not leave before this transaction is over."""
    found = session.scalars(_KEEP_WAITING, {"of_mission": mission_id, "of_subjects": list(subjects)})
    return {str(subject) for subject in found}


def is_waiting(session: Session, mission_id: str, subject: str, *, not_behind: Claimed | None = None) -> bool:
    """Whether any message about `subject` has yet to leave; one that must wait for `not_behind` does not count."""
    found = select(OutboxRow.id).where(
        OutboxRow.mission_id == mission_id, OutboxRow.subject == subject, OutboxRow.state == State.PENDING
    )
    if not_behind is not None:
        found = found.where((OutboxRow.lane != not_behind.lane) | (OutboxRow.id < not_behind.id))
    return session.scalar(found.limit(1)) is not None


def lane_waits(session: Session, mission_id: str, lane: str) -> bool:
    """Whether anything in a lane has yet to leave."""
    found = select(OutboxRow.id).where(
        OutboxRow.mission_id == mission_id, OutboxRow.lane == lane, OutboxRow.state == State.PENDING
    )
    return session.scalar(found.limit(1)) is not None


def cancel(session: Session, mission_id: str, subject: Subject, now: datetime) -> int:
    """Take back every message about `subject` that is not on its way. Returns how many."""
    cancelled = session.execute(_CANCEL, {"of_mission": mission_id, "of_subject": str(subject), "now": now})
    return cast("CursorResult[Any]", cancelled).rowcount


def waiting_edit(session: Session, mission_id: str, subject: Subject) -> OutboxRow | None:
    """The message about `subject` that waits and is not on its way; a newer text replaces it."""
    return session.scalars(_WAITING_EDIT, {"of_mission": mission_id, "of_subject": str(subject)}).first()


_ABOUT_THESE = (
    OutboxRow.mission_id == bindparam("of_mission"),
    OutboxRow.subject.in_(bindparam("of_subjects", expanding=True)),
    OutboxRow.state == State.PENDING,
)
_WAITING = select(OutboxRow).where(*_ABOUT_THESE).order_by(OutboxRow.id).with_for_update()


def take_waiting(
    session: Session, mission_id: str, subjects: Iterable[str], now: datetime
) -> tuple[dict[str, datetime], set[str]]:
    """Take back every message about these subjects that is not on its way.

    Returns by subject when what was taken back would have left, and the subjects of what is on its way.
    """
    taken: dict[str, datetime] = {}
    on_their_way: set[str] = set()
    for row in session.scalars(_WAITING, {"of_mission": mission_id, "of_subjects": list(subjects)}):
        subject = str(row.subject)
        if row.lease_owner is not None or row.uncertain:
            on_their_way.add(subject)
            continue
        row.state, row.settled_at = State.CANCELLED, now
        taken[subject] = row.not_before
    session.flush()
    return taken, on_their_way


def last_text(session: Session, mission_id: str, subject: Subject) -> OutboxRow | None:
    """The row that brought the message about `subject` to Slack as it stands there, as long as it is kept."""
    found = (
        select(OutboxRow)
        .where(OutboxRow.mission_id == mission_id, OutboxRow.subject == str(subject), OutboxRow.state == State.SENT)
        .order_by(OutboxRow.id.desc())
        .limit(1)
    )
    return session.scalars(found).first()


def doubt_due(session: Session, now: datetime) -> int:
    """After a restore: what should have left by now may have left since the backup, and is looked for first."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.state == State.PENDING, OutboxRow.not_before <= now)
        .values(uncertain=True, first_tried_at=func.coalesce(OutboxRow.first_tried_at, OutboxRow.not_before))
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
