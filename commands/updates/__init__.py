"""Updates: every agency's return, round by round, and what the cabinet reads of them."""

from __future__ import annotations

from datetime import timedelta

from commands.kit.demo import Demo
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import CatchUp, Command, HomeCard, Room, Schedule, Shortcut, ShortcutKind, Sub, Verb
from commands.kit.times.local import CLOCK_CHANGED
from commands.updates import demo
from commands.updates.handlers import (
    adhoc,
    answering,
    boards,
    calls,
    chasing,
    clock,
    digesting,
    exporting,
    filling,
    front,
    life,
    making,
    mine,
    notices,
    owed,
    passing_on,
    planning,
    proxies,
    schedule,
    settling,
    status,
)
from commands.updates.handlers.returns import nudging, reading
from commands.updates.handlers.rounds import building, ending, suspending
from commands.updates.views import acts

ROOM = Room(
    name="updates",
    summary="Rounds of updates: who owes what, the answers, the chase and the digest.",
    commands=(
        Command(
            name="/update",
            summary="Shows what you owe, and answers it",
            start=Verb(mine.show_mine, reads_only=True),
            start_summary="Shows what you owe, with buttons.",
            subs=(
                Sub("submit", "[AGENCY]", "Opens the form of an update.", Verb(mine.write_for, reads_only=True)),
                Sub("nil", "[AGENCY]", "Says that there is nothing to report.", Verb(mine.nil_for)),
                Sub(
                    "status",
                    "[AGENCY]",
                    "Shows the running rounds, or how an agency met the last twelve.",
                    Verb(status.show_status, reads_only=True),
                ),
                Sub(
                    "round",
                    "[TITLE]",
                    "Asks agencies something now, by a deadline.",
                    Verb(adhoc.open_form, ADMIN_OR_COORDINATOR, reads_only=True),
                ),
                Sub(
                    "schedule",
                    "",
                    "Plans rounds that come again: questions, agencies, days, reminders, digest.",
                    Verb(schedule.show_schedule, ADMIN_OR_COORDINATOR, reads_only=True),
                ),
                Sub("digest", "", "Shows past digests.", Verb(status.show_digests, reads_only=True)),
                Sub(
                    "export",
                    "",
                    "Sends you all updates and digests as one workbook.",
                    Verb(exporting.export, prepares=exporting.prepare),
                ),
            ),
        ),
    ),
    actions={
        "write": Verb(answering.open_form, reads_only=True),
        "back": Verb(answering.go_back, reads_only=True),
        "typed": Verb(filling.save_typed, while_typing=True),
        "nil": Verb(settling.say_nil),
        "undo": Verb(settling.undo_nil),
        "same": Verb(settling.say_the_same),
        "hand": Verb(passing_on.open_hand_over, reads_only=True),
        "snooze": Verb(passing_on.remind_later),
        "proxy": Verb(proxies.open_proxy, ADMIN_OR_COORDINATOR, reads_only=True),
        "waive": Verb(proxies.open_waive, ADMIN_OR_COORDINATOR, reads_only=True),
        "each": Verb(status.show_each, reads_only=True),
        "digests": Verb(status.show_digests, reads_only=True),
        "read": Verb(status.read_digest, reads_only=True),
        "round": Verb(adhoc.open_form, ADMIN_OR_COORDINATOR, reads_only=True),
        "schedule": Verb(schedule.show_schedule, ADMIN_OR_COORDINATOR, reads_only=True),
        "plan-new": Verb(planning.open_new, ADMIN_OR_COORDINATOR, reads_only=True),
        "plan-edit": Verb(planning.open_edit, ADMIN_OR_COORDINATOR, reads_only=True),
        "q-menu": Verb(building.act, ADMIN_OR_COORDINATOR, reads_only=True),
        "q-add": Verb(building.add, ADMIN_OR_COORDINATOR),
        "q-back": Verb(building.go_back, ADMIN_OR_COORDINATOR, reads_only=True),
        "q-template": Verb(building.use_template, ADMIN_OR_COORDINATOR),
        "q-preview": Verb(building.preview, ADMIN_OR_COORDINATOR, reads_only=True),
        "round-typed": Verb(adhoc.keep, ADMIN_OR_COORDINATOR, while_typing=True),
        "plan-typed": Verb(planning.keep, ADMIN_OR_COORDINATOR, while_typing=True),
        "plan-back": Verb(planning.go_back, ADMIN_OR_COORDINATOR, reads_only=True),
        "plan-pause": Verb(schedule.pause, ADMIN_OR_COORDINATOR),
        "plan-resume": Verb(schedule.resume, ADMIN_OR_COORDINATOR),
        "finish": Verb(ending.finish, ADMIN_OR_COORDINATOR),
        "call-off": Verb(ending.call_off, ADMIN_OR_COORDINATOR),
        "reopen": Verb(ending.undo, ADMIN_OR_COORDINATOR),
        "text": Verb(reading.read_text, reads_only=True),
        "new": Verb(reading.read_new, ADMIN_OR_COORDINATOR, reads_only=True),
        "nudge": Verb(nudging.remind_now, ADMIN_OR_COORDINATOR),
    },
    forms={
        "round": Verb(adhoc.take, ADMIN_OR_COORDINATOR),
        "round-anyway": Verb(adhoc.take_anyway, ADMIN_OR_COORDINATOR),
        "plan": Verb(planning.take, ADMIN_OR_COORDINATOR),
        "question": Verb(building.take, ADMIN_OR_COORDINATOR),
        "q-seen": Verb(building.seen, ADMIN_OR_COORDINATOR, reads_only=True),
        "answer": Verb(answering.take),
        "conflict": Verb(answering.settle_conflict),
        "unsent": Verb(answering.read_on, reads_only=True),
        "nil": Verb(settling.nil_by_proxy, ADMIN_OR_COORDINATOR),
        "hand": Verb(passing_on.hand_over),
        "proxy": Verb(proxies.choose_agency, ADMIN_OR_COORDINATOR),
        "waive": Verb(proxies.waive, ADMIN_OR_COORDINATOR),
    },
    closings={
        "round": Verb(adhoc.keep, ADMIN_OR_COORDINATOR, while_typing=True),
        "plan": Verb(planning.keep, ADMIN_OR_COORDINATOR, while_typing=True),
        "answer": Verb(filling.save_typed, while_typing=True),
    },
    options={
        "agency": Verb(proxies.offer_agencies, ADMIN_OR_COORDINATOR, reads_only=True),
        "audience": Verb(adhoc.offer_audience, ADMIN_OR_COORDINATOR, reads_only=True),
    },
    shortcuts={
        "shortcut": Shortcut(
            "Write an update",
            "Opens the form of what your agency owes.",
            ShortcutKind.GLOBAL,
            Verb(mine.write_for, reads_only=True),
        ),
    },
    schedules={
        "rounds": Schedule(timedelta(minutes=10), making.make_rounds, CatchUp.ONCE),
    },
    timers={
        "open": life.open_round,
        "ask": calls.ask_later,
        "chase": chasing.take_step,
        "late-chase": chasing.take_deferred,
        "snooze": chasing.wake,
        "due": life.pass_due,
        "last-call": life.end_snoozing,
        "close": life.close_round,
        "digest": life.send_digest,
        "undo-over": ending.end_undoing,
        "addendum": digesting.send_addendum,
    },
    follows={
        "agency.people": ("agency",),
        "roles.changed": ("roles",),
        "agency.suspended": (suspending.follow_suspended,),
        "agency.resumed": (suspending.follow_resumed,),
        CLOCK_CHANGED: (clock.keep_local_times,),
    },
    keeps=clock.planned,
    tells={"return": owed.tell_return, "agency": notices.follow_agency, "roles": notices.follow_roles},
    drawings={"board": boards.draw_board, "notice": notices.draw_notice},
    home=HomeCard(order=10, draw=front.draw_home),
    readings={"round": front.read_round, "return": front.read_return, "digest": front.read_digest},
    searches={"round": front.search_rounds, "digest": front.search_digests},
    waits={"returns": front.returns_waiting, "digests": front.digests_waiting},
    acts=acts.words,
    demo=Demo(30, demo.prepare),
)
