"""Channels that are being made: how far each has come, so that whoever goes on after a crash goes on from there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.subjects import Subject


class SetupState(StrEnum):
    """Where a channel's set-up stands. `broken` waits for a person: the trouble says why."""

    RUNNING = "running"
    READY = "ready"
    BROKEN = "broken"
    ARCHIVED = "archived"


class ChannelSetup(OfMission, Base):
    """A channel and everything that belongs in it. `subject` names what it is for, for example `cabinet:series:3`.

    `room` hears how it goes. `attempt` numbers the names tried; `marker` stands in the channel's purpose and tells our
    own channel from one that only has the same name. `step` is the one that is being made. `invited` lists whoever
    this product has brought into the channel; `refused` has Slack's reason by person. `troubles` has Slack's code by
    step that it refused; a broken set-up stopped there. `bookmarks` has Slack's ids by title, `pinned` the
    timestamps of pinned messages.
    """

    __tablename__ = "channel_setups"
    kept = "one for each channel we made: by it we know the channel for ours"
    __table_args__ = (
        Index("uq_channel_setups_mission_id_subject", "mission_id", "subject", unique=True),
        Index("ix_channel_setups_channel", "mission_id", "channel_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    room: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default=SetupState.RUNNING)
    step: Mapped[str] = mapped_column(String(64), default="create")
    name: Mapped[str] = mapped_column(String(80))
    attempt: Mapped[int] = mapped_column(default=0)
    marker: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    wanted: Mapped[list[str]] = mapped_column(default=list)
    invited: Mapped[list[str]] = mapped_column(default=list)
    refused: Mapped[Json] = mapped_column(default=dict)
    troubles: Mapped[Json] = mapped_column(default=dict)
    channel_id: Mapped[str | None] = mapped_column(String(32))
    channel_name: Mapped[str] = mapped_column(Text, default="")
    canvas_id: Mapped[str | None] = mapped_column(String(32))
    bookmarks: Mapped[Json] = mapped_column(default=dict)
    pinned: Mapped[list[str]] = mapped_column(default=list)
    asked_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]


def get_setup(session: Session, mission_id: str, subject: Subject) -> ChannelSetup | None:
    """The channel of a subject, made or in the making."""
    query = select(ChannelSetup).where(ChannelSetup.mission_id == mission_id, ChannelSetup.subject == str(subject))
    return session.scalars(query).first()


def lock_setup(session: Session, mission_id: str, setup_id: int) -> ChannelSetup | None:
    """The set-up, held until the transaction ends."""
    query = select(ChannelSetup).where(ChannelSetup.id == setup_id, ChannelSetup.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def setup_of_channel(session: Session, mission_id: str, channel_id: str) -> ChannelSetup | None:
    """Whose channel this is, if this product made it."""
    query = select(ChannelSetup).where(ChannelSetup.mission_id == mission_id, ChannelSetup.channel_id == channel_id)
    return session.scalars(query).first()


def ready_setups(session: Session, mission_id: str, room: str) -> list[ChannelSetup]:
    """The channels of a room that are in use."""
    query = select(ChannelSetup).where(
        ChannelSetup.mission_id == mission_id, ChannelSetup.room == room, ChannelSetup.state == SetupState.READY
    )
    return list(session.scalars(query.order_by(ChannelSetup.id)))
