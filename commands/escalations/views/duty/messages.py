"""What people are told about their own duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.escalations.rules.roster import TurnKind
from commands.escalations.views.duty.overview import post_name, span_text
from commands.kit.cards import Card, actions, button, context, escape, mention, section
from commands.kit.dates import zone_text
from commands.kit.words import _
from storage.duty import DutyTurn, OfficerWindow, Post

SPANS_SHOWN = 8


def on_duty_card(turns: Sequence[DutyTurn], by: str, zone: ZoneInfo, now: datetime) -> Card:
    """To somebody who is on duty now or later."""
    title = {
        TurnKind.SHIFT: _("You are on duty for the SRSG office. {person} entered it."),
        TurnKind.STAND_IN: _("You stand in as duty officer of the SRSG office. {person} entered it."),
        TurnKind.HAND_OVER: _("{person} hands their shift over to you: you are on duty for the SRSG office."),
    }[TurnKind(turns[0].kind)].format(person=mention(by))
    lines = [f"• {span_text(turn.starts_at, turn.ends_at, zone)}" for turn in turns[:SPANS_SHOWN]]
    rest = len(turns) - SPANS_SHOWN
    if rest > 0:
        lines.append(_("and {count} more").format(count=rest))
    closing = _("Escalations reach you here during that time. If you cannot be there, hand the shift over.")
    return _card("\n".join([title, *lines]), closing, zone, now)


def relieved_card(zone: ZoneInfo, now: datetime) -> Card:
    """To somebody who was told of spans that are not theirs any more."""
    return _card(_("You are not on duty for the SRSG office for what was told here."), "", zone, now)


def off_duty_card(turn: DutyTurn, instead: str | None, by: str, zone: ZoneInfo, now: datetime) -> Card:
    """To somebody who is not on duty after all."""
    span = span_text(max(turn.starts_at, now), turn.ends_at, zone)
    if instead is None:
        text = _("You are not on duty for the SRSG office any more: {span}. {person} changed it.")
        return _card(text.format(span=span, person=mention(by)), "", zone, now)
    text = _("{person} is on duty instead of you: {span}.")
    return _card(text.format(person=mention(instead), span=span), "", zone, now)


def officer_card(
    post: Post, window: OfficerWindow, reader: str, zone: ZoneInfo, now: datetime, *, is_off: bool
) -> Card:
    """To the officer in charge, and to the holder of the post."""
    span = span_text(window.starts_at, window.ends_at, zone)
    own = reader == window.user_id
    text = {
        (True, False): _("You are officer in charge for the post “{post}”: {span}."),
        (True, True): _("You are not officer in charge for the post “{post}” any more: {span}."),
        (False, False): _("{person} is officer in charge for your post “{post}”: {span}."),
        (False, True): _("{person} is not officer in charge for your post “{post}” any more: {span}."),
    }[own, is_off]
    words = text.format(post=escape(post_name(post)), span=span, person=mention(window.user_id))
    closing = _("Steps of an escalation that name the post reach you during that time.") if own and not is_off else ""
    return _card(words, closing, zone, now)


def _card(text: str, closing: str, zone: ZoneInfo, now: datetime) -> Card:
    times = _("Times: {zone}.").format(zone=zone_text(now, zone))
    small = f"{closing} {times}".strip()
    return Card(text, (section(text), context(small), actions(button(_("Open the roster"), "escalations:duty"))))
