"""How often a person did something that reaches others, counted by hour or day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Index, String, Table, bindparam, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Spent(Base):
    """What one person used up of a limit in the span that began at `since`."""

    __tablename__ = "spent"
    kept = timedelta(days=2)
    __table_args__ = (Index("ix_spent_since", "since"),)

    mission_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    what: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


def spend(session: Session, mission_id: str, user_id: str, what: str, since: datetime, count: int) -> int:
    """Add to what somebody used up in a span. Returns the sum with this; a rollback takes it back."""
    row = {"mission_id": mission_id, "user_id": user_id, "what": what, "since": since, "count": count}
    return int(session.execute(_statement(session.get_bind().dialect.name), row).scalar_one())


@cache
def _statement(dialect: str) -> Any:
    table = cast("Table", Spent.__table__)
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    added = insert(table).values({column.name: bindparam(column.name) for column in table.columns})
    summed = table.c["count"] + added.excluded["count"]
    key = [column.name for column in table.primary_key.columns]
    return added.on_conflict_do_update(index_elements=key, set_={"count": summed}).returning(table.c["count"])


def forget_spent(session: Session, now: datetime) -> None:
    """Delete the counts of spans that are over."""
    session.execute(delete(Spent).where(Spent.since < now - Spent.kept))
