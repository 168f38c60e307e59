"""The channel of a meeting, as a place for what is said of it."""

from __future__ import annotations

from commands.kit.handling import Handling
from commands.kit.places import place_of_channel, why_not
from commands.kit.work import Work
from storage.cabinet.meetings import Meeting


def channel_for(work: Work, meeting: Meeting | None, handling: str) -> str | None:
    """The meeting's channel, if texts of this level may go there."""
    if meeting is None or meeting.channel_id is None:
        return None
    level = Handling(handling)
    if level is not Handling.UNCLASSIFIED and why_not(work, level, meeting.channel_id):
        return None
    return None if place_of_channel(work.session, work.mission, meeting.channel_id).is_archived else meeting.channel_id
