"""Ending a round before its time: closed with its digest, or called off; and taking that back for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.access import find
from commands.kit.post import take_back
from commands.kit.promises import correct
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.chasing import plan_chase
from commands.updates.handlers.life import (
    cancel_reminders,
    close_round,
    refresh_homes,
    send_digest,
    set_timers,
    subject_of,
)
from commands.updates.handlers.notices import redraw_all, ring_all
from commands.updates.handlers.participants import read_participants
from commands.updates.rules.access import Act
from commands.updates.rules.ending import UNDO_FOR, can_undo
from commands.updates.views.lateness import ended_card, taken_back_card
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer
from storage.updates.digests import RoundDigest, digests_of
from storage.updates.drafts import returns_with_drafts
from storage.updates.returns import Return, ReturnState, returns_of
from storage.updates.rounds import Round, RoundState, get_round


def finish(request: Request) -> Answer:
    """A coordinator closes a round before its time, and the digest goes out."""
    this = _open(request)
    this.closed_by = request.who.user_id
    close_round(request, subject_of(this))
    send_digest(request, subject_of(this))
    return _ended(request, this)


def call_off(request: Request) -> Answer:
    """A coordinator calls a round off: nothing is owed any more, and what was written is kept."""
    this = _open(request)
    this.state, this.closed_at, this.closed_by = RoundState.CALLED_OFF, request.now, request.who.user_id
    returns = returns_of(request.session, this.id)
    for given in returns:
        given.deferred = []
    request.session.flush()
    ring_all(request, this, returns)
    cancel_reminders(request, this)
    cancel_timers(request.session, request.mission.id, subject_of(this))
    request.record("round.called_off", ("round", this.id), agencies=len(returns))
    refresh_homes(request, list(read_participants(request, this, returns).agencies.values()))
    return _ended(request, this)


def _open(request: Request) -> Round:
    """Raises Refused when the round is over already."""
    this = find(request, ROUND, request.value, Act.LEAD, lock=True)
    if this.state != RoundState.OPEN:
        raise Refused(_("This round is closed already."))
    return this


def _ended(request: Request, this: Round) -> Answer:
    """The board says what was done, with the way back while there is one; whoever pressed elsewhere is told too."""
    assert this.closed_at is not None, "it has just been ended"
    refresh_board(request, this)
    key = Key.of(subject_of(this), "undo-over", this.closed_at)
    over = this.closed_at + UNDO_FOR
    set_timer(
        request.session, request.mission.id, key=key, verb="updates:undo-over", subject=subject_of(this), due_at=over
    )
    return Answer(say=ended_card(this)) if this.board_channel is None else NOTHING_TO_SAY


def end_undoing(work: Work, subject: Subject) -> None:
    """Ten minutes are over: the board offers the way back no longer."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is not None:
        refresh_board(work, this)


def undo(request: Request) -> Answer:
    """The round is open again, and everybody who was told otherwise is told so."""
    this = find(request, ROUND, request.value, Act.LEAD, lock=True)
    if this.state == RoundState.OPEN:
        return NOTHING_TO_SAY
    if not can_undo(this, request.now):
        raise Refused(_("This can be taken back for ten minutes, and as long as the round would still be open."))
    returns = returns_of(request.session, this.id)
    if this.digested_at is not None and this.digested_at == this.closed_at:
        _take_digest_back(request, this, returns)
    was = this.state
    this.state, this.closed_at, this.closed_by = RoundState.OPEN, None, None
    _owe_again(request, this, returns)
    request.session.flush()
    set_timers(request, this, revives=True)
    around = read_participants(request, this, returns)
    plan_chase(request, this, around, revives=True)
    if was == RoundState.CALLED_OFF:
        ring_all(request, this, returns)
    else:
        redraw_all(request, returns)
    request.record("round.reopened", ("round", this.id))
    refresh_board(request, this)
    refresh_homes(request, list(around.agencies.values()))
    return Answer(say=ended_card(this)) if this.board_channel is None else NOTHING_TO_SAY


def _owe_again(work: Work, this: Round, returns: Sequence[Return]) -> None:
    """What was missed because of the close is owed, or a draft, as it was before."""
    drafted = returns_with_drafts(work.session, [given.id for given in returns])
    for given in returns:
        if given.state == ReturnState.MISSED:
            given.state = ReturnState.DRAFT if given.id in drafted else ReturnState.OWED


def _take_digest_back(work: Work, this: Round, returns: Sequence[Return]) -> None:
    """The digest's messages say that it was taken back, and it counts as never sent: it comes at its own time."""
    for digest in digests_of(work.session, this.id):
        _blank(work, this, digest)
        work.session.delete(digest)
    this.digested_at = None
    for given in returns:
        given.digest_version = 0
    work.session.flush()


def _blank(work: Work, this: Round, digest: RoundDigest) -> None:
    name = Subject.of("round", this.id, "digest")
    with work.speaking_to_everyone():
        card = taken_back_card(this, work.zone)
    for page in range(len(digest.content["pages"])):
        subject = name if page == 0 else name.part(page)
        take_back(work, subject)
        correct(work, digest.channel_id, subject, card)
