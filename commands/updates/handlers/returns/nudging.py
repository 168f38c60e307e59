"""A coordinator reminds an agency now."""

from __future__ import annotations

from commands.kit.access import find
from commands.kit.dates import both_times
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.chasing import note_reminded
from commands.updates.handlers.notices import ring
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.handlers.participants import read_participants
from commands.updates.handlers.settling import refuse_closed
from commands.updates.handlers.status import each_view
from commands.updates.rules.access import Act
from commands.updates.rules.ladder import BREATH, too_soon
from commands.updates.views.answered import nothing_owed_card
from storage.updates.notices import NoticeKind
from storage.updates.returns import STILL_OWED


def remind_now(request: Request) -> Answer:
    """Let the message of whoever is in charge of a return ring; once an hour at most, whoever asks."""
    owed = find_owed(request, request.value)
    find(request, ROUND, owed.round.id, Act.LEAD)
    refuse_closed(owed)
    if owed.given.state not in STILL_OWED:
        return Answer(say=nothing_owed_card(owed))
    around = read_participants(request, owed.round, [owed.given])
    user = around.in_charge(owed.given)
    if user is None:
        raise Refused(_("{agency} has nobody to ask.").format(agency=owed.agency.code))
    told = around.notices.get(owed.given.id, [])
    last = max((note.at for note in told), default=None)
    if last is not None and too_soon(last, request.now):
        again = both_times(last + BREATH, request.zone)
        text = _("{agency} was asked or reminded less than an hour ago. You can remind it again: {when}")
        raise Refused(text.format(agency=owed.agency.code, when=again))
    before = [note for note in told if note.kind == NoticeKind.NUDGE and note.user_id == user]
    note_reminded(around, owed.given, user, NoticeKind.NUDGE, len(before), by=request.who.user_id)
    ring(request, owed.round, [user])
    request.record("return.nudged", ("return", owed.given.id), agency=owed.agency.code, to=user)
    changed(request, owed)
    return opened(
        request, each_view(request, owed.round, 0, note=_("{agency} is reminded.").format(agency=owed.agency.code))
    )
