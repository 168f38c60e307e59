"""Telling people that they are on duty, are not any more, or act for a post."""

from __future__ import annotations

from collections.abc import Sequence

from commands.escalations.views.duty.messages import off_duty_card, officer_card, on_duty_card
from commands.kit.post import tell
from commands.kit.work import Request
from storage.duty import DutyTurn, OfficerWindow, Post
from storage.subjects import Key


def tell_on_duty(request: Request, turns: Sequence[DutyTurn]) -> None:
    """Tell everybody of their own new spans, in one message."""
    for user in dict.fromkeys(turn.user_id for turn in turns):
        own = [turn for turn in turns if turn.user_id == user]
        if user != request.who.user_id:
            with request.speaking_to(user):
                card = on_duty_card(own, request.who.user_id, request.zone, request.now)
            tell(request, user, card, key=Key.of("duty", own[0].id, user))


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
            word = "off" if is_off else "on"
            tell(request, user, card, key=Key.of("officer", window.id, word, user, request.now))
