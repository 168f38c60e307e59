"""The calendar file of a meeting, for whoever asks for it."""

from __future__ import annotations

from commands.cabinet.handlers.access import MEETING
from commands.cabinet.handlers.agenda.message import agenda_of
from commands.cabinet.handlers.meetings.channels import level_of
from commands.cabinet.handlers.things import series_of
from commands.cabinet.rules.agenda import is_plain
from commands.cabinet.rules.ics import calendar_file
from commands.kit.access import find
from commands.kit.cards import Card
from commands.kit.dates import when_text
from commands.kit.handling import Handling
from commands.kit.names.latin import latin
from commands.kit.post import send_file
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from storage.subjects import Key


def send_calendar(request: Request) -> Answer:
    """Send the file to the person; a meeting that moved gets a new one, which moves the entry."""
    meeting = find(request, MEETING, request.value)
    # A calendar leaves Slack: only titles that anybody may read go along, the meeting's own among them.
    plain_title = level_of(series_of(request, meeting), [meeting]) is Handling.UNCLASSIFIED
    title = meeting.title if plain_title else _("Confidential meeting")
    name = (latin(meeting.title) or "meeting") if plain_title else f"cabinet-{meeting.series_id}"
    plain = [item.title for item in agenda_of(request, meeting).items if is_plain(item, Handling.UNCLASSIFIED)]
    description = "\n".join(f"{number}. {title}" for number, title in enumerate(plain, 1))
    send_file(
        request,
        request.who.user_id,
        f"{name}-{meeting.starts_at.astimezone(request.zone):%Y-%m-%d}.ics",
        calendar_file(meeting, title, request.zone, description, request.now),
        _("{title}, {when}").format(title=meeting.title, when=when_text(meeting.starts_at, request.zone)),
        key=Key.of("cabinet", "ics", meeting.id, meeting.version, request.who.user_id, request.now),
        handling=meeting.handling,
    )
    if request.message is not None and request.view is None:
        return NOTHING_TO_SAY
    return Answer(say=Card(_("The calendar file is on its way to you as a direct message.")))
