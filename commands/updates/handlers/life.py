"""The life of a round: begun ahead of its time, opened, due, closed."""

from __future__ import annotations

from commands.kit.contacts import everyone
from commands.kit.permission import holders_of
from commands.kit.post import post, refresh_home
from commands.kit.times.local import local_texts
from commands.kit.work import Work
from commands.updates.handlers import digesting
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.calls import ask_agencies
from commands.updates.handlers.chasing import plan_chase
from commands.updates.handlers.notices import redraw_all
from commands.updates.handlers.participants import read_participants
from commands.updates.rules.access import titled
from commands.updates.rules.audience import chosen
from commands.updates.rules.ladder import LAST_CALL
from commands.updates.views.lateness import not_opened_card
from storage.agencies import Agency, all_agencies
from storage.people import Role
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer
from storage.updates.returns import STILL_OWED, Return, ReturnState, returns_of
from storage.updates.rounds import HELD, Round, RoundState, lock_round

# The moments of a round that were planned in local time.
PLANNED = ("slot", "opens_at", "due_at", "closes_at", "digest_at")


def begin(work: Work, this: Round) -> None:
    """Write a round down with its moments; open it at once when its time has come.

    Raises IntegrityError when the plan has a round for this slot already.
    """
    this.local_times = local_texts(work.zone, **{name: getattr(this, name) for name in PLANNED})
    work.session.add(this)
    work.session.flush()
    set_timers(work, this)
    subject = subject_of(this)
    work.record("round.begin", ("round", this.id), **titled(this))
    if this.opens_at <= work.now:
        open_round(work, subject)


def set_timers(work: Work, this: Round, *, revives: bool = False) -> None:
    """Remember the moments of a round; those that wait are moved, those that have come are left alone.

    `revives`: those that were cancelled wait again.
    """
    moments = {
        "updates:open": this.opens_at,
        "updates:due": this.due_at,
        "updates:last-call": this.closes_at - LAST_CALL,
        "updates:close": this.closes_at,
        "updates:digest": this.digest_at,
    }
    subject = subject_of(this)
    for verb, when in moments.items():
        key = Key.of(subject, verb.removeprefix("updates:"))
        set_timer(work.session, work.mission.id, key=key, verb=verb, subject=subject, due_at=when, revives=revives)


def open_round(work: Work, subject: Subject) -> None:
    """Write down what each agency owes and ask for it. A round whose deadline has passed meanwhile is called off."""
    this = locked(work, subject)
    if this is None or this.state != RoundState.PENDING:
        return
    if this.due_at <= work.now:
        _call_off(work, this)
        return
    this.state, this.opened_at = RoundState.OPEN, work.now
    this.board_channel = work.mission.coordinator_channel
    agencies = chosen(this.audience, all_agencies(work.session, work.mission.id, active_only=True))
    returns = [_return_of(work, this, agency) for agency in agencies]
    work.session.add_all(returns)
    work.session.flush()
    work.record("round.open", ("round", this.id), agencies=len(returns))
    ask_agencies(work, this, returns)
    plan_chase(work, this, read_participants(work, this, returns))
    refresh_board(work, this)
    refresh_homes(work, agencies)


def _return_of(work: Work, this: Round, agency: Agency) -> Return:
    return Return(
        mission_id=work.mission.id,
        round_id=this.id,
        agency_id=agency.id,
        sectors=list(agency.sectors),
        state=ReturnState.OWED,
        deferred=[],
    )


def _call_off(work: Work, this: Round) -> None:
    """Nobody could answer in time any more, because nothing ran when the round should have opened."""
    this.state, this.closed_at = RoundState.CLOSED, work.now
    this.digested_at = work.now
    cancel_timers(work.session, work.mission.id, subject_of(this))
    work.record("round.call_off", ("round", this.id))
    channel = work.mission.coordinator_channel
    if channel is None:
        return
    with work.speaking_to_everyone():
        post(work, channel, not_opened_card(this, work.zone), key=Key.of(subject_of(this), "not-opened"))


def pass_due(work: Work, subject: Subject) -> None:
    """The deadline is here: the board says what is overdue."""
    this = locked(work, subject)
    if this is not None and this.state == RoundState.OPEN:
        refresh_board(work, this)


def end_snoozing(work: Work, subject: Subject) -> None:
    """The round closes so soon that no reminder can be put off any more: reminders offer it no longer."""
    this = locked(work, subject)
    if this is not None and this.state == RoundState.OPEN:
        redraw_all(work, [given for given in returns_of(work.session, this.id) if given.state in STILL_OWED])


def close_round(work: Work, subject: Subject) -> None:
    """Nothing can be changed any more; what has not come is missed."""
    this = locked(work, subject)
    if this is None or this.state != RoundState.OPEN:
        return
    this.state, this.closed_at = RoundState.CLOSED, work.now
    returns = returns_of(work.session, this.id)
    missed = [given for given in returns if given.state in STILL_OWED]
    for given in missed:
        given.state, given.deferred = ReturnState.MISSED, []
    work.session.flush()
    redraw_all(work, returns, drop_waiting=True)
    cancel_reminders(work, this)
    work.record("round.close", ("round", this.id), missed=len(missed))
    refresh_board(work, this)
    refresh_homes(work, list(read_participants(work, this, returns).agencies.values()))


def send_digest(work: Work, subject: Subject) -> None:
    """The digest's time is here."""
    this = locked(work, subject)
    if this is not None and this.state in HELD and this.digested_at is None:
        digesting.send_digest(work, this)


def cancel_reminders(work: Work, this: Round) -> None:
    """Nobody is asked or reminded any more."""
    for verb in ("updates:ask", "updates:late-chase", "updates:due", "updates:last-call", "updates:close"):
        cancel_timers(work.session, work.mission.id, subject_of(this), verb=verb)
    for step in range(len(this.ladder)):
        cancel_timers(work.session, work.mission.id, subject_of(this).part(step))


def refresh_homes(work: Work, agencies: list[Agency]) -> None:
    """Let the Homes of an open round's people be drawn again, and those of coordinators."""
    users = {user for agency in agencies for user in everyone(agency)}
    users |= set(holders_of(work.session, work.mission.id, frozenset({Role.COORDINATOR})))
    refresh_home(work, users)


def locked(work: Work, subject: Subject) -> Round | None:
    """The round of a timer, held until the transaction ends."""
    return lock_round(work.session, work.mission.id, subject.number())


def subject_of(this: Round) -> Subject:
    """What a round's timers are known by."""
    return Subject.of("round", this.id)
