"""What the machine itself does on a schedule: forgetting what is old, and learning who the workspace's admins are."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from bot.watchdog import watch
from commands.kit.room import CatchUp, Schedule
from commands.kit.work import Work
from storage import inbox, outbox, ticks, timers
from storage.outbox import KEPT, Call

# Slack repeats a delivery for minutes; a day is ample.
DELIVERIES_KEPT = timedelta(days=2)
TICKS_KEPT = timedelta(days=7)
TIMERS_KEPT = timedelta(days=90)


def forget_the_old(work: Work) -> None:
    """Delete what nobody needs any more. Audit, answers and failures stay."""
    inbox.forget_old(work.session, work.now - DELIVERIES_KEPT)
    outbox.forget_settled(work.session, work.now - KEPT)
    ticks.forget_ticks(work.session, work.now - TICKS_KEPT)
    timers.forget_done(work.session, work.now - TIMERS_KEPT)


def learn_admins(work: Work) -> None:
    """Ask Slack who the workspace's admins are, so that people can be told who may set things up."""
    call = Call(key=f"admins:{uuid4().hex}", method="admins.read", arguments={}, lane="admins.read")
    outbox.put(work.session, work.mission.id, call, work.now)


MACHINE_SCHEDULES = {
    "machine:forget": Schedule(timedelta(hours=1), forget_the_old, CatchUp.ONCE),
    "machine:watch": Schedule(timedelta(minutes=5), watch, CatchUp.ONCE),
    "machine:admins": Schedule(timedelta(hours=24), learn_admins, CatchUp.ONCE),
}
