"""Slack may give a channel another id, when it is shared or converted: everything that names it follows at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Column, String, Table, delete, select, update
from sqlalchemy.orm import Session

from storage.base import Base
from storage.channels.known import Channel, ChannelMember, get_channel
from storage.funding.summaries import SummaryPlan
from storage.missions import Mission
from storage.outbox.queue import OutboxRow, State

# A person's direct messages are theirs alone, and keep their id.
NEVER_CHANGES = "dm_channel"


def renumber_channel(session: Session, mission_id: str, old: str, new: str) -> bool:
    """Call a channel by its new id wherever it stands. Returns False when the mission does not know it."""
    known = session.get(Channel, (mission_id, old))
    if known is None:
        return False
    _move_channel(session, mission_id, known, new)
    for table, column in channel_columns():
        owner = table.c.id if table is Mission.__table__ else table.c.mission_id
        session.execute(update(table).where(owner == mission_id, column == old).values({column.name: new}))
    for plan in session.scalars(select(SummaryPlan).where(SummaryPlan.mission_id == mission_id)):
        plan.channels = [new if one == old else one for one in plan.channels]
    _move_messages(session, mission_id, old, new)
    session.flush()
    session.expire_all()
    return True


def channel_columns() -> Iterator[tuple[Table, Column[str]]]:
    """Every column that holds a channel's id, but those that know the channel itself."""
    own = {cast("Table", Channel.__table__), cast("Table", ChannelMember.__table__)}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            names_one = column.name == "channel_id" or column.name.endswith("_channel")
            if names_one and table not in own and column.name != NEVER_CHANGES and isinstance(column.type, String):
                yield table, column


def _move_channel(session: Session, mission_id: str, known: Channel, new: str) -> None:
    """What is known of the channel, as the new one's; who is in it is read anew before anything Confidential goes."""
    row = get_channel(session, mission_id, new)
    row.name, row.is_private, row.is_shared = known.name, known.is_private, known.is_shared
    row.is_archived, row.bot_is_member, row.trouble = known.is_archived, known.bot_is_member, known.trouble
    row.confidential_at, row.told_of, row.read_at = known.confidential_at, known.told_of, None
    row.compartment = known.compartment
    of_channel = (ChannelMember.mission_id == mission_id, ChannelMember.channel_id == known.channel_id)
    session.execute(delete(ChannelMember).where(*of_channel))
    session.delete(known)


def _move_messages(session: Session, mission_id: str, old: str, new: str) -> None:
    """Messages that have yet to leave, and those that left: by these it is known what stands there."""
    states = OutboxRow.state.in_([State.PENDING, State.SENT])
    there = OutboxRow.arguments["channel"].as_string() == old
    lanes = (OutboxRow.lane == old) | OutboxRow.lane.startswith(f"{old}/", autoescape=True)
    named = select(OutboxRow).where(OutboxRow.mission_id == mission_id, states, there | lanes)
    for row in session.scalars(named):
        if row.arguments.get("channel") == old:
            row.arguments = {**row.arguments, "channel": new}
        if row.lane == old or row.lane.startswith(f"{old}/"):
            row.lane = new + row.lane.removeprefix(old)
