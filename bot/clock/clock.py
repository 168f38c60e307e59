"""APScheduler as a clock only: each firing claims its slot in storage, so any number of workers may tick.

Slots lie on a grid since midnight UTC of the epoch, never on a worker's own time, so all workers name the same slot.
One-off moments are timers in storage; each runs inside the transaction that marks it done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session

from bot.clock.housekeeping import MACHINE, machine_schedules
from bot.delivery.slack import SlackTrouble
from bot.observe import Metrics
from bot.rooms import House
from commands.kit.room import CatchUp, Prepared, Schedule
from commands.kit.work import Work
from storage import ticks, timers
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import get_mission
from storage.subjects import Subject
from storage.timers import Timer, TimerState

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SLOTS_CAUGHT_UP_AT_MOST = 500
LATE = timedelta(minutes=1)
TIMER_ATTEMPTS = 8
FIRST_TIMER_PAUSE = timedelta(seconds=30)
# A worker that dies while it makes a file is noticed after so long, and another begins it anew.
PREPARING = timedelta(minutes=2)

log = structlog.get_logger()


class TakenOverError(Exception):
    """The slot took longer than its lease, and another worker has it."""


def slot_of(moment: datetime, every: timedelta) -> datetime:
    """The newest slot at or before a moment."""
    return EPOCH + (moment - EPOCH) // every * every


def slots_to_run(last: datetime | None, now: datetime, schedule: Schedule) -> list[datetime]:
    """The slots that are due, oldest first, as the schedule's catch-up policy wants them after a pause.

    ONCE runs the newest only; EACH runs every missed one; SKIP runs the newest only when it is not late.
    """
    newest = slot_of(now, schedule.every)
    if last is not None and newest <= last:
        return []
    if schedule.catch_up is CatchUp.SKIP:
        return [newest] if now - newest < LATE else []
    if schedule.catch_up is CatchUp.ONCE or last is None:
        return [newest]
    missed = (newest - last) // schedule.every
    first = max(0, missed - SLOTS_CAUGHT_UP_AT_MOST)
    return [last + schedule.every * (number + 1) for number in range(first, missed)]


@dataclass(slots=True)
class Clock:
    """Runs schedules and timers of one mission for one worker."""

    database: Database
    house: House
    now: Callable[[], datetime]
    owner: str
    metrics: Metrics
    mission_id: Callable[[], str]

    def start(self) -> BackgroundScheduler:
        """Let APScheduler fire every schedule on its grid until it is shut down."""
        scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        for name, schedule in self.schedules().items():
            scheduler.add_job(
                self.fire,
                "interval",
                args=[name, schedule],
                seconds=schedule.every.total_seconds(),
                start_date=slot_of(self.now(), schedule.every) + schedule.every,
                id=name,
            )
        scheduler.start()
        return scheduler

    def schedules(self) -> dict[str, Schedule]:
        """Every schedule of the rooms and of the machine."""
        return {**self.house.schedules, **machine_schedules(self.house)}

    def run_all(self) -> int:
        """Run what is due of every schedule: at start, now and then, and for tests that pass the time in."""
        self._run(self.schedules())
        return 0

    def fire(self, name: str, schedule: Schedule) -> None:
        """Run a schedule's due slots; trouble that passes is told, and the slot is caught up with."""
        try:
            self.run_schedule(name, schedule)
        except (NotNowError, SlackTrouble) as trouble:
            log.warning("a schedule must wait", schedule=name, trouble=str(trouble))

    def run_schedule(self, name: str, schedule: Schedule) -> None:
        """Run the due slots that nobody else has taken, and those somebody left unfinished."""
        self._run({name: schedule})

    def _run(self, schedules: dict[str, Schedule]) -> None:
        """Look once at what is due of all these schedules, then run it, schedule after schedule."""
        now, mission_id = self.now(), self.mission_id()
        keys = {name: f"{mission_id}/{name}" for name in schedules}
        with self.database.reading() as session:
            last = ticks.last_slots(session, list(keys.values()), now)
            left = ticks.abandoned(session, list(keys.values()), now)
        for name, schedule in schedules.items():
            with structlog.contextvars.bound_contextvars(verb=name):
                for slot in [*left.get(keys[name], []), *slots_to_run(last[keys[name]], now, schedule)]:
                    self._run_slot(name, schedule, slot)

    def _run_slot(self, name: str, schedule: Schedule, slot: datetime) -> None:
        now, mission_id = self.now(), self.mission_id()
        key = f"{mission_id}/{name}"
        if not self.database.work(lambda session: ticks.claim_tick(session, key, slot, self.owner, now)):
            return
        if now - slot > schedule.every + LATE:
            self.metrics.late()
        try:
            self.database.work(lambda session: self._fill(session, mission_id, name, schedule, slot, now))
        except TakenOverError:
            log.warning("taken over by another worker, what this one did is undone", schedule=name)
        except NotNowError as trouble:
            log.warning("a slot must wait for its lease to run out", schedule=name, trouble=str(trouble))
        except Exception:
            # The slot stays unfinished: whoever finds its lease expired runs it again.
            self.metrics.bug()
            log.exception("schedule failed", schedule=name)

    def _fill(
        self, session: Session, mission_id: str, name: str, schedule: Schedule, slot: datetime, now: datetime
    ) -> None:
        mission = get_mission(session, mission_id)
        if mission.set_up_at is not None or name.startswith(MACHINE):
            work = self.house.work(session, mission, now, f"tick-{name}")
            schedule.run(work)
            self.house.follow(work)
        if not ticks.finish_tick(session, f"{mission_id}/{name}", slot, self.owner, self.now()):
            raise TakenOverError

    def run_timers(self, limit: int = 100) -> int:
        """Run due timers, each in its own transaction. Returns how many were taken."""
        left: set[int] = set()
        for count in range(limit):
            if not self._run_timer(left):
                return count
        return limit

    def _run_timer(self, left: set[int]) -> bool:
        """Run the earliest due timer but those in `left`, where one that met passing trouble is added."""
        now = self.now()
        with self.database.reading() as session:
            due = timers.earliest_due(session, now, self.mission_id(), but=left)
        if due is None:
            return False
        run, tried = self.house.timers.get(due.verb), list[int]()
        with structlog.contextvars.bound_contextvars(verb=due.verb):
            try:
                if isinstance(run, Prepared):
                    tried.append(due.id)
                    self._prepare(due, run, now)
                    return True
                return self.database.work(lambda session: self._do(session, now, left, tried))
            except NotNowError as trouble:
                if not tried:
                    raise
                # It stays due, and the next round takes it again; meanwhile the others have their turn.
                left.add(tried[-1])
                log.warning("a timer must wait", timer=tried[-1], trouble=str(trouble))
            except Exception as bug:
                self._failed(tried, bug, now)
        return True

    def _failed(self, tried: list[int], bug: Exception, now: datetime) -> None:
        self.metrics.bug()
        log.exception("timer failed", timer=tried[-1:])
        if not tried:
            raise bug
        self.database.work(lambda session: _push_forward(session, tried[-1], type(bug).__name__, now))

    def _do(self, session: Session, now: datetime, left: set[int], tried: list[int]) -> bool:
        timer = timers.take_due(session, now, self.mission_id(), but=left)
        if timer is None:
            return False
        tried.append(timer.id)
        run = self.house.timers[timer.verb]
        if isinstance(run, Prepared):
            left.add(timer.id)  # it is leased, not held: by the next look
            return True
        timer.state, timer.done_at = TimerState.DONE, now
        work = self._timer_work(session, timer, now)
        run(work, Subject.parse(timer.subject))
        self.house.follow(work)
        return True

    def _prepare(self, due: Timer, run: Prepared[Any], now: datetime) -> None:
        """Read and make what a timer needs while nobody waits, then write it down and mark the timer done."""
        subject, until = Subject.parse(due.subject), now + PREPARING
        if not self.database.work(lambda session: timers.lease(session, due.id, now, until)):
            return
        with self.database.reading() as session:
            made = run.prepare(self._timer_work(session, due, now), subject)
        self.database.work(lambda session: self._write(session, due.id, run, made, until, now))

    def _write(
        self, session: Session, timer_id: int, run: Prepared[Any], made: object, until: datetime, now: datetime
    ) -> None:
        timer = timers.take_leased(session, timer_id, until)
        if timer is None:
            log.warning("somebody else has this timer, or nobody needs it any more", timer=timer_id)
            return
        timer.state, timer.done_at = TimerState.DONE, now
        work = self._timer_work(session, timer, now)
        run.write(work, Subject.parse(timer.subject), made)
        self.house.follow(work)

    def _timer_work(self, session: Session, timer: Timer, now: datetime) -> Work:
        mission = get_mission(session, timer.mission_id)
        return self.house.work(session, mission, now, f"timer-{timer.id}")


def _push_forward(session: Session, timer_id: int, error: str, now: datetime) -> None:
    """A timer that raises is tried later, so that it cannot keep the others waiting; at last it is given up."""
    timer = session.get_one(Timer, timer_id, with_for_update=True)
    if timer.state != TimerState.WAITING:
        return  # another worker tried it between our failure and now, and did better
    timer.attempts += 1
    timer.error = error
    timer.due_at = now + FIRST_TIMER_PAUSE * 2**timer.attempts
    if timer.attempts >= TIMER_ATTEMPTS:
        timer.state = TimerState.FAILED
