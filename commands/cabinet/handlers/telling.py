"""What shows a meeting, a decision or an action follows what has changed of it (see `changes`), in the worker."""

from __future__ import annotations

from commands.cabinet.handlers.actions.cards import ask_for_verification, show_action
from commands.cabinet.handlers.actions.reminders import refresh_reminders
from commands.cabinet.handlers.agenda.call import colleagues_of, refresh_calls, tell_secretary
from commands.cabinet.handlers.agenda.message import refresh_agenda
from commands.cabinet.handlers.decisions.cards import entry_of, show_decision, show_silence
from commands.cabinet.handlers.meetings.attendance import show_attendance
from commands.cabinet.handlers.meetings.channels import of_meeting
from commands.cabinet.handlers.things import series_of
from commands.cabinet.rules.actions import Move
from commands.kit.promises import redraw_about
from commands.kit.work import Work
from storage.cabinet.actions import ActionState, get_action
from storage.cabinet.decisions import get_binding, get_decision
from storage.cabinet.items import get_item
from storage.cabinet.meetings import Meeting, MeetingState, get_meeting
from storage.channel_setups import get_setup
from storage.subjects import Subject

# These leave the reminders of an action as they are.
QUIET = frozenset({"new", Move.START.value, Move.SNOOZE.value})
# These answer the question whether it is done.
ANSWERS = frozenset({Move.VERIFY.value, Move.RETURN.value, Move.CANCEL.value})


def tell_attendance(work: Work, subject: Subject) -> None:
    """Who is there has changed; what a meeting's own channel says stays as it is once that is archived with it."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    if meeting is not None and not (meeting.state == MeetingState.CLOSED and _has_its_own(work, meeting)):
        show_attendance(work, meeting)


def _has_its_own(work: Work, meeting: Meeting) -> bool:
    setup = get_setup(work.session, work.mission.id, of_meeting(meeting.id))
    return setup is not None and setup.channel_id is not None


def tell_agenda(work: Work, subject: Subject) -> None:
    """Items came into a meeting."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    if meeting is not None:
        refresh_agenda(work, meeting)


def tell_meeting(work: Work, subject: Subject) -> None:
    """A meeting has another state or time."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    if meeting is not None:
        refresh_agenda(work, meeting)
        refresh_calls(work, meeting)
        tell_secretary(work, meeting)


def tell_item(work: Work, subject: Subject) -> None:
    """An item of a meeting has changed."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    item = get_item(work.session, work.mission.id, subject.number(1))
    if meeting is not None and item is not None:
        refresh_agenda(work, meeting)
        refresh_calls(work, meeting, colleagues_of(work, series_of(work, meeting), item))
        tell_secretary(work, meeting)


def tell_decision(work: Work, subject: Subject) -> None:
    """A decision says something else, or stands otherwise."""
    decision = get_decision(work.session, work.mission.id, subject.number())
    if decision is not None:
        show_decision(work, decision)


def tell_answer(work: Work, subject: Subject) -> None:
    """An absent agency has answered, was asked, or stayed silent."""
    binding = get_binding(work.session, work.mission.id, subject.number())
    decision = get_decision(work.session, work.mission.id, binding.decision_id) if binding is not None else None
    if binding is not None and decision is not None:
        show_silence(work, entry_of(work, decision, people=True), binding)


def tell_action(work: Work, subject: Subject) -> None:
    """An action is new, or has moved; the subject says how."""
    action, move = get_action(work.session, work.mission.id, subject.number()), subject.ids[1]
    if action is None:
        return
    show_action(work, action)
    if move == Move.FINISH and action.state == ActionState.DONE:
        ask_for_verification(work, action)
    if move in ANSWERS:
        redraw_about(work, "cabinet:to-verify", Subject.of("action", action.id, "verify"))
    if move not in QUIET:
        refresh_reminders(work, action, action.owner)
