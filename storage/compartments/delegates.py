"""Who was named to a side by its head. The head is whoever holds the side's role, and stands in no table here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.compartments.sides import Compartment
from storage.upsert import insert_new


class Delegate(Base):
    """Somebody who works on a side, by its head's word."""

    __tablename__ = "compartment_delegates"
    kept = "who is named to which side now; the audit record says who was"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    compartment: Mapped[str] = mapped_column(String(8), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    named_by: Mapped[str] = mapped_column(String(32))
    named_at: Mapped[datetime]


def delegates_of(session: Session, mission_id: str, compartment: Compartment) -> list[Delegate]:
    """The people named to a side, in the order in which they were named."""
    query = select(Delegate).where(Delegate.mission_id == mission_id, Delegate.compartment == compartment)
    return list(session.scalars(query.order_by(Delegate.named_at, Delegate.user_id)))


def add_delegate(
    session: Session, mission_id: str, compartment: Compartment, user_id: str, *, by: str, now: datetime
) -> bool:
    """Name somebody to a side. Returns False, and changes nothing, when they are named already."""
    key = {"mission_id": mission_id, "compartment": compartment, "user_id": user_id}
    return insert_new(session, Delegate, {**key, "named_by": by, "named_at": now})


def drop_delegate(session: Session, mission_id: str, compartment: Compartment, user_id: str) -> bool:
    """Take somebody off a side. Returns False when they were not named to it."""
    named = session.get(Delegate, (mission_id, compartment, user_id), with_for_update=True)
    if named is None:
        return False
    session.delete(named)
    session.flush()
    return True
