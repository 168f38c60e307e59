"""Asking for updates: the first message to whoever answers for the agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.kit.work import Work
from commands.updates.handlers.notices import ring
from commands.updates.handlers.participants import Participants, read_participants
from storage.subjects import Key, Subject
from storage.timers import set_timer
from storage.updates.notices import NoticeKind, notice_once
from storage.updates.returns import STILL_OWED, Return, returns_of
from storage.updates.rounds import Round, RoundState, get_round


def ask_agencies(work: Work, this: Round, returns: Sequence[Return]) -> None:
    """Ask whoever answers for each agency, now or as soon as they work.

    Those who are off are asked later by a timer, which looks again at who answers then: leave may begin meanwhile.
    Where nobody works before the round is due, the question goes out at once: late politeness would be silence.
    """
    around = read_participants(work, this, returns)
    later: set[datetime] = set()
    asked: list[str] = []
    for given in returns:
        contact = around.contact(given)
        given.has_contact = contact is not None
        if contact is None:
            continue
        moment = around.polite(contact.person, before=this.due_at)
        if work.now < moment:
            later.add(moment)
        else:
            _note_asked(around, given, contact.person)
            asked.append(contact.person)
    ring(work, this, asked)
    for moment in later:
        key = Key.of("round", this.id, "ask", moment)
        set_timer(
            work.session,
            work.mission.id,
            key=key,
            verb="updates:ask",
            subject=Subject.of("round", this.id),
            due_at=moment,
        )


def ask_later(work: Work, subject: Subject) -> None:
    """Ask those who were off when the round opened. Whoever answered meanwhile is left alone."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is None or this.state != RoundState.OPEN:
        return
    returns = returns_of(work.session, this.id)
    notices = read_participants(work, this, returns).notices
    ask_agencies(work, this, [one for one in returns if one.state in STILL_OWED and one.id not in notices])


def ask_person(work: Work, given: Return, this: Round, user_id: str, *, handed_by: str) -> None:
    """Ask one more of the agency's people, at once: `handed_by` handed the return over to them."""
    around = read_participants(work, this, [given])
    before = [note for note in around.asked(given) if note.user_id == user_id]
    _note_asked(around, given, user_id, occurrence=len(before), handed_by=handed_by)
    ring(work, this, [user_id])


def _note_asked(
    around: Participants, given: Return, user_id: str, *, occurrence: int = 0, handed_by: str | None = None
) -> None:
    work = around.work
    notice_once(
        work.session,
        work.mission.id,
        return_id=given.id,
        user_id=user_id,
        kind=NoticeKind.ASK,
        occurrence=occurrence,
        at=work.now,
        handed_by=handed_by,
    )
