"""Channels the mission uses, what kind they are and who is in them, as last read from Slack."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.compartments import Compartment
from storage.upsert import find_or_make, insert_missing, insert_new


class Channel(Base):
    """A channel that a setting or a message names. `read_at` is empty until Slack has told about it,
    and long ago when who is in it is in doubt.

    `confidential_at` is when a text of ours that is not for everybody last left for it, to the day: from then on it is
    known who reads there. `compartment` is the side whose own channel it is. `told_of` lists the user ids, and the ways
    of the channel itself, that were told as reading such texts although they may not.
    """

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
    confidential_at: Mapped[datetime | None]
    told_of: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    compartment: Mapped[str] = mapped_column(
        String(8), default=Compartment.MISSION, server_default=Compartment.MISSION.value
    )


class ChannelMember(Base):
    """Somebody who can read a channel."""

    __tablename__ = "channel_members"
    kept = "who is in those channels now"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)


def get_channel(session: Session, mission_id: str, channel_id: str) -> Channel:
    """The channel's row, made empty when the mission meets it for the first time."""
    return find_or_make(session, Channel, {"mission_id": mission_id, "channel_id": channel_id})


def lock_channel(session: Session, mission_id: str, channel_id: str) -> Channel:
    """The same, held until the transaction ends: who is in a channel is written by one at a time."""
    get_channel(session, mission_id, channel_id)
    query = select(Channel).where(Channel.mission_id == mission_id, Channel.channel_id == channel_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def channel_of_side(session: Session, mission_id: str, compartment: Compartment) -> str | None:
    """The one channel of a side, once it has one."""
    query = select(Channel.channel_id).where(Channel.mission_id == mission_id, Channel.compartment == compartment)
    return session.scalar(query)


def side_of_channel(session: Session, mission_id: str, channel_id: str | None) -> Compartment:
    """The side whose own channel this is; the mission's for every other, and while there is no channel yet."""
    known = session.get(Channel, (mission_id, channel_id)) if channel_id else None
    return Compartment(known.compartment) if known is not None else Compartment.MISSION


def give_channel_to_side(session: Session, mission_id: str, compartment: Compartment, channel_id: str) -> None:
    """Make this the one channel of a side, in place of another one."""
    before = channel_of_side(session, mission_id, compartment)
    if before is not None:
        lock_channel(session, mission_id, before).compartment = Compartment.MISSION
    lock_channel(session, mission_id, channel_id).compartment = compartment
    session.flush()


def mark_unseen(session: Session, mission_id: str, channel_id: str, trouble: str) -> None:
    """Slack would not show us the channel; `trouble` is its code."""
    row = get_channel(session, mission_id, channel_id)
    row.trouble, row.bot_is_member, row.read_at = trouble, False, None


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
    insert_missing(
        session,
        ChannelMember,
        [{"mission_id": mission_id, "channel_id": channel_id, "user_id": user} for user in sorted(set(user_ids))],
    )


def add_member(session: Session, mission_id: str, channel_id: str, user_id: str) -> None:
    """Somebody came into a channel."""
    insert_new(session, ChannelMember, {"mission_id": mission_id, "channel_id": channel_id, "user_id": user_id})


def confidential_channels(session: Session, mission_id: str) -> list[Channel]:
    """Channels where Confidential texts of ours stand, and that we can see."""
    query = select(Channel).where(
        Channel.mission_id == mission_id, Channel.confidential_at.is_not(None), Channel.trouble.is_(None)
    )
    return list(session.scalars(query.order_by(Channel.channel_id)))


def confidential_channels_of(session: Session, mission_id: str, user_id: str) -> list[str]:
    """Ids of the channels where Confidential texts of ours stand and that this person is in."""
    query = (
        select(Channel.channel_id)
        .join(
            ChannelMember,
            (ChannelMember.mission_id == Channel.mission_id) & (ChannelMember.channel_id == Channel.channel_id),
        )
        .where(
            Channel.mission_id == mission_id,
            Channel.confidential_at.is_not(None),
            ChannelMember.user_id == user_id,
        )
    )
    return list(session.scalars(query.order_by(Channel.channel_id)))
