"""What the machine found out about itself, for `/mission health` to say in plain words.

Facts in use: `worker:heartbeat` {at, owner, mail}; `identity:DIGEST` {team_id, bot_user_id, bot_id} by token;
`database` {kind, current}; per mission `slack:scopes` {granted, needed}, `granted` being null where Slack sent no list,
and `slack:auth` {ok, error, passes}: whether the trouble passes. Moments in values are ISO 8601 texts with an offset.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json
from storage.upsert import insert_new


class MachineFact(Base):
    """One fact: what was found and when. `mission_id` is empty for facts about the installation itself."""

    __tablename__ = "machine_facts"
    kept = "one row for each thing that is known, replaced in place"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    mission_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("missions.id"), index=True)
    value: Mapped[Json]
    written_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it is read: its value and how old it is."""

    written_at: datetime
    value: dict[str, Any] = field(default_factory=dict)


def put_fact(session: Session, name: str, value: Json, now: datetime, *, mission_id: str | None = None) -> None:
    """Write a fact, in place of the one that stood there. With `mission_id` every mission has its own."""
    key = f"{name}:{mission_id}" if mission_id else name
    if insert_new(session, MachineFact, {"name": key, "mission_id": mission_id, "value": value, "written_at": now}):
        return
    fact = session.get_one(MachineFact, key, with_for_update=True)
    fact.value = value
    fact.written_at = now
    session.flush()


def find_fact(session: Session, name: str) -> Fact | None:
    """A fact about the installation."""
    fact = session.get(MachineFact, name)
    return Fact(fact.written_at, fact.value) if fact is not None and fact.mission_id is None else None


def get_facts(session: Session, mission_id: str) -> dict[str, Fact]:
    """The facts about the installation and about this mission, by the name they were put under."""
    query = select(MachineFact).where(or_(MachineFact.mission_id == mission_id, MachineFact.mission_id.is_(None)))
    suffix = f":{mission_id}"
    return {
        fact.name.removesuffix(suffix) if fact.mission_id else fact.name: Fact(fact.written_at, fact.value)
        for fact in session.scalars(query)
    }
