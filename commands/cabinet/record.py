"""The verbs of the record: attendance, decisions, silence procedures, reservations and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from commands.cabinet.handlers import from_messages, telling
from commands.cabinet.handlers.actions import chase, life, lists, reminders, weekly
from commands.cabinet.handlers.actions import entry as actions_entry
from commands.cabinet.handlers.agenda import call
from commands.cabinet.handlers.decisions import entry as decisions_entry
from commands.cabinet.handlers.decisions import log, silence
from commands.cabinet.handlers.meetings import attendance, clock, moving, session
from commands.cabinet.handlers.minutes import documents, letterhead, stages
from commands.kit.cards import Card
from commands.kit.entry.offers import offer_agencies
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import Follower, Prepared, Schedule, Shortcut, ShortcutKind, Sub, Timer, Verb
from commands.kit.times.local import CLOCK_CHANGED
from commands.kit.work import Work
from storage.outbox import Sent
from storage.subjects import Subject

SUBS = (
    Sub("run", "", "Opens the meeting: begin it, settle its items, end it.", Verb(session.open_run, reads_only=True)),
    Sub(
        "attend",
        "",
        "Says how your agency takes part, or keeps the whole list.",
        Verb(attendance.attend, reads_only=True),
    ),
    Sub("decide", "", "Records a decision on an item of the meeting.", Verb(session.open_run, reads_only=True)),
    Sub("action", "[TEXT]", "Records an action.", Verb(actions_entry.open_form, reads_only=True)),
    Sub("actions", "[AGENCY]", "Shows actions: yours, an agency's, all.", Verb(lists.by_command, reads_only=True)),
    Sub("minutes", "", "Opens the minutes: review, comment, issue, files.", Verb(stages.open_minutes, reads_only=True)),
    Sub(
        "letterhead",
        "",
        "Sets what stands at the head of minutes.",
        Verb(letterhead.open_form, ADMIN_OR_COORDINATOR, reads_only=True),
    ),
    Sub("log", "[WORDS]", "Searches the decisions.", Verb(log.by_command, reads_only=True)),
)
ACTIONS: Mapping[str, Verb] = {
    "run": Verb(session.open_run, reads_only=True),
    "begin": Verb(session.begin),
    "end": Verb(session.end),
    "outcome": Verb(session.choose_outcome, reads_only=session.only_opens),
    "present": Verb(attendance.present),
    "attend": Verb(attendance.attend, reads_only=True),
    "attendance": Verb(attendance.open_all, reads_only=True),
    "agree": Verb(silence.agree),
    "object": Verb(silence.open_objection, reads_only=True),
    "more-time": Verb(silence.more_time),
    "ask-again": Verb(silence.ask_again),
    "reserve": Verb(decisions_entry.open_reservation, reads_only=True),
    "decision": Verb(log.open_decision, reads_only=True),
    "log": Verb(log.turn_page, reads_only=True),
    "action": Verb(life.open_details, reads_only=True),
    "action-new": Verb(actions_entry.open_form, reads_only=True),
    "action-for": Verb(actions_entry.open_for_decision, reads_only=True),
    "actions": Verb(lists.by_press, reads_only=True),
    "start": Verb(life.start),
    "finish": Verb(life.open_finish, reads_only=True),
    "verify": Verb(life.verify),
    "return": Verb(life.open_return, reads_only=True),
    "cancel": Verb(life.open_cancel, reads_only=True),
    "hand-over": Verb(life.open_hand_over, reads_only=True),
    "snooze": Verb(life.snooze),
    "minutes": Verb(stages.open_minutes, reads_only=True),
    "minutes-item": Verb(stages.open_item, reads_only=True),
    "circulate": Verb(stages.circulate),
    "issue": Verb(stages.issue, prepares=documents.look_for_boxes),
    "comment": Verb(stages.open_comment, reads_only=True),
    "corrigendum": Verb(stages.open_corrigendum, reads_only=True),
    "export": Verb(documents.export),
}
FORMS: Mapping[str, Verb] = {
    "attend": Verb(attendance.take_own),
    "attendance": Verb(attendance.take_all),
    "outcome": Verb(session.take_outcome),
    "decide": Verb(from_messages.choose_item),
    "decision": Verb(decisions_entry.take_decision),
    "log": Verb(log.search, reads_only=True),
    "object": Verb(silence.take_objection),
    "reserve": Verb(decisions_entry.take_reservation),
    "action": Verb(actions_entry.take_form),
    "finish": Verb(life.take_finish),
    "return": Verb(life.take_return),
    "cancel": Verb(life.take_cancel),
    "hand-over": Verb(life.take_hand_over),
    "minutes-item": Verb(stages.take_item),
    "letterhead": Verb(letterhead.take_form, ADMIN_OR_COORDINATOR, fetches="template"),
    "comment": Verb(stages.take_comment),
    "corrigendum": Verb(stages.take_corrigendum),
}
SHORTCUTS: Mapping[str, Shortcut] = {
    "to-action": Shortcut(
        "Make this an action",
        "Records an action with this text, an owner and a due date.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.make_action, reads_only=True),
    ),
    "to-item": Shortcut(
        "Propose for the agenda",
        "Proposes an item for the next meeting with this text.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.propose_item, reads_only=True),
    ),
    "to-decision": Shortcut(
        "Record as a decision",
        "Records this as the cabinet's decision on an item of the agenda.",
        ShortcutKind.MESSAGE,
        Verb(from_messages.make_decision, reads_only=True),
    ),
}
OPTIONS: Mapping[str, Verb] = {
    "agency": Verb(offer_agencies, reads_only=True),
    "actions": Verb(lists.offer_whose, reads_only=True),
}
SCHEDULES: Mapping[str, Schedule] = {
    "chase": Schedule(timedelta(hours=1), chase.chase),
    "open": Schedule(timedelta(hours=1), weekly.weekly),
}
RESULTS: Mapping[str, Callable[[Work, Subject, Sent], None]] = {"asked": silence.delivered}
FAILURES: Mapping[str, Callable[[Work, Subject, str], None]] = {"asked": silence.not_delivered}
DRAWINGS: Mapping[str, Callable[[Work, Subject], Card | None]] = {
    "reminder": reminders.draw_reminder,
    "left": reminders.draw_left,
    "to-verify": reminders.draw_verification,
    "moved": moving.draw_moved,
}
FOLLOWS: Mapping[str, tuple[Follower, ...]] = {
    CLOCK_CHANGED: (clock.keep_local_times,),
    "agency.people": ("speakers", "seats"),
    "agency.suspended": ("seats",),
    "agency.resumed": ("seats",),
    "roles.changed": ("seats",),
    "series.saved": ("seats",),
}
TELLS: Mapping[str, Callable[[Work, Subject], None]] = {
    "attendance": telling.tell_attendance,
    "agenda": telling.tell_agenda,
    "meeting": telling.tell_meeting,
    "item": telling.tell_item,
    "decision": telling.tell_decision,
    "binding": telling.tell_answer,
    "action": telling.tell_action,
    "speakers": silence.follow_agency,
    "seats": call.follow_seats,
}
TIMERS: Mapping[str, Timer] = {
    "silence": silence.end_silence,
    "document": Prepared(documents.prepare, documents.send),
}
