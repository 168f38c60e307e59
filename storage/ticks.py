"""Which run of which schedule has been taken, so that any number of workers may tick and each slot runs once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base
from storage.upsert import insert_new

# A slot that fails for so long is not worth running any more; the watchdog has told of it.
GIVEN_UP_AFTER = timedelta(days=1)
TICK_LEASE = timedelta(minutes=5)


class Tick(Base):
    """One slot of one schedule (`MISSION/room:name`): who took it, until when, and whether it is finished."""

    __tablename__ = "ticks"
    kept = timedelta(days=7)
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


def finish_tick(session: Session, schedule: str, slot: datetime, owner: str, now: datetime) -> bool:
    """The slot's work is done. Returns False when somebody else took it over meanwhile: then ours must not count."""
    statement = (
        update(Tick)
        .where(Tick.schedule == schedule, Tick.slot == slot, Tick.owner == owner, Tick.finished_at.is_(None))
        .values(finished_at=now)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def abandoned(session: Session, schedule: str, now: datetime) -> list[datetime]:
    """Slots of a schedule that somebody began and did not finish in time, until they are given up."""
    query = select(Tick.slot).where(
        Tick.schedule == schedule,
        Tick.finished_at.is_(None),
        Tick.lease_until < now,
        Tick.slot > now - GIVEN_UP_AFTER,
    )
    return list(session.scalars(query.order_by(Tick.slot)))


def unfinished_since(session: Session, mission_id: str, before: datetime) -> list[str]:
    """Schedules of a mission with a slot that was taken before and is still unfinished."""
    query = select(Tick.schedule).where(
        Tick.schedule.startswith(f"{mission_id}/", autoescape=True), Tick.finished_at.is_(None), Tick.slot < before
    )
    return [name.partition("/")[2] for name in session.scalars(query.distinct().order_by(Tick.schedule))]


def last_slot(session: Session, schedule: str, now: datetime) -> datetime | None:
    """The newest slot of a schedule that anybody took. Slots of a clock that went ahead by mistake do not count."""
    return session.scalar(select(func.max(Tick.slot)).where(Tick.schedule == schedule, Tick.slot <= now))


def forget_ticks(session: Session, now: datetime) -> None:
    """Delete slots of long ago, but never a schedule's newest: catching up begins there."""
    newer = aliased(Tick)
    has_newer = select(newer.slot).where(newer.schedule == Tick.schedule, newer.slot > Tick.slot).exists()
    session.execute(
        delete(Tick).where(Tick.slot < now - Tick.kept, has_newer).execution_options(synchronize_session=False)
    )
