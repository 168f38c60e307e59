"""The agenda goes out: everybody in the channel is told, and the papers stand in the thread of the agenda."""

from __future__ import annotations

from commands.cabinet.handlers.agenda.call import refresh_calls, tell_secretary
from commands.cabinet.handlers.agenda.message import agenda_of, card_subject, refresh_agenda
from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.rules.agenda import is_plain
from commands.cabinet.views.notices import papers_card
from commands.kit.post import post, send_file_to_channel
from commands.kit.words import ngettext
from commands.kit.work import Work
from storage.cabinet.items import papers_of
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, lock_meeting
from storage.cabinet.series import get_series
from storage.channel_setups import SetupState, setup_of_channel
from storage.subjects import Key, Subject


def send_papers(work: Work, subject: Subject) -> None:
    """The moment has come."""
    meeting = lock_meeting(work.session, work.mission.id, subject.number())
    if meeting is not None:
        send_papers_of(work, meeting)


def send_papers_of(work: Work, meeting: Meeting) -> None:
    """Send the agenda out, once, as soon as it is due and the channel is there."""
    series = get_series(work.session, work.mission.id, meeting.series_id)
    due = meeting.papers_at <= work.now and meeting.papers_sent_at is None and meeting.state in AHEAD
    if series is None or not due:
        return
    if meeting.state == MeetingState.PLANNED:
        convene(work, series, meeting)
    setup = setup_of_channel(work.session, work.mission.id, meeting.channel_id) if meeting.channel_id else None
    if setup is None or setup.state != SetupState.READY:
        return  # Whoever finishes the channel comes back here.
    meeting.papers_sent_at = work.now
    work.record("meeting.papers", ("meeting", meeting.id))
    refresh_agenda(work, meeting)
    refresh_calls(work, meeting)
    tell_secretary(work, meeting)
    _post(work, meeting)


def _post(work: Work, meeting: Meeting) -> None:
    channel, subject = str(meeting.channel_id), card_subject(meeting)
    with work.speaking_to_everyone():
        items = agenda_of(work, meeting).items
        count = ngettext("{count} item", "{count} items", len(items)).format(count=len(items))
        post(work, channel, papers_card(meeting, count), key=Key.of("cabinet", "papers", meeting.id))
    papers = papers_of(work.session, [item.id for item in items])
    for item in items:
        paper = papers.get(item.id)
        if paper is not None and is_plain(item, meeting.handling):
            key = Key.of("cabinet", "paper", meeting.id, item.id)
            send_file_to_channel(
                work,
                channel,
                paper.name,
                paper.content,
                item.title,
                key=key,
                handling=item.handling,
                thread_of=subject,
            )
