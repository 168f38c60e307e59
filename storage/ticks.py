"""Which run of which schedule has been taken, so that any number of workers may tick and each slot runs once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Index, String, Table, bindparam, delete, func, select, update
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


_ABANDONED = (
    select(Tick.schedule, Tick.slot)
    .where(
        Tick.schedule.in_(bindparam("schedules", expanding=True)),
        Tick.finished_at.is_(None),
        Tick.lease_until < bindparam("now"),
        Tick.slot > bindparam("since"),
    )
    .order_by(Tick.slot)
)


# Built once, and on the bare table: a worker claims and finishes slots all day, and building costs more than running.
_OURS_AGAIN = (
    update(cast("Table", Tick.__table__))
    .where(
        Tick.schedule == bindparam("of_schedule"),
        Tick.slot == bindparam("of_slot"),
        Tick.finished_at.is_(None),
        Tick.lease_until < bindparam("now"),
    )
    .values(owner=bindparam("by"), lease_until=bindparam("until"))
)
_FINISHED = (
    update(cast("Table", Tick.__table__))
    .where(
        Tick.schedule == bindparam("of_schedule"),
        Tick.slot == bindparam("of_slot"),
        Tick.owner == bindparam("by"),
        Tick.finished_at.is_(None),
    )
    .values(finished_at=bindparam("now"))
)


def claim_tick(session: Session, schedule: str, slot: datetime, owner: str, now: datetime) -> bool:
    """Take a slot that nobody has, or that its owner left unfinished past the lease."""
    until = now + TICK_LEASE
    fresh = {"schedule": schedule, "slot": slot, "owner": owner, "lease_until": until}
    if insert_new(session, Tick, fresh):
        return True
    given = {"of_schedule": schedule, "of_slot": slot, "now": now, "by": owner, "until": until}
    return cast("CursorResult[Any]", session.execute(_OURS_AGAIN, given)).rowcount == 1


def finish_tick(session: Session, schedule: str, slot: datetime, owner: str, now: datetime) -> bool:
    """The slot's work is done. Returns False when somebody else took it over meanwhile: then ours must not count."""
    given = {"of_schedule": schedule, "of_slot": slot, "by": owner, "now": now}
    return cast("CursorResult[Any]", session.execute(_FINISHED, given)).rowcount == 1


def abandoned(session: Session, schedules: Sequence[str], now: datetime) -> dict[str, list[datetime]]:
    """By schedule, the slots that somebody began and did not finish in time, until they are given up; oldest first."""
    found: dict[str, list[datetime]] = {}
    given = {"schedules": schedules, "now": now, "since": now - GIVEN_UP_AFTER}
    for schedule, slot in session.execute(_ABANDONED, given):
        found.setdefault(schedule, []).append(slot)
    return found


def unfinished_since(session: Session, mission_id: str, before: datetime) -> list[str]:
    """Schedules of a mission with a slot that was taken before and is still unfinished."""
    query = select(Tick.schedule).where(
        Tick.schedule.startswith(f"{mission_id}/", autoescape=True), Tick.finished_at.is_(None), Tick.slot < before
    )
    return [name.partition("/")[2] for name in session.scalars(query.distinct().order_by(Tick.schedule))]


def last_slots(session: Session, schedules: Sequence[str], now: datetime) -> dict[str, datetime | None]:
    """By schedule, the newest slot that anybody took. Slots of a clock that went ahead by mistake do not count."""
    given = {f"schedule_{number}": schedule for number, schedule in enumerate(schedules)}
    row = session.execute(_last_slots(len(schedules)), {**given, "now": now}).one()
    return dict(zip(schedules, row, strict=True))


@cache
def _last_slots(count: int) -> Executable:
    """One statement for so many schedules; each finds its newest slot at the end of the key, without a scan."""
    newest = (
        select(func.max(Tick.slot)).where(
            Tick.schedule == bindparam(f"schedule_{number}"), Tick.slot <= bindparam("now")
        )
        for number in range(count)
    )
    return select(*(one.scalar_subquery() for one in newest))


def forget_ticks(session: Session, now: datetime) -> None:
    """Delete slots of long ago, but never a schedule's newest: catching up begins there."""
    newer = aliased(Tick)
    has_newer = select(newer.slot).where(newer.schedule == Tick.schedule, newer.slot > Tick.slot).exists()
    session.execute(
        delete(Tick).where(Tick.slot < now - Tick.kept, has_newer).execution_options(synchronize_session=False)
    )
