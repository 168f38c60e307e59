"""The clock's side: what happens when the next step of an escalation is due, and when a message does not arrive."""

from __future__ import annotations

from commands.escalations.handlers.cards import let_cards_follow, send_notice
from commands.escalations.handlers.chain.next_step import failed_places, pace_of, plan, read_times
from commands.escalations.handlers.chain.reach import OTHER_HOURS, end_of, reach_of, why_gone
from commands.escalations.handlers.emailing import email_step
from commands.escalations.handlers.telling import note
from commands.escalations.rules.chains import plan_of
from commands.escalations.rules.next_step import applies
from commands.kit.work import OURSELVES, Work
from storage.escalations.model import ActKind, Escalation, NextKind, State, lock_escalation
from storage.escalations.notices import EscalationNotice, NoticeState, Way, notice_by_subject, notice_once, notices_of
from storage.outbox import Sent
from storage.subjects import Subject

BROUGHT = (NextKind.OPEN, NextKind.CLIMB, NextKind.REOPEN, NextKind.END)
REASON_KEPT = 64


def step_is_due(work: Work, subject: Subject) -> None:
    """The moment of an escalation's next step has come."""
    this = lock_escalation(work.session, work.mission.id, subject.number())
    if this is None or not this.is_open or this.next_kind is None or this.next_at is None:
        return
    if this.next_at <= work.now:
        _take(work, this, NextKind(this.next_kind))
    plan(work, this)
    let_cards_follow(work, this)


def _take(work: Work, this: Escalation, kind: NextKind) -> None:
    if kind is NextKind.STALE:
        ask_still(work, this)
    elif kind is NextKind.REOPEN:
        reopen(work, this, why_gone(work, this, this.holder))
    elif kind is NextKind.OVERDUE:
        tell_overdue(work, this)
    elif kind is NextKind.WAKE:
        wake(work, this)
    else:
        this.state = State.RAISED
        go_up(work, this, kind)


def go_up(work: Work, this: Escalation, kind: NextKind) -> None:
    """Tell the next step that is for this severity and hour and reaches somebody, or else the end of the chain."""
    chain, pace = plan_of(this.chain), pace_of(work, this.severity)
    for number, lap in chain.positions_after(this.step, this.lap):
        step = chain.steps[number]
        if not step.is_for(this.severity):
            continue
        if not applies(step, this.severity, pace, work.now):
            _passed_over(work, this, number, lap, "", OTHER_HOURS)
            continue
        reached = reach_of(work, this, step)
        for place, reason in reached.missed:
            _passed_over(work, this, number, lap, place, reason)
        if reached.people:
            _bring(work, this, kind, number, lap, reached.people)
            return
    places = end_of(work, this, chain, failed=failed_places(work, this))
    _bring(work, this, NextKind.END, len(chain.steps), chain.repeat_times, places)


def _bring(work: Work, this: Escalation, kind: NextKind, step: int, lap: int, places: tuple[str, ...]) -> None:
    this.step, this.lap, this.told_at = step, lap, work.now
    for place in places:
        send_notice(work, this, kind, place, step=step, lap=lap)
    email_step(work, this, kind, places)
    note(work, this, ActKind.TOLD, by=OURSELVES, step=step, lap=lap, to=list(places))


def _passed_over(work: Work, this: Escalation, step: int, lap: int, place: str, reason: str) -> None:
    """Record that a step did not reach somebody it names; a second lap repeats nothing that was said already."""
    before = [one for one in notices_of(work.session, this.id) if one.step == step and one.place == place]
    known = any(one.state == NoticeState.SKIPPED and one.reason == reason for one in before)
    written = notice_once(
        work.session,
        work.mission.id,
        escalation_id=this.id,
        turn=this.turn,
        kind=f"skip-{step}-{lap}",
        step=step,
        lap=lap,
        place=place,
        state=NoticeState.SKIPPED,
        reason=reason,
        at=work.now,
        settled_at=work.now,
    )
    if written is not None and not known:
        note(work, this, ActKind.NOT_DELIVERED, by=OURSELVES, step=step, place=place, reason=reason)


def ask_still(work: Work, this: Escalation) -> None:
    """Nothing has happened for a while: ask the holder."""
    this.asked_still_at = work.now
    if this.holder:
        send_notice(work, this, NextKind.STALE, this.holder, step=this.step, lap=this.lap)
    note(work, this, ActKind.ASKED_STILL, by=OURSELVES, holder=this.holder)


