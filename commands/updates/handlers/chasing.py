"""The chase: each step reminds whom it names, in their working hours, never twice, and nobody who has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from commands.kit.work import Work
from commands.updates.handlers.notices import ring
from commands.updates.handlers.participants import Participants, read_participants
from commands.updates.rules.ladder import Recipient, moments, steps_of, too_soon
from storage.people import Role
from storage.subjects import Key, Subject
from storage.timers import set_timer
from storage.updates import notices
from storage.updates.notices import NoticeKind, notice_once
from storage.updates.returns import STILL_OWED, Return, get_return, returns_of
from storage.updates.rounds import Round, RoundState, get_round


def set_steps(work: Work, this: Round, calendar_moments: dict[int, datetime], *, revives: bool = False) -> None:
    """Remember when each step of the chase is taken; `revives` those that were cancelled."""
    for number, when in calendar_moments.items():
        subject = Subject.of("round", this.id, number)
        set_timer(
            work.session,
            work.mission.id,
            key=Key.of(subject, "chase"),
            verb="updates:chase",
            subject=subject,
            due_at=when,
            revives=revives,
        )


def plan_chase(work: Work, this: Round, around: Participants, *, revives: bool = False) -> None:
    """Set the steps of a round that has just opened, or that is open again."""
    ladder = steps_of(this.ladder)
    found = moments(ladder, opens=work.now, due=this.due_at, closes=this.closes_at, calendar=around.calendar)
    set_steps(work, this, found, revives=revives)


def take_step(work: Work, subject: Subject) -> None:
    """One step of the chase is due."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is None or this.state != RoundState.OPEN:
        return
    owing = [given for given in returns_of(work.session, this.id) if given.state in STILL_OWED]
    for given in owing:
        given.deferred = [*given.deferred, int(subject.ids[1])]
    _work_off(work, this, owing)


def take_deferred(work: Work, subject: Subject) -> None:
    """Somebody who was off when a step was due works now."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is None or this.state != RoundState.OPEN:
        return
    owing = [given for given in returns_of(work.session, this.id) if given.state in STILL_OWED and given.deferred]
    _work_off(work, this, owing)


def _work_off(work: Work, this: Round, owing: Iterable[Return]) -> None:
    """Take every waiting step of these returns that can be taken now; the others wait for the next working hour."""
    owing = list(owing)
    around = read_participants(work, this, owing)
    later: set[datetime] = set()
    reminded: list[str] = []
    for given in owing:
        later |= _take_steps_of(around, given, reminded)
    ring(work, this, reminded)
    for moment in later:
        key = Key.of("round", this.id, "late-chase", moment)
        subject = Subject.of("round", this.id)
        set_timer(work.session, work.mission.id, key=key, verb="updates:late-chase", subject=subject, due_at=moment)


def _take_steps_of(around: Participants, given: Return, reminded: list[str]) -> set[datetime]:
    """Take each waiting step of a return. Returns the moments for which something still waits.

    Several steps that wait for the same person make one reminder, the last of them. Who hears of it joins `reminded`.
    """
    ladder = steps_of(around.round.ladder)
    newest: dict[str, int] = {}
    for number in given.deferred:
        for user in recipients(around, given, ladder[number].to):
            newest[user] = max(number, newest.get(user, number))
    waiting: dict[int, datetime] = {}
    for user, number in newest.items():
        moment = around.polite(user)
        if moment <= around.work.now:
            reminded += [user] if note_reminded(around, given, user, NoticeKind.CHASE, number) else []
        elif moment < around.round.closes_at:
            waiting[number] = min(moment, waiting.get(number, moment))
    given.deferred = sorted(waiting)
    return set(waiting.values())


def recipients(around: Participants, given: Return, to: Recipient) -> list[str]:
    """Whom a step reminds. Without an alternate it stays with whoever is in charge; without a head with nobody."""
    if to is Recipient.HEAD:
        return around.holders(given, Role.HEAD_OF_AGENCY)
    alternates = around.holders(given, Role.ALTERNATE) if to is Recipient.ALTERNATES else []
    in_charge = around.in_charge(given)
    return alternates or ([in_charge] if in_charge else [])


def note_reminded(
    around: Participants, given: Return, user: str, kind: NoticeKind, occurrence: int, *, by: str | None = None
) -> bool:
    """Write down that this person is reminded now. False where they are not: they were a moment ago, or chose later."""
    work = around.work
    told = [note for note in around.notices.get(given.id, []) if note.user_id == user]
    last = max((note.at for note in told), default=None)
    snoozed = any(note.snoozed_until and note.snoozed_until > work.now for note in told)
    if kind is NoticeKind.CHASE and (snoozed or too_soon(last, work.now)):
        return False
    return notice_once(
        work.session,
        work.mission.id,
        return_id=given.id,
        user_id=user,
        kind=kind,
        occurrence=occurrence,
        at=work.now,
        handed_by=by,
    )


def snooze(work: Work, given: Return, user: str, until: datetime) -> None:
    """Remind this person at a moment of their own choice, and not before."""
    notices.snooze(work.session, given.id, user, until)
    subject = Subject.of("return", given.id, user)
    set_timer(
        work.session,
        work.mission.id,
        key=Key.of(subject, "snooze", until),
        verb="updates:snooze",
        subject=subject,
        due_at=until,
    )


def wake(work: Work, subject: Subject) -> None:
    """A snooze is over: remind once, unless it was put off again or answered meanwhile."""
    given, user = get_return(work.session, work.mission.id, subject.number()), subject.ids[1]
    if given is None or given.state not in STILL_OWED:
        return
    this = get_round(work.session, work.mission.id, given.round_id)
    if this is None or this.state != RoundState.OPEN:
        return
    around = read_participants(work, this, [given])
    notes = [note for note in around.notices.get(given.id, []) if note.user_id == user]
    if any(note.snoozed_until and note.snoozed_until > work.now for note in notes):
        return
    before = [note for note in notes if note.kind == NoticeKind.SNOOZE]
    if note_reminded(around, given, user, NoticeKind.SNOOZE, len(before)):
        ring(work, this, [user])
