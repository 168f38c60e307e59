"""Convening a meeting: its channel is made or furnished, and its members are told."""

from __future__ import annotations

from commands.cabinet.handlers.meetings.channels import open_channel
from commands.cabinet.handlers.things import on_record
from commands.cabinet.rules.states import meeting_may_become
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Work
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import Series


def convene(work: Work, series: Series, meeting: Meeting) -> None:
    """Make the meeting one that its members know of. Raises Refused for one that is over or cancelled."""
    again = meeting.state == MeetingState.CONVENED
    if not again:
        if not meeting_may_become(meeting.state, MeetingState.CONVENED):
            raise Refused(_("This meeting is over or cancelled; it cannot be convened again."))
        meeting.state, meeting.convened_at = MeetingState.CONVENED, work.now
        work.session.flush()
        work.record("meeting.convened", ("meeting", meeting.id), title=on_record(meeting.title, meeting.handling))
    setup = open_channel(work, series, meeting)
    if again:
        work.record("channel.again", ("setup", setup.id), new=False)
