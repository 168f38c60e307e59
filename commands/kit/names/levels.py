"""A level of classification in words, over texts and in forms.

Gesture: put into words.
"""

from __future__ import annotations

from collections.abc import Iterable

from commands.kit.cards import Block, context, option
from commands.kit.handling import Handling
from commands.kit.words import _


def level_name(level: str) -> str:
    """A level of classification as people say it."""
    return {
        Handling.UNCLASSIFIED: _("Unclassified"),
        Handling.CONFIDENTIAL: _("Confidential"),
        Handling.STRICTLY_CONFIDENTIAL: _("Strictly Confidential"),
    }[Handling(level)]


def level_note(level: str) -> list[Block]:
    """A line over a text that names its level; nothing for the lowest."""
    return [] if Handling(level) is Handling.UNCLASSIFIED else [context(f"*{level_name(level)}*")]


def level_options(levels: Iterable[Handling]) -> list[Block]:
    """The levels as choices of a form; the value of each is the level's own word."""
    return [option(level_name(level), level.value) for level in levels]
