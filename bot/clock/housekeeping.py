"""What the machine itself does on a schedule: forgetting what is old, and learning who the workspace's admins are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from bot.clock.watchdog import watch
from commands.kit.room import CatchUp, Schedule
from commands.kit.work import Work
from storage import agency_imports, form_drafts, inbox, outbox, posts, ticks, timers
from storage.outbox import Call

# Each reads in its table's `kept` how long; what only a room knows of, it forgets on a schedule of its own.
FORGETTING: tuple[Callable[[Session, datetime], None], ...] = (
    inbox.forget_old,
    outbox.forget_settled,
    ticks.forget_ticks,
    timers.forget_done,
    posts.forget_posts,
    form_drafts.forget_forms,
    agency_imports.forget_imports,
)


def forget_the_old(work: Work) -> None:
    """Delete what nobody needs any more. Audit and answers stay."""
    for forget in FORGETTING:
        forget(work.session, work.now)


def learn_admins(work: Work) -> None:
    """Ask Slack who the workspace's admins are, so that people can be told who may set things up."""
    call = Call(key=f"admins:{uuid4().hex}", method="admins.read", arguments={}, lane="admins.read")
    outbox.put(work.session, work.mission.id, call, work.now)


MACHINE_SCHEDULES = {
    "machine:forget": Schedule(timedelta(hours=1), forget_the_old, CatchUp.ONCE),
    "machine:watch": Schedule(timedelta(minutes=5), watch, CatchUp.ONCE),
    "machine:admins": Schedule(timedelta(hours=24), learn_admins, CatchUp.ONCE),
}
