"""Closing a meeting: its record is out, and a channel of its own is archived."""

from __future__ import annotations

from commands.cabinet.handlers.access import led_meeting, refuse_unless_leading
from commands.cabinet.handlers.agenda import the_meeting
from commands.cabinet.handlers.keeping import form_of_everything
from commands.kit.channel_keeping import archive_channel
from commands.kit.refused import Refused
from commands.kit.say import Card, escape
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.cabinet import Series
from storage.cabinet_meetings import Meeting, MeetingState
from storage.channel_setups import get_setup


def close_here(ask: Ask) -> Answer:
    """`/cabinet close`: the meeting of this channel, else the one this person leads that waits for it."""
    meeting, _series = the_meeting(ask)
    meeting, series = led_meeting(ask, str(meeting.id))
    return close_meeting(ask, series, meeting)


def close_meeting(ask: Ask, series: Series, meeting: Meeting) -> Answer:
    """Close a meeting whose record is out. Raises Refused before that."""
    refuse_unless_leading(ask, meeting)
    if meeting.state == MeetingState.CLOSED:
        raise Refused(_("This meeting is closed already."))
    if meeting.state != MeetingState.HELD:
        raise Refused(_("This meeting is not over. End it first with the button *The meeting*."))
    if meeting.record_issued_at is None:
        raise Refused(
            _("The minutes of this meeting are not issued yet. {command} opens them.").format(
                command=f"`{ask.command('cabinet')} minutes`"
            )
        )
    archived = shut(ask, meeting)
    text = _("*{title}* is closed, and its channel is archived.") if archived else _("*{title}* is closed.")
    note = text.format(title=escape(meeting.title))
    if ask.view is not None and ask.view.kind == "modal":
        return Answer(update=form_of_everything(ask, note))
    return Answer(say=Card(note))


def shut(work: Work, meeting: Meeting) -> bool:
    """Write down that a meeting is closed. Returns whether a channel of its own is archived with it."""
    meeting.state, meeting.closed_at = MeetingState.CLOSED, work.now
    work.record("meeting.closed", ("meeting", meeting.id))
    setup = get_setup(work.session, work.mission.id, f"cabinet:meeting:{meeting.id}")
    if setup is None or setup.channel_id is None:
        return False
    archive_channel(work, setup)
    return True
