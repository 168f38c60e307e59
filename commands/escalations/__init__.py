"""Escalations: what cannot wait for the cabinet, carried to the office of the SRSG, with a clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from commands.escalations import demo
from commands.escalations.handlers import (
    acting,
    addresses,
    cards,
    clock,
    emailing,
    front,
    home,
    listing,
    opening,
    raising,
    settings,
    telling,
    watching,
    writing,
)
from commands.escalations.handlers.chain import climb, steps
from commands.escalations.handlers.duty import changes, messages, officers, overview
from commands.escalations.rules.acts import Act
from commands.escalations.views import acts
from commands.kit.demo import Demo
from commands.kit.entry.offers import offer_agencies
from commands.kit.front.things import HOME, Door
from commands.kit.permission import ADMIN, ADMIN_OR_COORDINATOR
from commands.kit.room import CatchUp, Command, HomeCard, Room, Schedule, Shortcut, ShortcutKind, Sub, Verb
from commands.kit.times.local import CLOCK_CHANGED

EDITORS, OFFICE = overview.EDITORS, listing.OFFICE
LIST = Verb(listing.show_list, reads_only=True)

ROOM = Room(
    name="escalations",
    summary="Escalations to the office of the SRSG: raising, acknowledging, deciding, and the clock.",
    commands=(
        Command(
            name="/escalate",
            summary="Carries what cannot wait to the office of the SRSG",
            start=Verb(raising.start, reads_only=True),
            start_summary="Opens the form that raises an escalation.",
            counts="escalation",
            subs=(
                Sub(
                    "show",
                    "NUMBER",
                    "Shows one escalation with its history and what you can do.",
                    Verb(opening.show_number, reads_only=True),
                ),
                Sub("list", "", "Shows what is open and what is closed, as far as you may see it.", LIST),
                Sub("mine", "", "Shows what you raised or joined.", Verb(listing.show_mine, reads_only=True)),
                Sub(
                    "figures",
                    "[MONTH]",
                    "Shows how fast the office acknowledged and decided.",
                    Verb(listing.show_figures, OFFICE, reads_only=True),
                ),
                Sub(
                    "export",
                    "",
                    "Sends you what you may see as CSV and XLSX.",
                    Verb(listing.export, prepares=listing.prepare_export),
                ),
                Sub(
                    "chain",
                    "",
                    "Shows the chain and changes it; tries it out.",
                    Verb(steps.show_chain, ADMIN, reads_only=True),
                ),
                Sub(
                    "duty",
                    "",
                    "Says who is on duty now, and shows the roster.",
                    Verb(overview.show_roster, reads_only=True),
                ),
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
        "list": LIST,
        "scope": Verb(listing.choose_scope, reads_only=True),
        "order": Verb(listing.choose_order, reads_only=True),
        "page": Verb(listing.turn_page, reads_only=True),
        "figures": Verb(listing.show_figures, OFFICE, reads_only=True),
        "export": Verb(listing.export, prepares=listing.prepare_export),
        "open": Verb(opening.open_one, reads_only=True),
        "more": Verb(writing.open_more, reads_only=True),
        "chain-show": Verb(steps.show_chain, ADMIN, reads_only=True),
        "chain-add": Verb(steps.open_step, ADMIN, reads_only=True),
        "chain-change": Verb(steps.change_step, ADMIN, reads_only=True),
        "chain-earlier": Verb(steps.earlier, ADMIN),
        "chain-later": Verb(steps.later, ADMIN),
        "chain-remove": Verb(steps.remove, ADMIN),
        "chain-end": Verb(steps.open_end, ADMIN, reads_only=True),
        "chain-usual": Verb(steps.use_usual, ADMIN),
        "chain-test": Verb(steps.try_out, ADMIN, reads_only=True),
        "duty": Verb(overview.show_roster, reads_only=True),
        "duty-add": Verb(changes.open_rotation, EDITORS, reads_only=True),
        "duty-hand": Verb(changes.open_hand_over, reads_only=True),
        "duty-stand-in": Verb(changes.open_stand_in, EDITORS, reads_only=True),
        "duty-off": Verb(changes.take_turn_away, EDITORS),
        "duty-oic": Verb(officers.open_officer, EDITORS, reads_only=True),
        "oic-off": Verb(officers.take_officer_away, EDITORS),
        "duty-posts": Verb(officers.open_posts, EDITORS, reads_only=True),
        "duty-hours": Verb(officers.open_hours, EDITORS, reads_only=True),
        "email": Verb(addresses.open_email, reads_only=True),
        Act.ACKNOWLEDGE: Verb(acting.acknowledge),
        Act.TAKE_OVER: Verb(acting.take_over),
        Act.STILL: Verb(acting.still_on_it),
        Act.WITH_SRSG: Verb(acting.put_before_srsg),
        Act.RESUME: Verb(acting.end_hold),
        Act.IMMEDIATE: Verb(acting.make_immediate),
        Act.WITHDRAW: Verb(acting.withdraw),
        Act.DECIDE: Verb(writing.open_act, reads_only=True),
        Act.RETURN: Verb(writing.open_act, reads_only=True),
        Act.ASK: Verb(writing.open_act, reads_only=True),
        Act.ANSWER: Verb(writing.open_act, reads_only=True),
        Act.PAUSE: Verb(writing.open_pause, reads_only=True),
        Act.SEVERITY: Verb(writing.open_severity, reads_only=True),
        Act.MERGE: Verb(writing.open_merge, reads_only=True),
        Act.OWN_LINE: Verb(writing.open_own_line, reads_only=True),
    },
    forms={
        "raise": Verb(raising.take),
        "anyway": Verb(raising.take_anyway),
        "settings": Verb(settings.save_settings, ADMIN_OR_COORDINATOR),
        "chain-step": Verb(steps.save_step, ADMIN),
        "chain-end": Verb(steps.save_end, ADMIN),
        "duty-add": Verb(changes.save_rotation, EDITORS),
        "duty-hand": Verb(changes.save_hand_over),
        "duty-stand-in": Verb(changes.save_stand_in, EDITORS),
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
        "agency": Verb(offer_agencies, reads_only=True),
        "chain-zone": Verb(officers.offer_zones, ADMIN, reads_only=True),
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
    events={"user_change": watching.somebody_left},
    schedules={
        "watch": Schedule(timedelta(minutes=5), watching.watch, CatchUp.ONCE),
        "digest": Schedule(timedelta(minutes=15), listing.send_digest),
        "second-way": Schedule(timedelta(minutes=1), emailing.look_after_slack),
        "duty-gaps": Schedule(timedelta(hours=1), overview.look_for_gaps),
    },
    timers={"step": climb.step_is_due},
    tells={"cards": cards.tell_cards, "agency": cards.follow_agency},
    results={"told": climb.delivered, "emailed": emailing.emailed},
    failures={"told": climb.not_delivered, "emailed": emailing.not_emailed},
    drawings={"asked": telling.draw_asked, "on-duty": messages.draw_on_duty},
    follows={"agency.people": ("agency",), CLOCK_CHANGED: (clock.keep_local_times,)},
    keeps=clock.planned,
    home=HomeCard(order=25, draw=home.draw_home),
    doors=(Door(HOME, "Escalate", "escalations:raise", order=10),),
    readings={"escalation": front.read},
    searches={"escalation": front.search},
    waits={"escalations": front.waits},
    acts=acts.words,
    demo=Demo(40, demo.prepare, Path(__file__).with_name("demo.yaml")),
)
