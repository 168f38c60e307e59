"""Texts of people and of FTS in Slack's markup: harmless, and short enough however much of them must be escaped."""

from __future__ import annotations

from commands.kit.cards import escape, shorten
from commands.kit.words import _


def safe(text: str, most: int) -> str:
    """A text made harmless, of at most `most` characters as it is read and twice as many as it is sent."""
    room = most
    while room > 1 and len(escape(shorten(text, room))) > 2 * most:
        room //= 2
    return escape(shorten(text, room))


def pair(name: str, value: str) -> str:
    """A name and its value, with the colon as the reader's language sets it."""
    return _("{name}: {value}").format(name=name, value=value)
