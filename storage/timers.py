"""One-off moments: something of a room is due at a time. A timer runs inside the transaction that marks it done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, Index, Row, Select, String, Table, Text, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.connection.ready import insert_of
from storage.subjects import Key, Subject
from storage.upsert import insert_new


class TimerState(StrEnum):
    """Where a timer stands. `failed` means that it raised too often and waits for a person."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Timer(OfMission, Base):
    """A moment of a subject. `verb` is `room:name` of the handler; `key` names the occurrence and is unique."""

    __tablename__ = "timers"
    kept = timedelta(days=90)
    __table_args__ = (
        Index("uq_timers_mission_id_key", "mission_id", "key", unique=True),
        Index("ix_timers_due", "state", "due_at"),
        Index("ix_timers_subject", "mission_id", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(255))
    verb: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=TimerState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]


CHANGE = "change"
_TABLE = cast("Table", Timer.__table__)
_INSERT = insert_of(Timer, without=("error", "done_at"))


def set_timer(
    session: Session, mission_id: str, *, key: Key, verb: str, subject: Subject, due_at: datetime, revives: bool = False
) -> bool:
    """Remember a moment. A timer with this key that still waits is moved; one that ran is left alone (False).

    With `revives` one that was cancelled waits again.
    """
    values = {
        "mission_id": mission_id,
        "key": str(key),
        "verb": verb,
        "subject": str(subject),
        "due_at": due_at,
        "state": TimerState.WAITING,
        "attempts": 0,
    }
    if insert_new(session, Timer, values):
        return True
    timer = session.scalars(select(Timer).where(Timer.mission_id == mission_id, Timer.key == key)).one()
    if revives and timer.state == TimerState.CANCELLED:
        timer.state, timer.attempts = TimerState.WAITING, 0
    if timer.state != TimerState.WAITING:
        return False
    timer.due_at = due_at
    session.flush()
    return True


def set_changes(session: Session, mission_id: str, changes: Iterable[tuple[str, Subject]], now: datetime) -> None:
    """Remember that subjects have changed, each with what tells of it: moments that have come, forgotten once told of.

    They are not among the subjects' own moments: whoever cancels these, or asks whether one is to come, does not mean
    them.
    """
    _INSERT.run_each(
        session,
        [
            {
                "mission_id": mission_id,
                "key": str(Key.of(subject, verb, uuid4().hex)),
                "verb": verb,
                "subject": str(Subject.of(CHANGE, subject)),
                "due_at": now,
                "state": TimerState.WAITING,
                "attempts": 0,
            }
            for verb, subject in changes
        ],
    )


_CHANGES = (
    select(Timer.id, Timer.verb, Timer.subject)
    .where(
        Timer.mission_id == bindparam("mission"),
        Timer.state == TimerState.WAITING,
        Timer.due_at <= bindparam("now"),
        Timer.verb.in_(bindparam("verbs", expanding=True)),
    )
    .limit(bindparam("limit"))
)
_TAKEN = _CHANGES.order_by(Timer.due_at, Timer.id).with_for_update(skip_locked=True)
_FORGET = delete(_TABLE).where(_TABLE.c.id.in_(bindparam("ids", expanding=True)))


def what_changed(subject: Subject) -> Subject:
    """The subject of a change, whose own begins with a word that says what it is."""
    return Subject.parse(str(subject).removeprefix(f"{CHANGE}:"))


def any_change(session: Session, now: datetime, mission_id: str, verbs: Collection[str]) -> bool:
    """Whether anything has changed of which has yet to be told, by what tells of it."""
    values = {"mission": mission_id, "now": now, "verbs": list(verbs), "limit": 1}
    return session.execute(_CHANGES, values).first() is not None


def take_changes(
    session: Session, now: datetime, mission_id: str, verbs: Collection[str], limit: int
) -> list[Row[tuple[int, str, str]]]:
    """Changes (id, verb, subject) for this transaction, passing over those that another worker holds."""
    values = {"mission": mission_id, "now": now, "verbs": list(verbs), "limit": limit}
    return list(session.execute(_TAKEN, values))


