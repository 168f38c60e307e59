"""Minutes on their way to their readers: circulated, issued, and what was circulated once they are."""

from __future__ import annotations

from commands.cabinet.handlers.meetings.place import channel_for
from commands.cabinet.handlers.minutes.annex import annex_readers
from commands.cabinet.handlers.minutes.documents import send_later
from commands.cabinet.handlers.minutes.record import read_record
from commands.cabinet.views.minutes.documents import document_data
from commands.cabinet.views.minutes.messages import asks_for_comment, draft_card, is_issued_since, minutes_cards
from commands.kit.post import post, show_to
from commands.kit.promises import withdraw
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes
from storage.posts import shown_about
from storage.subjects import Key, Subject


def tell_secretary(work: Work, minutes: Minutes, meeting: Meeting) -> None:
    """Keep the one message current by which the secretary sees how the minutes stand."""
    with work.speaking_to(meeting.secretary):
        show_to(work, meeting.secretary, Subject.of("minutes", minutes.id, "secretary"), draft_card(minutes, meeting))


def publish(request: Request, minutes: Minutes, meeting: Meeting, occasion: str) -> None:
    """Post the open part in the meeting's channel; the closed part goes to those who may read it, one by one."""
    channel = channel_for(request, meeting, meeting.handling)
    if channel is None:
        raise Refused(_("The meeting's channel is not there, or not everybody in it may read these minutes."))
    with request.speaking_to_everyone():
        record = read_record(request, minutes, meeting)
        cards = minutes_cards(minutes, meeting, document_data(record, request.zone, "", ""))
    subject = Subject.of("minutes", minutes.id, occasion)
    for page, card in enumerate(cards):
        parent = subject if page else None
        about = subject.part(page) if page else subject
        post(request, channel, card, key=Key.of(subject, page), subject=about, thread_of=parent)
    tell_secretary(request, minutes, meeting)
    if record.has_closed:
        for user in annex_readers(request, meeting):
            send_later(request, user, Subject.of("annex", minutes.id), occasion=occasion)


def end_comments(request: Request, minutes: Minutes, meeting: Meeting) -> None:
    """What was circulated stays as it was read, and asks for no comment any more."""
    first = Subject.of("minutes", minutes.id, "circulated")
    channel = meeting.channel_id
    if channel is None:
        return
    with request.speaking_to_everyone():
        said, instead = asks_for_comment(), is_issued_since()
    for subject in [first, *shown_about(request.session, request.mission.id, first)]:
        withdraw(request, channel, subject, said, instead)
