"""What the machine itself does on a schedule: forgetting what is old, learning who the workspace's admins are, looking
again at the channels where Confidential texts stand, and telling people what their agencies owe."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

from bot.clock.watchdog import watch
from bot.rooms import House
from commands.kit.channels.exposure import LOOKED_AT_EVERY, look_again
from commands.kit.owed.telling import LOOKED_AT_EVERY as OWED_LOOKED_AT_EVERY
from commands.kit.owed.telling import look as look_at_what_is_owed
from commands.kit.room import CatchUp, Forgetting, Schedule
from commands.kit.work import Work
from storage import form_drafts, inbox, limits, outbox, posts, ticks, timers
from storage.outbox import Call
from storage.subjects import Key

# What the machine forgets of its own tables; each reads in its table's `kept` how long. Rooms declare theirs.
FORGETS_OF_THE_MACHINE: tuple[Forgetting, ...] = (
    inbox.forget_old,
    outbox.forget_settled,
    ticks.forget_ticks,
    timers.forget_done,
    posts.forget_posts,
    form_drafts.forget_forms,
    limits.forget_spent,
)
MACHINE = "machine:"


def forgetting(house: House) -> tuple[Forgetting, ...]:
    """Everything that deletes what nobody needs any more: the machine's own, and what the rooms declare."""
    return (*FORGETS_OF_THE_MACHINE, *house.forgetting.values())


def forget_the_old(house: House, work: Work) -> None:
    """Delete what nobody needs any more. Audit and answers stay."""
    for forget in forgetting(house):
        forget(work.session, work.now)


def learn_admins(work: Work) -> None:
    """Ask Slack who the workspace's admins are, so that people can be told who may set things up.

    Whoever the mission knows is looked at on the way: that somebody became a guest or left may have been lost.
    """
    call = Call(key=Key.of("admins", uuid4().hex), method="admins.read", arguments={}, lane="admins.read")
    outbox.put(work.session, work.mission.id, call, work.now)


def machine_schedules(house: House) -> dict[str, Schedule]:
    """The machine's own schedules, which run before a mission is set up too."""
    return {
        f"{MACHINE}forget": Schedule(timedelta(hours=1), partial(forget_the_old, house), CatchUp.ONCE),
        f"{MACHINE}watch": Schedule(timedelta(minutes=5), watch, CatchUp.ONCE),
        f"{MACHINE}places": Schedule(LOOKED_AT_EVERY, look_again, CatchUp.ONCE),
        f"{MACHINE}owed": Schedule(OWED_LOOKED_AT_EVERY, look_at_what_is_owed, CatchUp.ONCE),
        f"{MACHINE}admins": Schedule(timedelta(hours=24), learn_admins, CatchUp.ONCE),
    }
