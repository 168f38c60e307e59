"""Updates: every agency's return, round by round, and what the cabinet reads of them."""

from __future__ import annotations

from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.room import Room, Verb
from commands.updates.handlers import asking, chasing, life

ROOM = Room(
    name="updates",
    summary="Rounds of updates: who owes what, the answers, the chase and the digest.",
    actions={
        "finish": Verb(life.finish, ADMIN_OR_COORDINATOR),
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
    },
)
