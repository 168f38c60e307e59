"""Updates: every agency's return, round by round, and what the cabinet reads of them."""

from __future__ import annotations

from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import Command, HomeCard, Room, Sub, Verb
from commands.updates.handlers import (
    answering,
    asking,
    chasing,
    digesting,
    exporting,
    filling,
    home,
    life,
    mine,
    passing_on,
    proxies,
    settling,
    status,
)

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
                Sub("submit", "[AGENCY]", "Opens the form of an update.", Verb(mine.write_for)),
                Sub("nil", "[AGENCY]", "Says that there is nothing to report.", Verb(mine.nil_for)),
                Sub(
                    "status",
                    "[AGENCY]",
                    "Shows the running rounds, or how an agency met the last twelve.",
                    Verb(status.show_status, reads_only=True),
                ),
                Sub("digest", "", "Shows past digests.", Verb(status.show_digests, reads_only=True)),
                Sub("export", "", "Sends you all returns and digests as CSV and XLSX.", Verb(exporting.export)),
            ),
        ),
    ),
    actions={
        "write": Verb(answering.open_form),
        "back": Verb(answering.go_back),
        "typed": Verb(filling.save_typed),
        "nil": Verb(settling.say_nil),
        "undo": Verb(settling.undo_nil),
        "same": Verb(settling.say_the_same),
        "hand": Verb(passing_on.open_hand_over),
        "snooze": Verb(passing_on.remind_later),
        "proxy": Verb(proxies.open_proxy, ADMIN_OR_COORDINATOR),
        "waive": Verb(proxies.open_waive, ADMIN_OR_COORDINATOR),
        "each": Verb(status.show_each, reads_only=True),
        "digests": Verb(status.show_digests, reads_only=True),
        "read": Verb(status.read_digest, reads_only=True),
        "finish": Verb(life.finish, ADMIN_OR_COORDINATOR),
    },
    forms={
        "answer": Verb(answering.take),
        "conflict": Verb(answering.settle_conflict),
        "hand": Verb(passing_on.hand_over),
        "proxy": Verb(proxies.choose_agency, ADMIN_OR_COORDINATOR),
        "waive": Verb(proxies.waive, ADMIN_OR_COORDINATOR),
    },
    closings={
        "answer": Verb(filling.save_closed),
    },
    options={
        "agency": Verb(proxies.offer_agencies, reads_only=True),
    },
    timers={
        "open": life.open_round,
        "ask": asking.ask_later,
        "chase": chasing.take_step,
        "late-chase": chasing.take_deferred,
        "snooze": chasing.wake,
        "due": life.pass_due,
        "close": life.close_round,
        "digest": life.send_digest,
        "addendum": digesting.send_addendum,
    },
    home=HomeCard(order=10, draw=home.draw_home),
)