def reopen(work: Work, this: Escalation, reason: str = "") -> None:
    """The holder is no longer on it: it goes on climbing from where it was."""
    holder = this.holder
    pace, times = pace_of(work, this.severity), read_times(work, this.severity)
    if this.state == State.WAITING:
        run_clock_again(work, this)
    this.state, this.holder, this.acknowledged_at = State.RAISED, None, None
    this.asked_still_at, this.touched_at = None, work.now
    this.ack_due_at = pace.after(pace.next_on(work.now), times.ack)
    this.reopened += 1
    note(work, this, ActKind.REOPENED, by=OURSELVES, holder=holder, reason=reason)
    go_up(work, this, NextKind.REOPEN)


def tell_overdue(work: Work, this: Escalation) -> None:
    """The decision is due: the holder and one level above hear it, and the holder is asked whether they are on it."""
    this.overdue_step, this.told_at = this.next_step, work.now
    this.asked_still_at = this.asked_still_at or work.now
    for place in this.next_for:
        send_notice(work, this, NextKind.OVERDUE, place, step=this.overdue_step or 0, lap=this.lap)
    note(work, this, ActKind.OVERDUE, by=OURSELVES, to=list(this.next_for))


def wake(work: Work, this: Escalation, why: str = "") -> None:
    """The date has come, or no answer has: the holder has it again and the clock runs."""
    waited_for_answer = bool(this.question)
    run_clock_again(work, this)
    this.state, this.touched_at, this.asked_still_at = State.ACKNOWLEDGED, work.now, None
    if this.holder and not why:
        send_notice(work, this, NextKind.WAKE, this.holder, step=this.step, lap=this.lap)
    note(work, this, ActKind.RESUMED, by=OURSELVES, why=why or ("no_answer" if waited_for_answer else "date"))


def run_clock_again(work: Work, this: Escalation) -> None:
    """The time on hold does not count against the decision."""
    if this.paused_at is not None:
        pace = pace_of(work, this.severity)
        left = pace.between(this.paused_at, this.decide_due_at)
        this.decide_due_at = max(this.decide_due_at, pace.after(work.now, left))
    this.paused_at = this.paused_until = None
    this.local_times = {name: text for name, text in this.local_times.items() if name != "paused_until"}


def delivered(work: Work, subject: Subject, _outcome: Sent) -> None:
    """A message of a step has reached its place."""
    notice = notice_by_subject(work.session, work.mission.id, subject, Way.SLACK)
    if notice is not None:
        notice.state, notice.reason, notice.settled_at = NoticeState.DELIVERED, "", work.now


def not_delivered(work: Work, subject: Subject, reason: str) -> None:
    """A message of a step was refused for good: it is written down, and the next step follows at once if need be."""
    notice = notice_by_subject(work.session, work.mission.id, subject, Way.SLACK)
    if notice is None:
        return
    notice.state, notice.reason, notice.settled_at = NoticeState.FAILED, reason[:REASON_KEPT], work.now
    this = lock_escalation(work.session, work.mission.id, notice.escalation_id)
    if this is None or not this.is_open or notice.step < 0:
        return
    note(work, this, ActKind.NOT_DELIVERED, by=OURSELVES, step=notice.step, place=notice.place, reason=notice.reason)
    _follow_up(work, this, notice)
    plan(work, this)
    let_cards_follow(work, this)


def _follow_up(work: Work, this: Escalation, notice: EscalationNotice) -> None:
    """Whom the message was for has it not: if nobody else has, the escalation moves on."""
    if this.state == State.RAISED and (notice.step, notice.lap) == (this.step, this.lap) and notice.kind in BROUGHT:
        told = (one for one in notices_of(work.session, this.id) if one.way == Way.SLACK)
        same = [one for one in told if one.turn == notice.turn and one.kind == notice.kind]
        if all(one.state in (NoticeState.FAILED, NoticeState.SKIPPED) for one in same):
            go_up(work, this, NextKind.CLIMB)
    elif notice.kind in (NextKind.STALE, NextKind.WAKE, NextKind.OVERDUE) and notice.place == this.holder:
        reopen(work, this, notice.reason)
