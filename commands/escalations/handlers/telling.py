"""Writing each act into the history, and telling it once to whom it concerns."""

from __future__ import annotations

from typing import Any

from commands.escalations.handlers.cards import (
    DIRECT,
    SENT,
    asked_subject,
    cards_at,
    channel_of_card,
    gather,
    office_subject,
    raiser_subject,
    seen_at,
    speaking_at,
)
from commands.escalations.handlers.viewers import CONCERNED, answers
from commands.escalations.views.case import Case
from commands.escalations.views.history import act_card
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.escalations.model import ActKind, Escalation, EscalationAct, acts_of, add_act, get_escalation
from storage.subjects import Key, Subject

# What those who raised it or whom it concerns hear of as it happens; the rest stands on their card.
TOLD_TO_RAISER = frozenset(
    {
        ActKind.ACKNOWLEDGED,
        ActKind.TAKEN_OVER,
        ActKind.ASKED,
        ActKind.PAUSED,
        ActKind.WITH_SRSG,
        ActKind.SEVERITY,
        ActKind.REOPENED,
        ActKind.OVERDUE,
        ActKind.JOINED,
        ActKind.DECIDED,
        ActKind.RETURNED,
        ActKind.MERGED,
    }
)
TOLD_TO_CONCERNED = TOLD_TO_RAISER - {ActKind.REOPENED, ActKind.OVERDUE, ActKind.JOINED} | {ActKind.WITHDRAWN}
TOLD_TO_HOLDER = frozenset(
    {ActKind.ANSWERED, ActKind.TAKEN_OVER, ActKind.SEVERITY, ActKind.WITHDRAWN, ActKind.DECIDED, ActKind.RETURNED}
    | {ActKind.MERGED, ActKind.REOPENED}
)


def note(work: Work, this: Escalation, kind: ActKind, text: str = "", *, by: str = "", **details: Any) -> None:
    """Write an act into the history and the audit record, and tell it once to whom it concerns.

    `by` is whoever acts, the product where it is empty. The audit record never holds the text.
    """
    actor = by or work.actor
    act = add_act(work.session, this, at=work.now, by=actor, kind=kind, text=text, details=details)
    work.record(f"escalation.{kind}", ("escalation", this.id), number=this.number, **details)
    if kind is not ActKind.RAISED:
        _tell(work, this, act)


def _tell(work: Work, this: Escalation, act: EscalationAct) -> None:
    key = Key.of("escalation", this.id, "act", act.id)
    matter, channel = gather(work, this), channel_of_card(work, this)
    if channel is not None:
        with speaking_at(work, channel):
            told = act_card(seen_at(work, matter, channel), act)
        post(work, channel, told, key=Key.of(key, "office"), thread_of=office_subject(this))
    for user, thread in _hearers(matter, act).items():
        place = DIRECT + user
        asked = _may_answer(matter, act, user)
        with speaking_at(work, place):
            told = act_card(seen_at(work, matter, place), act, may_answer=asked)
        about = asked_subject(this).part(act.id, user) if asked else None
        key_of_user = Key.of(key, user)
        post(work, place, told, key=key_of_user, subject=about, thread_of=thread, broadcast=thread is not None)


def draw_asked(work: Work, subject: Subject) -> Card | None:
    """A question as it stands with somebody who was asked: with its button as long as it waits for an answer."""
    this = get_escalation(work.session, work.mission.id, subject.number())
    asked = acts_of(work.session, this.id) if this is not None else []
    act = next((one for one in asked if one.id == subject.number(2)), None)
    if this is None or act is None:
        return None
    newest = max(one.id for one in asked if one.kind == ActKind.ASKED)
    place = DIRECT + subject.ids[-1]
    with speaking_at(work, place):
        waits = bool(this.question) and act.id == newest and answers(work, subject.ids[-1], this)
        return act_card(seen_at(work, gather(work, this), place), act, may_answer=waits)


def _may_answer(matter: Case, act: EscalationAct, user: str) -> bool:
    """Whether this person is asked: the raiser and those concerned are, the office is not."""
    concerned = {one.place for one in matter.notices if one.kind == CONCERNED}
    return act.kind == ActKind.ASKED and user in {matter.this.raised_by, *concerned}


def _hearers(matter: Case, act: EscalationAct) -> dict[str, Subject | None]:
    """Who hears of an act as it happens, each once, with the card it continues."""
    this, kind = matter.this, ActKind(act.kind)
    found: dict[str, Subject | None] = {}
    user = str(act.details.get("holder") or this.holder or "")
    if kind in TOLD_TO_HOLDER and user:
        found[user] = next((one.subject for one in cards_at(matter.notices, user)), None)
    if kind in TOLD_TO_CONCERNED:
        told = [one for one in matter.notices if one.kind == CONCERNED and one.state in SENT]
        found.update({one.place: one.subject for one in told})
    if kind in TOLD_TO_RAISER:
        found[this.raised_by] = raiser_subject(this)
    found.pop(act.by, None)
    return found
