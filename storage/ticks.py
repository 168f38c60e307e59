"""Which run of which schedule has been taken, so that any number of workers may tick and each slot runs once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.upsert import insert_new

TICK_LEASE = timedelta(minutes=5)


class Tick(Base):
    """One slot of one schedule (`MISSION/room:name`): who took it, until when, and whether it is finished."""

    __tablename__ = "ticks"
    __table_args__ = (Index("ix_ticks_unfinished", "finished_at", "lease_until"),)

    schedule: Mapped[str] = mapped_column(String(128), primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    lease_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]


def claim_tick(session: Session, schedule: str, slot: datetime, owner: str, now: datetime) -> bool:
    """Take a slot that nobody has, or that its owner left unfinished past the lease."""
    fresh = {"schedule": schedule, "slot": slot, "owner": owner, "lease_until": now + TICK_LEASE}
    if insert_new(session, Tick, fresh):
        return True
    taken_over = (
        update(Tick)
        .where(Tick.schedule == schedule, Tick.slot == slot, Tick.finished_at.is_(None), Tick.lease_until < now)
        .values(owner=owner, lease_until=now + TICK_LEASE)
    )
    return cast("CursorResult[Any]", session.execute(taken_over)).rowcount == 1


def finish_tick(session: Session, schedule: str, slot: datetime, now: datetime) -> None:
    """The slot's work is done."""
    session.execute(update(Tick).where(Tick.schedule == schedule, Tick.slot == slot).values(finished_at=now))


def abandoned(session: Session, schedule: str, now: datetime) -> list[datetime]:
    """Slots of a schedule that somebody began and did not finish in time."""
    query = select(Tick.slot).where(Tick.schedule == schedule, Tick.finished_at.is_(None), Tick.lease_until < now)
    return list(session.scalars(query.order_by(Tick.slot)))


def last_slot(session: Session, schedule: str) -> datetime | None:
    """The newest slot of a schedule that anybody took."""
    return session.scalar(select(func.max(Tick.slot)).where(Tick.schedule == schedule))


def forget_ticks(session: Session, before: datetime) -> None:
    """Delete finished slots of long ago, keeping what catch-up needs."""
    session.execute(delete(Tick).where(Tick.finished_at < before))
