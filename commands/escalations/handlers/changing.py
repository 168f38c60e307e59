"""What acts do to an escalation: the changes themselves, each followed by its next step and its cards."""

from __future__ import annotations

from datetime import datetime

from commands.escalations.handlers.cards import bring_to_concerned, let_cards_follow
from commands.escalations.handlers.chain.climb import go_up, run_clock_again
from commands.escalations.handlers.chain.next_step import pace_of, plan, read_times
from commands.escalations.handlers.telling import note
from commands.kit.work import Request, Work
from storage.escalations.model import ActKind, Escalation, EscalationPerson, NextKind, State, set_agencies

HELD = (State.ACKNOWLEDGED, State.WAITING)


def settle(work: Work, this: Escalation) -> None:
    """After every change: the next step is planned and every card is drawn anew, by a worker."""
    plan(work, this)
    let_cards_follow(work, this)


def hold(request: Request, this: Escalation) -> None:
    """The person who acts has it now, and their act counts as one."""
    if this.state not in HELD or this.holder != request.who.user_id:
        this.acknowledged_at = request.now
    if this.state not in HELD:
        this.state = State.ACKNOWLEDGED
    this.holder = request.who.user_id
    this.first_acknowledged_at = this.first_acknowledged_at or request.now
    touch(request, this)


def touch(work: Work, this: Escalation) -> None:
    """Something has happened: nobody needs to be asked whether they are still on it."""
    this.touched_at, this.asked_still_at = work.now, None


def put_on_hold(work: Work, this: Escalation, until: datetime, question: str = "") -> None:
    """It waits for a date, or for the answer to a question; its clock stands still."""
    if this.paused_at is not None:
        run_clock_again(work, this)
    this.state, this.paused_at, this.paused_until, this.question = State.WAITING, work.now, until, question


def take_off_hold(work: Work, this: Escalation) -> None:
    """What it waited for is here."""
    run_clock_again(work, this)
    this.state, this.question = State.ACKNOWLEDGED, ""
    touch(work, this)


def change_severity(work: Work, this: Escalation, severity: str, reason: str) -> None:
    """Another severity has other times; they count from now. What waited for duty hours may begin at once."""
    before = this.severity
    this.severity = severity
    pace, times = pace_of(work, severity), read_times(work, severity)
    start = pace.next_on(work.now)
    this.ack_due_at, this.decide_due_at = pace.after(start, times.ack), pace.after(start, times.decide)
    if this.paused_at is not None:
        this.paused_at = work.now
    touch(work, this)
    note(work, this, ActKind.SEVERITY, reason, before=before, after=severity)
    if this.state == State.QUEUED and pace.is_on(work.now):
        this.state = State.RAISED
        go_up(work, this, NextKind.OPEN)


def close(request: Request, this: Escalation, state: State, text: str = "") -> None:
    """It is decided, returned or withdrawn: nothing more happens by itself."""
    _end(request, this, state, text)
    kind = {
        State.DECIDED: ActKind.DECIDED,
        State.RETURNED: ActKind.RETURNED,
        State.WITHDRAWN: ActKind.WITHDRAWN,
    }[state]
    note(request, this, kind, text)


def _end(request: Request, this: Escalation, state: State, text: str) -> None:
    this.first_acknowledged_at = this.first_acknowledged_at or (None if state == State.WITHDRAWN else request.now)
    this.state, this.outcome = state, text
    this.closed_at, this.closed_by = request.now, request.who.user_id
    this.question, this.paused_at, this.paused_until = "", None, None


def join(work: Work, this: Escalation, user_id: str) -> bool:
    """Somebody wants to hear of it too. False when they do already."""
    if user_id == this.raised_by or any(one.user_id == user_id for one in this.people):
        return False
    person = EscalationPerson(mission_id=this.mission_id, escalation_id=this.id, user_id=user_id, joined_at=work.now)
    this.people.append(person)
    work.session.flush()
    bring_to_concerned(work, this)
    return True


def merge(request: Request, this: Escalation, into: Escalation) -> None:
    """One matter goes on, with the people and agencies of both; the other is closed and points to it."""
    this.merged_into_id = into.id
    _end(request, this, State.MERGED, "")
    note(request, this, ActKind.MERGED, into=into.number)
    note(request, into, ActKind.MERGED, other_in=this.number)
    set_agencies(request.session, into, {*into.agency_ids, *this.agency_ids})
    for user in dict.fromkeys([this.raised_by, *(one.user_id for one in this.people)]):
        join(request, into, user)
    bring_to_concerned(request, into)
