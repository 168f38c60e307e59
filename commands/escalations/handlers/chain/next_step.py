"""Writing down what happens next: the row of an escalation and its one timer follow from one rule."""

from __future__ import annotations

from commands.escalations.handlers.chain.reach import end_of, reaches_of, why_gone
from commands.escalations.rules.chains import plan_of
from commands.escalations.rules.next_step import Situation, next_step
from commands.escalations.rules.times import Pace, Times, times_of
from commands.kit.dates import NoWorkingTimeError, read_calendar
from commands.kit.work import Work
from storage.escalations.chains import get_settings
from storage.escalations.model import Escalation, Severity, State
from storage.escalations.notices import NoticeState, Way, notices_of
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer

STEP_IS_DUE = "escalations:step"


def subject_of(this: Escalation) -> Subject:
    """What the escalation's timer is known by."""
    return Subject.of("escalation", this.id)


def pace_of(work: Work, severity: str) -> Pace:
    """The clock for a severity: every hour for what is immediate, and where the calendar has no duty hours at all."""
    calendar = read_calendar(work)
    try:
        calendar.next_working(work.now)
    except NoWorkingTimeError:
        return Pace(calendar, always=True)
    return Pace(calendar, always=severity == Severity.IMMEDIATE)


def read_times(work: Work, severity: str) -> Times:
    """The mission's times for a severity."""
    settings = get_settings(work.session, work.mission.id)
    return times_of(settings.times if settings else {}, severity)


def failed_places(work: Work, this: Escalation) -> frozenset[str]:
    """Where Slack refused a message of this escalation."""
    notices = notices_of(work.session, this.id)
    return frozenset(one.place for one in notices if one.state == NoticeState.FAILED and one.way == Way.SLACK)


def situation_of(work: Work, this: Escalation) -> Situation:
    """Everything the next step depends on, as it is now."""
    chain = plan_of(this.chain)
    return Situation(
        state=State(this.state),
        severity=this.severity,
        chain=chain,
        step=this.step,
        lap=this.lap,
        told_at=this.told_at,
        touched_at=this.touched_at,
        asked_still_at=this.asked_still_at,
        paused_until=this.paused_until,
        decide_due_at=this.decide_due_at,
        overdue_step=this.overdue_step,
        holder=this.holder,
        holder_is_there=not why_gone(work, this, this.holder),
        reach=tuple(reached.people for reached in reaches_of(work, this, chain.steps)),
        end=end_of(work, this, chain, failed=failed_places(work, this)),
    )


def plan(work: Work, this: Escalation) -> None:
    """Call this after every change, in the same transaction: what was planned before is void."""
    this.turn += 1
    this.updated_at = work.now
    work.session.flush()
    cancel_timers(work.session, work.mission.id, subject_of(this))
    if not this.is_open:
        this.next_kind = this.next_at = this.next_step = None
        this.next_for = []
    else:
        pace = pace_of(work, this.severity)
        step = next_step(situation_of(work, this), pace, read_times(work, this.severity), work.now)
        this.next_kind, this.next_at, this.next_step = step.kind, step.at, step.step
        this.next_for = list(step.reach)
        set_timer(
            work.session,
            work.mission.id,
            key=Key.of(subject_of(this), this.turn),
            verb=STEP_IS_DUE,
            subject=subject_of(this),
            due_at=step.at,
        )
    work.session.flush()
