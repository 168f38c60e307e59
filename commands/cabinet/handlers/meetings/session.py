"""Running a meeting: begin it, settle item after item, end it."""

from __future__ import annotations

from commands.cabinet.handlers.access import ITEM, MEETING
from commands.cabinet.handlers.agenda.carry_over import carry_over
from commands.cabinet.handlers.changes import session_changed
from commands.cabinet.handlers.decisions.entry import open_decision
from commands.cabinet.handlers.meetings.items import allow, settle, the_form
from commands.cabinet.handlers.meetings.meant import meeting_meant
from commands.cabinet.handlers.minutes.stages import draft_minutes
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.deciding import BEGINS_FROM, Outcome
from commands.cabinet.views.meetings.session import REASON, reason_form
from commands.cabinet.views.notes import OutcomeNotes
from commands.kit.access import find
from commands.kit.dates import both_times
from commands.kit.pressed import choice_in, parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.cabinet.items import ItemState, items_of_meeting
from storage.cabinet.meetings import Meeting, MeetingState

# A meeting begins at most so many hours before its time: earlier it is the wrong meeting.
EARLY_HOURS = 2


def open_run(request: Request) -> Answer:
    """The meeting with its items, for the chair and the secretary."""
    named = request.value
    meeting = find(request, MEETING, named, Act.RECORD) if named else meeting_meant(request, Act.RECORD)
    return opened(request, the_form(request, meeting))


def begin(request: Request) -> Answer:
    """The meeting is in session."""
    meeting = find(request, MEETING, request.value, Act.RECORD, lock=True)
    if meeting.state not in BEGINS_FROM:
        raise Refused(_("This meeting has begun already, or it is over."))
    if (meeting.starts_at - request.now).total_seconds() > EARLY_HOURS * 3600:
        raise Refused(
            _("This meeting starts {when}. Move it first, if it is held now.").format(when=_when(request, meeting))
        )
    meeting.state, meeting.opened_at = MeetingState.IN_SESSION, request.now
    request.record("meeting.begin", ("meeting", meeting.id))
    session_changed(request, meeting)
    return opened(request, the_form(request, meeting))


def _when(request: Request, meeting: Meeting) -> str:
    return both_times(meeting.starts_at, request.zone)


def end(request: Request) -> Answer:
    """The meeting is over: what was not reached is deferred, and the draft minutes are written."""
    meeting = find(request, MEETING, request.value, Act.RECORD, lock=True)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(_("This meeting is not in session."))
    with request.speaking_to_everyone():
        reason = _("Not reached in the meeting.")
    for item in items_of_meeting(request.session, meeting.id, (ItemState.SCHEDULED,)):
        item.state, item.reason, item.settled_at, item.updated_at = ItemState.DEFERRED, reason, request.now, request.now
        request.record("item.defer", ("item", item.id), reason="not reached")
    meeting.state, meeting.held_at = MeetingState.HELD, request.now
    request.record("meeting.end", ("meeting", meeting.id))
    session_changed(request, meeting)
    draft_minutes(request, meeting)
    carry_over(request, meeting.series_id)
    return opened(request, the_form(request, meeting))


def only_opens(value: str) -> bool:
    """Whether a choice for an item only opens a form."""
    return parts_of(value, 2)[0] != Outcome.DISCUSS


def choose_outcome(request: Request) -> Answer:
    """Something was chosen for an item: done at once, or asked for in a form."""
    word, identity = parts_of(request.value, 2)
    item, outcome = find(request, ITEM, identity), choice_in(Outcome, word)
    if outcome is Outcome.DECIDE:
        return open_decision(request, item)
    meeting = allow(request, item, outcome)
    if outcome is Outcome.DISCUSS:
        settle(request, item, outcome, "")
        return opened(request, the_form(request, meeting))
    return opened(request, reason_form(item, outcome, "run"))


def take_outcome(request: Request) -> Answer:
    """The reason for deferring or withdrawing was given."""
    notes = request.noted(OutcomeNotes)
    item, outcome = find(request, ITEM, notes.item), choice_in(Outcome, notes.outcome or Outcome.DEFER)
    meeting = allow(request, item, outcome)
    reason = request.fields.text(REASON)
    if not reason:
        raise Refused(_("Give the reason; it stands in the minutes."), REASON)
    settle(request, item, outcome, reason)
    return Answer(update=the_form(request, meeting))
