"""Rounds keep their local times when the mission's clock changes.

A round whose deadline is past stays as it is, and so does one whose deadline has passed by the new clock: its
coordinators hear of that. Reminders that somebody put off by hours, and those that wait for a person's next working
hour, stay: the first are lengths, the second are looked at again when they come.
"""

from __future__ import annotations

from datetime import datetime

from commands.kit.access import readable
from commands.kit.post import post, tell
from commands.kit.times.keeping import moving
from commands.kit.times.local import kept_ahead, local_time, moment_again
from commands.kit.work import Request, Work
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.chasing import plan_chase
from commands.updates.handlers.life import PLANNED, set_timers, subject_of
from commands.updates.handlers.notices import redraw_all
from commands.updates.handlers.participants import read_participants
from commands.updates.views.clock import kept_card, rounds_text, stays_card
from storage.subjects import Key, Subject
from storage.updates.returns import STILL_OWED, returns_of
from storage.updates.rounds import Round, RoundState, coming_rounds


def keep_local_times(work: Work, _subject: Subject) -> None:
    """Put the moments of every round that is not due yet where its local times are now."""
    for this in _moving(work):
        if _due_again(work, this) <= work.now:
            _say_it_stays(work, this)
        else:
            _keep(work, this)


def _moving(work: Work) -> list[Round]:
    """The rounds that are not due yet whose local deadline is another moment now."""
    ahead = (one for one in coming_rounds(work.session, work.mission.id) if one.due_at > work.now)
    return moving(ahead, lambda one: one.due_at, lambda one: _due_again(work, one))


def _due_again(work: Work, this: Round) -> datetime:
    return moment_again(this.local_times, "due_at", this.due_at, work.zone)


def _keep(work: Work, this: Round) -> None:
    before = this.due_at
    for name in PLANNED:
        moment = getattr(this, name)
        if moment is not None:
            setattr(this, name, kept_ahead(this.local_times, name, moment, work.zone, work.now))
    if this.state == RoundState.PENDING and moment_again(this.local_times, "opens_at", before, work.zone) <= work.now:
        this.opens_at = work.now  # by the new clock it should be open
    work.session.flush()
    set_timers(work, this)
    work.record("round.moved", ("round", this.id), before=before.isoformat(), now=this.due_at.isoformat())
    if this.state == RoundState.OPEN:
        _tell(work, this)


def _tell(work: Work, this: Round) -> None:
    """Draw what stands anew, and tell each person who still owes an answer, once, that the moment is another."""
    returns = returns_of(work.session, this.id)
    owed = [one for one in returns if one.state in STILL_OWED]
    around = read_participants(work, this, returns)
    plan_chase(work, this, around)
    redraw_all(work, returns)
    refresh_board(work, this)
    for user in dict.fromkeys(around.in_charge(one) for one in owed):
        if user:
            with work.speaking_to(user):
                tell(work, user, kept_card(this, work.zone), key=Key.of(subject_of(this), "clock", this.due_at, user))
    if this.board_channel is not None:
        with work.speaking_to_everyone():
            key = Key.of(subject_of(this), "clock", this.due_at)
            post(work, this.board_channel, kept_card(this, work.zone), key=key)


def _say_it_stays(work: Work, this: Round) -> None:
    channel = this.board_channel or work.mission.coordinator_channel
    if channel is not None:
        with work.speaking_to_everyone():
            card = stays_card(this, _local(work, this), work.zone)
            post(work, channel, card, key=Key.of(subject_of(this), "stays", work.zone.key, this.due_at))


def _local(work: Work, this: Round) -> datetime:
    return local_time(this.local_times, "due_at", this.due_at, work.zone)


def planned(request: Request) -> list[str]:
    """The rounds that keep their local time by a moment other than theirs now, in a line for who asks."""
    kept = [one for one in _moving(request) if _due_again(request, one) > request.now]
    kept.sort(key=lambda one: one.due_at)
    known = {one.id for one in readable(request, ROUND, kept)}
    lines = [(one.title if one.id in known else "", _local(request, one)) for one in kept]
    return [rounds_text(lines)] if lines else []
