"""What the mission knows of its people taken together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.people import Person


def directory_age(session: Session, mission_id: str) -> tuple[int, datetime | None]:
    """How many people the mission knows who are still there, and when the one read longest ago was read."""
    query = select(func.count(), func.min(Person.seen_at)).where(
        Person.mission_id == mission_id, Person.is_gone.is_(False)
    )
    count, oldest = session.execute(query).one()
    return count, oldest


def people_with_home(session: Session, mission_id: str) -> list[str]:
    """User ids of everybody who has opened App Home."""
    query = select(Person.user_id).where(Person.mission_id == mission_id, Person.home_opened_at.is_not(None))
    return list(session.scalars(query.order_by(Person.user_id)))
