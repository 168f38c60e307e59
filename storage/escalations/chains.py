"""Chains: through whom an escalation climbs, and what a mission decided about its times and its office channel."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, Json, OfMission


class StepWho(StrEnum):
    """Whom a step of a chain reaches."""

    ROLE = "role"
    PERSON = "person"
    AGENCY_HEAD = "agency_head"
    DUTY_ROSTER = "duty_roster"


class StepHours(StrEnum):
    """When a step is told: always, only in duty hours, or only outside them."""

    ANY = "any"
    DUTY = "duty"
    OFF_DUTY = "off_duty"


class AtEnd(StrEnum):
    """Who hears when the last step brought no acknowledgement."""

    COORDINATORS = "coordinators"
    PERSON = "person"


class Chain(OfMission, Base):
    """An ordered chain of steps. From the last step it goes back to step `repeat_from` (from 0), `repeat_times` times.

    A running escalation keeps the copy it started with. A chain that is no longer used is retired, not deleted.
    """

    __tablename__ = "escalation_chains"
    kept = "a few chains of the mission"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    is_default: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
    repeat_from: Mapped[int] = mapped_column(default=0)
    repeat_times: Mapped[int] = mapped_column(default=0)
    at_end: Mapped[str] = mapped_column(String(16), default=AtEnd.COORDINATORS)
    stand_in: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(String(32))

    steps: Mapped[list[ChainStep]] = relationship(
        order_by="ChainStep.position", cascade="all, delete-orphan", lazy="selectin"
    )


class ChainStep(OfMission, Base):
    """A step. `who` with `who_value`: a role's name, a user id; for the duty roster a
    post's code, or nothing for whoever is on duty; empty for an agency's head.

    `wait_minutes` pass (in duty hours, unless immediate) before the next step. `severities` lists those it is for,
    none meaning all. `hours` are the duty hours in `zone`, the mission's zone when it is empty. `by_email` sends it by
    e-mail as well.
    """

    __tablename__ = "escalation_chain_steps"
    kept = "replaced with their chain, never added to it"
    __table_args__ = (Index("uq_escalation_chain_steps_chain_id_position", "chain_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("escalation_chains.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(String(16))
    who_value: Mapped[str] = mapped_column(String(64), default="")
    wait_minutes: Mapped[int]
    severities: Mapped[list[str]] = mapped_column(default=list)
    hours: Mapped[str] = mapped_column(String(16), default=StepHours.ANY)
    zone: Mapped[str] = mapped_column(String(64), default="")
    by_email: Mapped[bool] = mapped_column(default=False)


class EscalationSettings(Base):
    """What a mission decided about its escalations; what is not there is the room's default.

    `times` maps a severity to minutes: `{"urgent": {"ack": 120, "decide": 480, "stale": 240, "grace": 60}}`.
    """

    __tablename__ = "escalation_settings"
    kept = "one row for each mission"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    office_channel: Mapped[str | None] = mapped_column(String(32))
    times: Mapped[Json] = mapped_column(default=dict)
    digest_channel: Mapped[str | None] = mapped_column(String(32))
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(String(32))


def get_settings(session: Session, mission_id: str) -> EscalationSettings | None:
    """What the mission decided, if it decided anything."""
    return session.get(EscalationSettings, mission_id)


def chain_to_change(session: Session, mission_id: str) -> Chain | None:
    """The mission's own default chain, freshly read and held until the transaction ends."""
    query = select(Chain).where(Chain.mission_id == mission_id, Chain.is_retired.is_(False), Chain.is_default.is_(True))
    query = query.order_by(Chain.id).limit(1).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).first()


def all_chains(session: Session, mission_id: str) -> list[Chain]:
    """The chains in use, the default first."""
    query = select(Chain).where(Chain.mission_id == mission_id, Chain.is_retired.is_(False))
    return list(session.scalars(query.order_by(Chain.is_default.desc(), Chain.name, Chain.id)))
