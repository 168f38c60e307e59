"""Making the rounds of plans ahead of their time, each slot once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from commands.kit.dates import NoWorkingTimeError, WorkCalendar, read_calendar
from commands.kit.times.local import local_time
from commands.kit.work import Work
from commands.updates.handlers.life import begin, subject_of
from commands.updates.rules.access import titled
from commands.updates.rules.calendar import Occasion, occasions
from storage.timers import cancel_timers
from storage.updates.rounds import PlanState, Round, RoundPlan, RoundState, all_plans, pending_of, rounds_of_plan

# Rounds stand ready for so long before they open; a change of the plan makes them anew.
AHEAD = timedelta(days=2)
# After a longer standstill nobody is told about every round that could not be held.
LOOK_BACK = timedelta(days=7)


def make_rounds(work: Work) -> None:
    """Begin every round that opens soon. What fell due while nothing ran is written down and told, not asked."""
    plans = all_plans(work.session, work.mission.id, active_only=True)
    calendar = read_calendar(work) if plans else None
    for plan in plans:
        if calendar is not None:
            make_rounds_of(work, plan, calendar)


def make_rounds_of(work: Work, plan: RoundPlan, calendar: WorkCalendar) -> None:
    """Begin the rounds of one plan that open soon; none of a paused one."""
    if plan.state != PlanState.ACTIVE:
        return
    since = max(plan.updated_at, work.now - LOOK_BACK)
    known = rounds_of_plan(work.session, plan.id, since - LOOK_BACK)
    # By local days: the moment of a slot may have moved with the clock of the mission, its day has not.
    days = {
        local_time(this.local_times, "slot", this.slot, calendar.zone).date() for this in known if this.slot is not None
    }
    try:
        found = occasions(plan, calendar, since, work.now + AHEAD)
    except NoWorkingTimeError:
        return  # Every day of the calendar is free: /mission calendar is where that is mended.
    for one in found:
        if one.slot.astimezone(calendar.zone).date() not in days:
            _begin(work, plan, one)


def _begin(work: Work, plan: RoundPlan, one: Occasion) -> None:
    this = Round(
        mission_id=work.mission.id,
        plan_id=plan.id,
        slot=one.slot,
        title=plan.title,
        questions=list(plan.questions),
        audience=list(plan.audience),
        ladder=list(plan.ladder),
        at_any_hour=plan.at_any_hour,
        group_by=plan.group_by,
        handling=plan.handling,
        period_start=one.period_start,
        period_end=one.period_end,
        opens_at=one.opens,
        due_at=one.due,
        closes_at=one.closes,
        digest_at=one.digest,
        digest_channel=plan.digest_channel,
        created_by=plan.created_by,
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            begin(work, this)
    except IntegrityError:
        return  # Another worker has made the round of this slot.


def drop_pending(work: Work, plan: RoundPlan) -> None:
    """Forget rounds that have not opened, because their plan changed or pauses."""
    for this in pending_of(work.session, plan.id):
        cancel_timers(work.session, work.mission.id, subject_of(this))
        work.record("round.dropped", ("round", this.id), **titled(this))
        this.state, this.slot = RoundState.DROPPED, None
    work.session.flush()
