"""What happens next to an open escalation, when, and whom it will reach: one answer, always.

Nothing else decides it. The row of the escalation and its one timer are written from this answer in the transaction of
whatever changed, so an escalation cannot be open and forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.escalations.rules.chains import ChainPlan, Step
from commands.escalations.rules.times import SHORTEST_WAIT, Pace, Times
from storage.escalations.chains import StepHours
from storage.escalations.model import NextKind, State

# Whoever stands at the end of the chain is not told more often than this.
SHORTEST_END = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the next step depends on. `reach` says, for each step of the chain, whom it would reach now.

    `end` is whom the end of the chain reaches, and is never empty. `told_at` is when a step was told last.
    """

    state: State
    severity: str
    chain: ChainPlan
    step: int
    lap: int
    told_at: datetime | None
    touched_at: datetime
    asked_still_at: datetime | None
    paused_until: datetime | None
    decide_due_at: datetime
    overdue_step: int | None
    holder: str | None
    holder_is_there: bool
    reach: tuple[tuple[str, ...], ...]
    end: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step: what, when, at which place of the chain, and user ids or `channel:` and a channel id."""

    kind: NextKind
    at: datetime
    step: int
    lap: int
    reach: tuple[str, ...]


def next_step(this: Situation, pace: Pace, times: Times, now: datetime) -> NextStep:
    """The one next step of an open escalation. Never earlier than `now`, never without somebody it reaches."""
    if this.state is State.QUEUED:
        return _told(this, pace, NextKind.OPEN, pace.next_on(now))
    if this.state is State.RAISED:
        return _told(this, pace, NextKind.CLIMB, max(now, _patience_ends(this, pace, times, now)))
    if not this.holder_is_there:
        return _told(this, pace, NextKind.REOPEN, now)
    if this.state is State.WAITING:
        return NextStep(NextKind.WAKE, max(now, this.paused_until or now), this.step, this.lap, _holder(this))
    # Where both are due at once the overdue decision is told: it asks the holder too.
    return min(_overdue(this, pace, times, now), _check(this, pace, times, now), key=lambda one: one.at)


def _holder(this: Situation) -> tuple[str, ...]:
    return (this.holder,) if this.holder else this.end


def _patience_ends(this: Situation, pace: Pace, times: Times, now: datetime) -> datetime:
    if this.told_at is None or this.step < 0:
        return now
    return pace.after(this.told_at, wait_after(this.chain, this.step, this.severity, times))


def wait_after(chain: ChainPlan, step: int, severity: str, times: Times) -> timedelta:
    """How long an acknowledgement is waited for after a step has been told, or after the end of the chain."""
    if step >= len(chain.steps):
        return max(times.ack, SHORTEST_END)
    sharing = sum(one.is_for(severity) for one in chain.steps) or 1
    return chain.steps[step].wait or max(times.ack / sharing, SHORTEST_WAIT)


def _told(this: Situation, pace: Pace, kind: NextKind, at: datetime) -> NextStep:
    """The next step that is for this severity and hour and reaches somebody, or else the end of the chain."""
    for number, lap in this.chain.positions_after(this.step, this.lap):
        if applies(this.chain.steps[number], this.severity, pace, at) and this.reach[number]:
            return NextStep(kind, at, number, lap, this.reach[number])
    ended = NextKind.END if kind is NextKind.CLIMB else kind
    return NextStep(ended, at, len(this.chain.steps), this.chain.repeat_times, this.end)


def applies(step: Step, severity: str, pace: Pace, at: datetime) -> bool:
    """Whether a step is for this severity and told at this hour of its own zone."""
    if not step.is_for(severity):
        return False
    if step.hours is StepHours.ANY:
        return True
    hours = pace.calendar.elsewhere(step.zone)
    return hours.is_working(at) == (step.hours is StepHours.DUTY)


def _check(this: Situation, pace: Pace, times: Times, now: datetime) -> NextStep:
    """The holder is asked whether they are still on it; without an answer it goes on climbing."""
    if this.asked_still_at is None:
        at = max(now, pace.after(this.touched_at, times.stale))
        return NextStep(NextKind.STALE, at, this.step, this.lap, _holder(this))
    return _told(this, pace, NextKind.REOPEN, max(now, pace.after(this.asked_still_at, times.grace)))


def _overdue(this: Situation, pace: Pace, times: Times, now: datetime) -> NextStep:
    """The decision is due: the holder hears it, and one level higher each time until the end of the chain."""
    level = this.step if this.overdue_step is None else this.overdue_step
    at = this.decide_due_at if this.overdue_step is None else pace.after(this.told_at or now, times.stale)
    for number in range(level + 1, len(this.chain.steps)):
        if this.chain.steps[number].is_for(this.severity) and this.reach[number]:
            reach = (*_holder(this), *(one for one in this.reach[number] if one != this.holder))
            return NextStep(NextKind.OVERDUE, max(now, at), number, this.lap, reach)
    reach = (*_holder(this), *(one for one in this.end if one != this.holder))
    return NextStep(NextKind.OVERDUE, max(now, at), len(this.chain.steps), this.lap, reach)
