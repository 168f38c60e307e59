"""Channels the mission uses, what kind they are and who is in them, as last read from Slack."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Channel(Base):
    """A channel that a setting or a message names. `read_at` is empty until Slack has told about it,
    and long ago when who is in it is in doubt."""

    __tablename__ = "channels"
    kept = "no more than the channels that settings and messages name"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    is_private: Mapped[bool] = mapped_column(default=False)
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_archived: Mapped[bool] = mapped_column(default=False)
    bot_is_member: Mapped[bool] = mapped_column(default=False)
    trouble: Mapped[str | None] = mapped_column(Text)
    read_at: Mapped[datetime | None]


class ChannelMember(Base):
    """Somebody who can read a channel."""

    __tablename__ = "channel_members"
    kept = "who is in those channels now"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)


def get_channel(session: Session, mission_id: str, channel_id: str) -> Channel:
    """The channel's row, made empty when the mission meets it for the first time."""
    channel = session.get(Channel, (mission_id, channel_id))
    if channel is None:
        channel = Channel(mission_id=mission_id, channel_id=channel_id)
        session.add(channel)
        session.flush()
    return channel


def known_channels(session: Session, mission_id: str) -> list[Channel]:
    """Every channel the mission has met."""
    return list(session.scalars(select(Channel).where(Channel.mission_id == mission_id).order_by(Channel.name)))


def members_of(session: Session, mission_id: str, channel_id: str) -> set[str]:
    """User ids of the channel's members as last read."""
    query = select(ChannelMember.user_id).where(
        ChannelMember.mission_id == mission_id, ChannelMember.channel_id == channel_id
    )
    return set(session.scalars(query))


def replace_members(session: Session, mission_id: str, channel_id: str, user_ids: Iterable[str]) -> None:
    """Make `user_ids` the whole membership of a channel."""
    session.execute(
        delete(ChannelMember).where(ChannelMember.mission_id == mission_id, ChannelMember.channel_id == channel_id)
    )
    session.add_all(
        ChannelMember(mission_id=mission_id, channel_id=channel_id, user_id=user) for user in sorted(set(user_ids))
    )
    session.flush()
