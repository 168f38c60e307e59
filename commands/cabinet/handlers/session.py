"""Running a meeting: begin it, settle item after item, end it."""

from __future__ import annotations

from commands.cabinet.handlers.attendance import show_attendance
from commands.cabinet.handlers.carrying import carry_over
from commands.cabinet.handlers.deciding import open_decision
from commands.cabinet.handlers.minuting import draft_minutes
from commands.cabinet.handlers.running import allow, settle, the_form
from commands.cabinet.handlers.which import item_of, meeting_meant, meeting_of, opened, refuse_others
from commands.cabinet.rules.deciding import BEGINS_FROM, Outcome
from commands.cabinet.views.session import REASON, reason_form
from commands.kit.dates import both_times
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.cabinet_items import ItemState, items_of_meeting
from storage.cabinet_meetings import Meeting, MeetingState

# A meeting begins at most so many hours before its time: earlier it is the wrong meeting.
EARLY_HOURS = 2


def open_run(ask: Ask) -> Answer:
    """The meeting with its items, for the chair and the secretary."""
    meeting = meeting_of(ask, ask.value) if ask.value else meeting_meant(ask)
    refuse_others(ask, meeting)
    return opened(ask, the_form(ask, meeting))


def begin(ask: Ask) -> Answer:
    """The meeting is in session."""
    meeting = meeting_of(ask, ask.value, lock=True)
    refuse_others(ask, meeting)
    if meeting.state not in BEGINS_FROM:
        raise Refused(_("This meeting has begun already, or it is over."))
    if (meeting.starts_at - ask.now).total_seconds() > EARLY_HOURS * 3600:
        raise Refused(
            _("This meeting starts {when}. Move it first, if it is held now.").format(when=_when(ask, meeting))
        )
    meeting.state, meeting.opened_at = MeetingState.IN_SESSION, ask.now
    ask.record("meeting.begin", ("meeting", meeting.id))
    show_attendance(ask, meeting)
    return opened(ask, the_form(ask, meeting))


def _when(ask: Ask, meeting: Meeting) -> str:
    return both_times(meeting.starts_at, ask.zone)


def end(ask: Ask) -> Answer:
    """The meeting is over: what was not reached is deferred, and the draft minutes are written."""
    meeting = meeting_of(ask, ask.value, lock=True)
    refuse_others(ask, meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(_("This meeting is not in session."))
    with ask.speaking_to_everyone():
        reason = _("Not reached in the meeting.")
    for item in items_of_meeting(ask.session, meeting.id, (ItemState.SCHEDULED,)):
        item.state, item.reason, item.settled_at, item.updated_at = ItemState.DEFERRED, reason, ask.now, ask.now
        ask.record("item.defer", ("item", item.id), reason="not reached")
    meeting.state, meeting.held_at = MeetingState.HELD, ask.now
    ask.record("meeting.end", ("meeting", meeting.id))
    show_attendance(ask, meeting)
    draft_minutes(ask, meeting)
    carry_over(ask, meeting.series_id)
    return opened(ask, the_form(ask, meeting))


def choose_outcome(ask: Ask) -> Answer:
    """Something was chosen for an item: done at once, or asked for in a form."""
    word, _colon, identity = ask.value.partition(":")
    outcome = next((one for one in Outcome if one.value == word), None)
    item = item_of(ask, identity)
    if outcome is None:
        raise Refused(_("This belongs to an older version of me. Open it again from the newest message or from Home."))
    if outcome is Outcome.DECIDE:
        return open_decision(ask, item)
    meeting = allow(ask, item, outcome)
    if outcome is Outcome.DISCUSS:
        settle(ask, item, outcome, "")
        return opened(ask, the_form(ask, meeting))
    return opened(ask, reason_form(item, outcome, "run"))


def take_outcome(ask: Ask) -> Answer:
    """The reason for deferring or withdrawing was given."""
    item = item_of(ask, ask.notes.get("item"))
    outcome = Outcome(ask.notes.get("outcome") or Outcome.DEFER)
    meeting = allow(ask, item, outcome)
    reason = ask.fields.text(REASON)
    if not reason:
        raise Refused(_("Give the reason; it stands in the minutes."), REASON)
    settle(ask, item, outcome, reason)
    return Answer(update=the_form(ask, meeting))
