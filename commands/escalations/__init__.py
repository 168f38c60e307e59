"""Escalations: what cannot wait for the cabinet, carried to the office of the SRSG, with a clock."""

from __future__ import annotations

from datetime import timedelta

from commands.escalations.handlers import (
    acting,
    addresses,
    climbing,
    duty,
    duty_changes,
    officers,
    opening,
    raising,
    settings,
    watching,
    writing,
)
from commands.escalations.rules.acts import Act
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import CatchUp, Command, Room, Schedule, Shortcut, ShortcutKind, Sub, Verb

EDITORS = duty.EDITORS

ROOM = Room(
    name="escalations",
    summary="Escalations to the office of the SRSG: raising, acknowledging, deciding, and the clock.",
    commands=(
        Command(
            name="/escalate",
            summary="Carries what cannot wait to the office of the SRSG",
            start=Verb(raising.start, reads_only=True),
            start_summary="Opens the form that raises an escalation.",
            subs=(
                Sub(
                    "show",
                    "NUMBER",
                    "Shows one escalation with its history and what you can do.",
                    Verb(opening.show_number, reads_only=True),
                ),
                Sub("duty", "", "Says who is on duty now, and shows the roster.", Verb(duty.show_roster)),
                Sub(
                    "email",
                    "[@person]",
                    "Enters the address at which you are reached when Slack is down.",
                    Verb(addresses.open_email, reads_only=True),
                ),
                Sub(
                    "settings",
                    "",
                    "Sets the channel of the SRSG office and the times.",
                    Verb(settings.open_settings, ADMIN_OR_COORDINATOR, reads_only=True),
                ),
            ),
        ),
    ),
    actions={
        "raise": Verb(raising.from_elsewhere, reads_only=True),
        "handling": Verb(raising.choose_handling, reads_only=True),
        "join": Verb(raising.join_instead),
        "open": Verb(opening.open_one, reads_only=True),
        "more": Verb(writing.open_more),
        "settings": Verb(settings.open_settings, ADMIN_OR_COORDINATOR, reads_only=True),
        "duty": Verb(duty.show_roster),
        "duty-add": Verb(duty_changes.open_rotation, EDITORS, reads_only=True),
        "duty-hand": Verb(duty_changes.open_hand_over, reads_only=True),
        "duty-stand-in": Verb(duty_changes.open_stand_in, EDITORS, reads_only=True),
        "duty-off": Verb(duty_changes.take_turn_away, EDITORS),
        "duty-oic": Verb(officers.open_officer, EDITORS),
        "oic-off": Verb(officers.take_officer_away, EDITORS),
        "duty-posts": Verb(officers.open_posts, EDITORS),
        "duty-hours": Verb(officers.open_hours, EDITORS, reads_only=True),
        "email": Verb(addresses.open_email, reads_only=True),
        Act.ACKNOWLEDGE: Verb(acting.acknowledge),
        Act.TAKE_OVER: Verb(acting.take_over),
        Act.STILL: Verb(acting.still_on_it),
        Act.WITH_SRSG: Verb(acting.put_before_srsg),
        Act.RESUME: Verb(acting.end_hold),
        Act.IMMEDIATE: Verb(acting.make_immediate),
        Act.WITHDRAW: Verb(acting.withdraw),
        Act.DECIDE: Verb(writing.open_act),
        Act.RETURN: Verb(writing.open_act),
        Act.ASK: Verb(writing.open_act),
        Act.ANSWER: Verb(writing.open_act),
        Act.PAUSE: Verb(writing.open_pause),
        Act.SEVERITY: Verb(writing.open_severity),
        Act.MERGE: Verb(writing.open_merge),
        Act.OWN_LINE: Verb(writing.open_own_line),
    },
    forms={
        "raise": Verb(raising.take),
        "anyway": Verb(raising.take_anyway),
        "settings": Verb(settings.save_settings, ADMIN_OR_COORDINATOR),
        "duty-add": Verb(duty_changes.save_rotation, EDITORS),
        "duty-hand": Verb(duty_changes.save_hand_over),
        "duty-stand-in": Verb(duty_changes.save_stand_in, EDITORS),
        "duty-oic": Verb(officers.save_officer, EDITORS),
        "duty-posts": Verb(officers.save_posts, EDITORS),
        "duty-hours": Verb(officers.save_hours, EDITORS),
        "email": Verb(addresses.save_email),
        Act.DECIDE: Verb(writing.decide),
        Act.RETURN: Verb(writing.give_back),
        Act.ASK: Verb(writing.ask_back),
        Act.ANSWER: Verb(writing.answer),
        Act.PAUSE: Verb(writing.pause),
        Act.SEVERITY: Verb(writing.set_severity),
        Act.MERGE: Verb(writing.merge_into),
        Act.OWN_LINE: Verb(writing.record_own_line),
    },
    options={
        "agency": Verb(raising.offer_agencies, reads_only=True),
        "duty-zone": Verb(officers.offer_zones, EDITORS, reads_only=True),
    },
    shortcuts={
        "message": Shortcut(
            "Escalate this message",
            "Carries what a message is about to the SRSG office.",
            ShortcutKind.MESSAGE,
            Verb(raising.from_message, reads_only=True),
        ),
        "global": Shortcut(
            "Escalate",
            "Opens the form that raises an escalation.",
            ShortcutKind.GLOBAL,
            Verb(raising.start, reads_only=True),
        ),
    },
    schedules={
        "watch": Schedule(timedelta(minutes=5), watching.watch, CatchUp.ONCE),
        "duty-gaps": Schedule(timedelta(hours=1), duty.look_for_gaps),
    },
    timers={"step": climbing.step_is_due},
    results={"told": climbing.delivered},
    failures={"told": climbing.not_delivered},
)