def forget_changes(session: Session, ids: Collection[int]) -> None:
    """They were told of: nobody asks for them again."""
    session.execute(_FORGET, {"ids": list(ids)})


def cancel_timers(session: Session, mission_id: str, subject: Subject, *, verb: str | None = None) -> None:
    """Forget the waiting moments of a subject, all or those of one verb."""
    statement = update(Timer).where(
        Timer.mission_id == mission_id, Timer.subject == str(subject), Timer.state == TimerState.WAITING
    )
    if verb is not None:
        statement = statement.where(Timer.verb == verb)
    session.execute(statement.values(state=TimerState.CANCELLED))


def take_due(session: Session, now: datetime, mission_id: str, *, but: Collection[int] = ()) -> Timer | None:
    """Lock the mission's earliest due timer for this transaction, passing over those that another worker holds.

    Those whose ids are in `but` are left alone.
    """
    due = _due(now, mission_id).where(Timer.id.not_in(list(but))) if but else _due(now, mission_id)
    query = due.order_by(Timer.due_at, Timer.id).limit(1).with_for_update(skip_locked=True)
    return session.scalars(query).first()


def earliest_due(session: Session, now: datetime, mission_id: str, *, but: Collection[int] = ()) -> Timer | None:
    """The mission's earliest due timer, looked at and not held; those whose ids are in `but` are passed over."""
    due = _due(now, mission_id).where(Timer.id.not_in(list(but))) if but else _due(now, mission_id)
    return session.scalars(due.order_by(Timer.due_at, Timer.id).limit(1)).first()


def lease(session: Session, timer_id: int, now: datetime, until: datetime) -> bool:
    """Keep other workers from a due timer until then. Returns False when one of them has it already."""
    statement = update(Timer).where(Timer.id == timer_id, Timer.state == TimerState.WAITING, Timer.due_at <= now)
    return cast("CursorResult[Any]", session.execute(statement.values(due_at=until))).rowcount == 1


def take_leased(session: Session, timer_id: int, until: datetime) -> Timer | None:
    """Hold the timer of a `lease`; None when it was cancelled or moved, or the lease ran out and another has it."""
    kept = select(Timer).where(Timer.id == timer_id, Timer.state == TimerState.WAITING, Timer.due_at == until)
    return session.scalars(kept.with_for_update()).first()


def _due(now: datetime, mission_id: str) -> Select[Timer]:
    return select(Timer).where(Timer.mission_id == mission_id, Timer.state == TimerState.WAITING, Timer.due_at <= now)


def stuck(session: Session, mission_id: str, before: datetime) -> list[Timer]:
    """Timers of a mission that raised too often, or that were due before and still wait."""
    late = (Timer.state == TimerState.WAITING) & (Timer.due_at < before)
    query = select(Timer).where(Timer.mission_id == mission_id, (Timer.state == TimerState.FAILED) | late)
    return list(session.scalars(query.order_by(Timer.due_at, Timer.id)))


def revive(session: Session, now: datetime, since: datetime) -> int:
    """Let timers that were given up lately try again, as a new version may have mended what made them raise."""
    statement = (
        update(Timer)
        .where(Timer.state == TimerState.FAILED, Timer.due_at >= since)
        .values(state=TimerState.WAITING, attempts=0, due_at=now)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def forget_done(session: Session, now: datetime) -> None:
    """Delete timers that ran, were cancelled or were given up long ago."""
    session.execute(delete(Timer).where(Timer.state != TimerState.WAITING, Timer.due_at < now - Timer.kept))


def waits_for(session: Session, mission_id: str, subject: Subject) -> bool:
    """Whether any moment of a subject is still to come, or overdue and not given up."""
    query = select(Timer.id).where(
        Timer.mission_id == mission_id, Timer.subject == str(subject), Timer.state == TimerState.WAITING
    )
    return session.scalar(query.limit(1)) is not None


def is_due(session: Session, mission_id: str, subject: Subject, now: datetime) -> bool:
    """Whether a moment of a subject has come and waits for its turn."""
    query = _due(now, mission_id).with_only_columns(Timer.id).where(Timer.subject == str(subject))
    return session.scalar(query.limit(1)) is not None
