"""Telling people that they are on duty, are not any more, or act for a post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from commands.escalations.rules.roster import TurnKind
from commands.escalations.views.duty.messages import (
    SPANS_SHOWN,
    off_duty_card,
    officer_card,
    on_duty_card,
    relieved_card,
)
from commands.kit.cards import Card
from commands.kit.post import tell
from commands.kit.promises import correct, redraw
from commands.kit.work import Request, Work
from storage.duty import DutyTurn, OfficerWindow, Post, get_turn, turns_after
from storage.posts import shown_about
from storage.subjects import Key, Subject

# What people were told of their duty is known by this, the spans, and who was told.
TOLD = Subject.of("duty", "told")


def tell_on_duty(request: Request, turns: Sequence[DutyTurn]) -> None:
    """Tell everybody of their own new spans, in one message."""
    for user in dict.fromkeys(turn.user_id for turn in turns):
        own = [turn for turn in turns if turn.user_id == user]
        if user != request.who.user_id:
            with request.speaking_to(user):
                card = on_duty_card(own, request.who.user_id, request.zone, request.now)
            about = TOLD.part(*(turn.id for turn in own[:SPANS_SHOWN]), user)
            tell(request, user, card, key=Key.of("duty", own[0].id, user), subject=about)


def correct_duties(work: Work, turns: Iterable[int]) -> None:
    """What people were told of these spans says which of them are still theirs."""
    changed = {str(one) for one in turns}
    found = shown_about(work.session, work.mission.id, TOLD)
    wanted = {one: f"dm:{one.ids[-1]}" for one in found if changed & set(one.ids[:-1])}
    redraw(work, "escalations:on-duty", wanted)


def draw_on_duty(work: Work, subject: Subject) -> Card | None:
    """What somebody was told of their duty, as it is now."""
    user, others = subject.ids[-1], turns_after(work.session, work.mission.id, work.now)
    told = [get_turn(work.session, work.mission.id, int(one)) for one in subject.ids[:-1]]
    own = [one for one in told if one is not None and one.user_id == user and one.ends_at > work.now]
    still = [one for one in own if not any(_replaces(other, one, work.now) for other in others)]
    with work.speaking_to(user):
        if not still:
            return relieved_card(work.zone, work.now)
        return on_duty_card(still, still[0].entered_by, work.zone, work.now)


def _replaces(other: DutyTurn, turn: DutyTurn, now: datetime) -> bool:
    """Whether somebody else takes all that is left of a span."""
    later = other.kind != TurnKind.SHIFT and other.id > turn.id and other.user_id != turn.user_id
    return later and other.starts_at <= max(turn.starts_at, now) and other.ends_at >= turn.ends_at


def tell_off_duty(request: Request, turn: DutyTurn, users: Sequence[str]) -> None:
    """Tell people that they are not on duty during a span."""
    for user in users:
        if user != request.who.user_id:
            instead = turn.user_id if turn.user_id != user else None
            with request.speaking_to(user):
                card = off_duty_card(turn, instead, request.who.user_id, request.zone, request.now)
            tell(request, user, card, key=Key.of("duty-off", turn.id, user, request.now))


def tell_officer(request: Request, post: Post, window: OfficerWindow, *, is_off: bool = False) -> None:
    """Tell the officer in charge and the holder of the post."""
    for user in dict.fromkeys(one for one in (window.user_id, post.holder) if one):
        if user != request.who.user_id:
            with request.speaking_to(user):
                card = officer_card(post, window, user, request.zone, request.now, is_off=is_off)
            word, about = "off" if is_off else "on", Subject.of("officer", window.id, user)
            if is_off:
                correct(request, f"dm:{user}", about, card)
            key = Key.of("officer", window.id, word, user, request.now)
            tell(request, user, card, key=key, subject=None if is_off else about)
