"""Closing a meeting: its record is out, and a channel of its own is archived."""

from __future__ import annotations

from commands.cabinet.handlers.access import MEETING
from commands.cabinet.handlers.changes import attendance_changed
from commands.cabinet.handlers.meetings.channels import of_meeting
from commands.cabinet.handlers.meetings.meant import meeting_ahead
from commands.cabinet.handlers.series.overview import form_of_everything
from commands.cabinet.rules.access import Act
from commands.kit.access import find
from commands.kit.cards import Card, escape
from commands.kit.channels import archive_channel
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.cabinet.meetings import Meeting, MeetingState
from storage.channel_setups import get_setup


def close_here(request: Request) -> Answer:
    """`/cabinet close`: the meeting of this channel, else the one this person leads that waits for it."""
    return close_meeting(request, find(request, MEETING, meeting_ahead(request).id, Act.LEAD, lock=True))


def close_meeting(request: Request, meeting: Meeting) -> Answer:
    """Close a meeting, held for this person, whose record is out. Raises Refused before that."""
    if meeting.state == MeetingState.CLOSED:
        raise Refused(_("This meeting is closed already."))
    if meeting.state != MeetingState.HELD:
        raise Refused(_("This meeting is not over. End it first with the button *The meeting*."))
    if meeting.record_issued_at is None:
        raise Refused(
            _("The minutes of this meeting are not issued yet. {command} opens them.").format(
                command=f"`{request.command('cabinet')} minutes`"
            )
        )
    archived = shut(request, meeting)
    text = _("*{title}* is closed, and its channel is archived.") if archived else _("*{title}* is closed.")
    note = text.format(title=escape(meeting.title))
    if request.in_form:
        return Answer(update=form_of_everything(request, note))
    return Answer(say=Card(note))


def shut(work: Work, meeting: Meeting) -> bool:
    """Write down that a meeting is closed. Returns whether a channel of its own is archived with it."""
    meeting.state, meeting.closed_at = MeetingState.CLOSED, work.now
    work.record("meeting.closed", ("meeting", meeting.id))
    setup = get_setup(work.session, work.mission.id, of_meeting(meeting.id))
    if setup is None or setup.channel_id is None:
        attendance_changed(work, meeting)
        return False
    archive_channel(work, setup)
    return True
