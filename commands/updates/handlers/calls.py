"""Asking for updates: the first message to whoever answers for the agency, and keeping it true afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from commands.kit.post import show_to, take_back, tell
from commands.kit.work import Work
from commands.updates.handlers.participants import Participants, read_participants
from commands.updates.views.calls import Owed, ask_card, chase_card
from commands.updates.views.words import SNOOZED, why_reminded
from storage.posts import get_post
from storage.subjects import Key, Subject
from storage.timers import set_timer
from storage.updates.drafts import drafts_of
from storage.updates.notices import NoticeKind, ReturnNotice, notice_once, notices_of
from storage.updates.returns import STILL_OWED, Return, returns_of
from storage.updates.rounds import Round, RoundState, get_round


def ask_agencies(work: Work, this: Round, returns: Sequence[Return]) -> None:
    """Ask whoever answers for each agency, now or as soon as they work.

    Those who are off are asked later by a timer, which looks again at who answers then: leave may begin meanwhile.
    Where nobody works before the round is due, the question goes out at once: late politeness would be silence.
    """
    around = read_participants(work, this, returns)
    later: set[datetime] = set()
    for given in returns:
        contact = around.contact(given)
        given.has_contact = contact is not None
        if contact is None:
            continue
        moment = around.polite(contact.person, before=this.due_at)
        if work.now < moment:
            later.add(moment)
        else:
            _ask(around, given, contact.person)
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
    """Ask one more of the agency's people, at once: `handed_by` handed the return over to them.

    Somebody to whom it comes back gets a new message: the edit of an old one would be seen by nobody.
    """
    around = read_participants(work, this, [given])
    before = [note for note in around.asked(given) if note.user_id == user_id]
    _ask(around, given, user_id, occurrence=len(before), handed_by=handed_by)


def _ask(
    around: Participants, given: Return, user_id: str, *, occurrence: int = 0, handed_by: str | None = None
) -> None:
    work = around.work
    is_new = notice_once(
        work.session,
        work.mission.id,
        return_id=given.id,
        user_id=user_id,
        kind=NoticeKind.ASK,
        occurrence=occurrence,
        at=work.now,
        handed_by=handed_by,
    )
    subject = ReturnNotice(return_id=given.id, kind=NoticeKind.ASK, occurrence=occurrence, user_id=user_id).subject
    with work.speaking_to(user_id):
        card = ask_card(around.owed(given), handed_by=handed_by)
        if is_new:
            tell(work, user_id, card, key=Key.of(subject), subject=subject)
        else:
            show_to(work, user_id, subject, card)


def redraw(work: Work, owed: Owed) -> None:
    """Make every message about a return say what is true now; reminders nobody needs any more do not leave."""
    given = owed.given
    notices = notices_of(work.session, [given.id]).get(given.id, [])
    drafting = set() if owed.is_open else {draft.user_id for draft in drafts_of(work.session, given.id)}
    handed_to = _handed_to([note for note in notices if note.kind == NoticeKind.ASK])
    for note in notices:
        _redraw(work, owed, note, handed_to.get(note.id), has_draft=note.user_id in drafting)


def redraw_closed(work: Work, this: Round, missed: Sequence[Return]) -> None:
    """Say in the message that asked for each of these returns that the round closed without it.

    One edit for each, because Slack limits edits by the minute; a reminder's buttons say the same when pressed.
    """
    around = read_participants(work, this, missed)
    for given in missed:
        owed = around.owed(given)
        drafting = {draft.user_id for draft in drafts_of(work.session, given.id)}
        for note in around.notices.get(given.id, []):
            if note.kind == NoticeKind.ASK:
                _redraw(work, owed, note, None, has_draft=note.user_id in drafting)
            else:
                take_back(work, note.subject)


def _handed_to(asked: Sequence[ReturnNotice]) -> dict[int, str]:
    """Who was asked after each of these notices because the return was handed over, by notice."""
    return {before.id: after.user_id for before, after in pairwise(asked) if after.handed_by}


def _redraw(work: Work, owed: Owed, note: ReturnNotice, handed_to: str | None, *, has_draft: bool) -> None:
    is_out = get_post(work.session, work.mission.id, note.subject) is not None
    # A message that has not left says what is true when it does, and an answered question need not leave at all.
    if not is_out and take_back(work, note.subject) and owed.given.state not in STILL_OWED:
        return
    with work.speaking_to(note.user_id):
        if note.kind == NoticeKind.ASK:
            card = ask_card(owed, handed_to=handed_to, handed_by=note.handed_by, has_draft=has_draft)
        else:
            step = note.occurrence if note.kind == NoticeKind.CHASE else SNOOZED
            card = chase_card(owed, why_reminded(owed.round, step, work.now), has_draft=has_draft)
        show_to(work, note.user_id, note.subject, card)
