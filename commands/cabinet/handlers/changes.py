"""Writing down what has changed; `telling` lets all that shows it follow, in the worker, as it is by then."""

from __future__ import annotations

from commands.cabinet.rules.actions import Move
from commands.kit.post import note_change, note_changes
from commands.kit.work import Work
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.subjects import Subject

ATTENDANCE, AGENDA, MEETING, ITEM = "cabinet:attendance", "cabinet:agenda", "cabinet:meeting", "cabinet:item"
DECISION, BINDING, ACTION = "cabinet:decision", "cabinet:binding", "cabinet:action"


def attendance_changed(work: Work, meeting: Meeting) -> None:
    """Who is there: the card in the meeting's channel."""
    note_change(work, ATTENDANCE, _of(meeting))


def agenda_changed(work: Work, meeting: Meeting) -> None:
    """Items came by themselves: the message with the agenda."""
    note_change(work, AGENDA, _of(meeting))


def meeting_changed(work: Work, meeting: Meeting) -> None:
    """Its state or its time: the agenda, every call for items, and what the secretary has to place."""
    note_change(work, MEETING, _of(meeting))


def session_changed(work: Work, meeting: Meeting) -> None:
    """It begins or ends: everything that stands about it."""
    note_changes(work, [(ATTENDANCE, _of(meeting)), (MEETING, _of(meeting))])


def item_changed(work: Work, meeting: Meeting, item: Item) -> None:
    """An item of its agenda: the agenda, the calls of those who proposed it, and what the secretary has to place."""
    note_change(work, ITEM, Subject.of(_of(meeting), item.id))


def decision_changed(work: Work, decision: Decision) -> None:
    """What a decision says, or how it stands: its card."""
    note_change(work, DECISION, Subject.of("decision", decision.id))


def answer_changed(work: Work, binding: Binding) -> None:
    """How an absent agency stands to a decision: what its people were asked, and the decision's card."""
    note_changes(
        work,
        [
            (BINDING, Subject.of("binding", binding.id)),
            (DECISION, Subject.of("decision", binding.decision_id)),
        ],
    )


def action_changed(work: Work, action: Action, move: Move | None = None) -> None:
    """An action is new, or a `move` was made with it: its cards, what was asked about it and its reminders."""
    note_change(work, ACTION, Subject.of("action", action.id, move.value if move is not None else "new"))


def _of(meeting: Meeting) -> Subject:
    return Subject.of("meeting", meeting.id)
