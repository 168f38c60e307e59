"""A meeting at another moment, and telling whoever knows of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from commands.cabinet.handlers.changes import meeting_changed
from commands.cabinet.handlers.meetings.slots import set_timers
from commands.cabinet.handlers.series.seats import people_to_invite
from commands.cabinet.rules.calendar import moments_of
from commands.cabinet.views.notices import moved_again_card
from commands.kit.cards import Card
from commands.kit.dates import read_calendar
from commands.kit.people import learn_people
from commands.kit.post import tell
from commands.kit.promises import redraw_about
from commands.kit.work import Work
from storage.cabinet.meetings import Meeting, get_meeting
from storage.cabinet.series import Series
from storage.subjects import Key, Subject


def put_at(work: Work, series: Series, meeting: Meeting, starts: datetime) -> None:
    """Let a meeting that has not begun start at another moment, with everything that hangs on its start."""
    length = meeting.ends_at - meeting.starts_at
    moments = moments_of(series, starts, read_calendar(work))
    before = meeting.starts_at
    meeting.starts_at, meeting.ends_at = starts, starts + length
    meeting.papers_at, meeting.record_at = moments.papers, starts + length + (moments.record - moments.ends)
    meeting.call_at = moments.call if meeting.called_at is None else meeting.call_at
    meeting.version += 1
    work.session.flush()
    set_timers(work, meeting)
    work.record("meeting.moved", ("meeting", meeting.id), before=before.isoformat(), now=starts.isoformat())
    meeting_changed(work, meeting)


def tell_invited(work: Work, series: Series, meeting: Meeting, card: Callable[[], Card]) -> None:
    """Tell whoever knows of the meeting; before it was convened or called for, nobody does."""
    if meeting.convened_at is None and meeting.called_at is None:
        return
    # What people were told of an earlier move is not true any more.
    redraw_about(work, "cabinet:moved", _moved(meeting))
    people = people_to_invite(work, series, meeting.handling, (meeting.chair, meeting.secretary))
    learn_people(work, people)
    for user in people:
        if user != work.actor:
            with work.speaking_to(user):
                key = Key.of("cabinet", "meeting", meeting.id, meeting.version, user)
                tell(work, user, card(), key=key, subject=Subject.of(_moved(meeting), meeting.version, user))


def _moved(meeting: Meeting) -> Subject:
    return Subject.of("cabinet", "moved", meeting.id)


def draw_moved(work: Work, subject: Subject) -> Card | None:
    """What somebody was told of a move, once the meeting has moved again or is cancelled."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    if meeting is None:
        return None
    with work.speaking_to(subject.ids[-1]):
        return moved_again_card(meeting, work.zone)
