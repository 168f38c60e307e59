"""What Slack has delivered already, and what it was answered, so that a second delivery has no second effect."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Index, String, Table, bindparam, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json
from storage.connection.ready import Ready
from storage.upsert import insert_new


class Delivery(Base):
    """One delivery from Slack, known by its key (event id, trigger id, or view id and hash)."""

    __tablename__ = "inbox"
    kept = timedelta(days=2)
    __table_args__ = (Index("ix_inbox_seen_at", "seen_at"),)

    mission_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]
    answer: Mapped[Json | None]


_TABLE = cast("Table", Delivery.__table__)
_ANSWER = Ready(
    update(_TABLE)
    .where(_TABLE.c.mission_id == bindparam("of_mission"), _TABLE.c.key == bindparam("of_key"))
    .values(answer=bindparam("answer"))
)


def first_time(session: Session, mission_id: str, key: str, now: datetime) -> bool:
    """Claim a delivery. Returns False when it came before; waits for a twin that is being worked on right now."""
    return insert_new(session, Delivery, {"mission_id": mission_id, "key": key, "seen_at": now})


def remember_answer(session: Session, mission_id: str, key: str, answer: Json) -> None:
    """Keep what was answered, to answer the same again."""
    _ANSWER.run(session, {"of_mission": mission_id, "of_key": key, "answer": answer})


def earlier_answer(session: Session, mission_id: str, key: str) -> Json | None:
    """What this delivery was answered when it came first."""
    delivery = session.get(Delivery, (mission_id, key))
    return delivery.answer if delivery else None


def forget_old(session: Session, now: datetime) -> None:
    """Delete deliveries that Slack can no longer repeat: it does so for minutes."""
    session.execute(delete(Delivery).where(Delivery.seen_at < now - Delivery.kept))
