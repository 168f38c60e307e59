"""The verbs of the record: attendance, decisions, silence procedures, reservations and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from commands.cabinet.handlers import (
    acting,
    action_lists,
    agency_choices,
    attendance,
    chasing,
    deciding,
    documents,
    from_messages,
    letterhead,
    log,
    minuting,
    new_actions,
    session,
    silence,
)
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import Schedule, Shortcut, ShortcutKind, Sub, Verb
from commands.kit.work import Work

SUBS = (
    Sub("run", "", "Opens the meeting: begin it, settle its items, end it.", Verb(session.open_run)),
    Sub("attend", "", "Says how your agency takes part, or keeps the whole list.", Verb(attendance.attend)),
    Sub("decide", "", "Records a decision on an item of the meeting.", Verb(session.open_run)),
    Sub("action", "[TEXT]", "Records an action.", Verb(new_actions.open_form)),
    Sub("actions", "[AGENCY]", "Shows actions: yours, an agency's, all.", Verb(action_lists.by_command)),
    Sub("minutes", "", "Opens the minutes: review, comment, issue, files.", Verb(minuting.open_minutes)),
    Sub("letterhead", "", "Sets what stands at the head of minutes.", Verb(letterhead.open_form, ADMIN_OR_COORDINATOR)),
    Sub("log", "[WORDS]", "Searches the decisions.", Verb(log.by_command, reads_only=True)),
)
ACTIONS: Mapping[str, Verb] = {
    "run": Verb(session.open_run),
    "begin": Verb(session.begin),
    "end": Verb(session.end),
    "outcome": Verb(session.choose_outcome),
    "present": Verb(attendance.present),
    "attend": Verb(attendance.attend),
    "attendance": Verb(attendance.open_all),
    "agree": Verb(silence.agree),
    "object": Verb(silence.open_objection),
    "more-time": Verb(silence.more_time),
    "ask-again": Verb(silence.ask_again),
    "reserve": Verb(deciding.open_reservation),
    "decision": Verb(log.open_decision),
    "log": Verb(log.turn_page, reads_only=True),
    "action": Verb(acting.open_details),
    "action-new": Verb(new_actions.open_form),
    "action-for": Verb(new_actions.open_for_decision),
    "actions": Verb(action_lists.by_press),
    "start": Verb(acting.start),
    "finish": Verb(acting.open_finish),
    "verify": Verb(acting.verify),
    "return": Verb(acting.open_return),
    "cancel": Verb(acting.open_cancel),
    "hand-over": Verb(acting.open_hand_over),
    "snooze": Verb(acting.snooze),
    "minutes": Verb(minuting.open_minutes),
    "minutes-item": Verb(minuting.open_item),
    "circulate": Verb(minuting.circulate),
    "issue": Verb(minuting.issue),
    "comment": Verb(minuting.open_comment),
    "corrigendum": Verb(minuting.open_corrigendum),
    "export": Verb(documents.export),
}
FORMS: Mapping[str, Verb] = {
    "attend": Verb(attendance.take_own),
    "attendance": Verb(attendance.take_all),
    "outcome": Verb(session.take_outcome),
    "decide": Verb(from_messages.choose_item),
    "decision": Verb(deciding.take_decision),
    "log": Verb(log.search, reads_only=True),
    "object": Verb(silence.take_objection),
    "reserve": Verb(deciding.take_reservation),
    "action": Verb(new_actions.take_form),
    "finish": Verb(acting.take_finish),
    "return": Verb(acting.take_return),
    "cancel": Verb(acting.take_cancel),
    "hand-over": Verb(acting.take_hand_over),
    "minutes-item": Verb(minuting.take_item),
    "letterhead": Verb(letterhead.take_form, ADMIN_OR_COORDINATOR, fetches="template"),
    "comment": Verb(minuting.take_comment),
    "corrigendum": Verb(minuting.take_corrigendum),
}
SHORTCUTS: Mapping[str, Shortcut] = {
    "to-action": Shortcut(
        "Make this an action",
        "Records an action with this text, an owner and a due date.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.make_action),
    ),
    "to-item": Shortcut(
        "Propose for the agenda",
        "Proposes an item for the next meeting with this text.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.propose_item),
    ),
    "to-decision": Shortcut(
        "Record as a decision",
        "Records this as the cabinet's decision on an item of the agenda.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.make_decision),
    ),
}
OPTIONS: Mapping[str, Verb] = {"agency": Verb(agency_choices.offer, reads_only=True)}
SCHEDULES: Mapping[str, Schedule] = {
    "chase": Schedule(timedelta(hours=1), chasing.chase),
    "open": Schedule(timedelta(hours=1), chasing.weekly),
}
RESULTS: Mapping[str, Callable[[Work, str, dict[str, Any]], None]] = {"asked": silence.delivered}
FAILURES: Mapping[str, Callable[[Work, str, str], None]] = {"asked": silence.not_delivered}
TIMERS: Mapping[str, Callable[[Work, str], None]] = {
    "silence": silence.end_silence,
    "document": documents.make,
}
