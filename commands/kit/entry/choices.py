"""Choices of any number: in the form where Slack takes them, else offered while the person types.

A select that holds its choices itself takes a hundred. Where a list may grow beyond that, the room names a verb among
its `options` that offers them (see `commands.kit.entry.offers`), so that none is left out in silence.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Block
from commands.kit.forms import external_select, multi_external_select, multi_select, select

MOST_OPTIONS = 100


def one_of(options: Sequence[Block], offer: str, *, initial: str | None = None) -> Block:
    """One of any number of choices: in the form where Slack takes them, else offered by `offer` (`room:verb`)."""
    if len(options) <= MOST_OPTIONS:
        return select(options, initial=initial)
    return external_select(offer, initial=next((one for one in options if one["value"] == initial), None))


def some_of(options: Sequence[Block], offer: str, *, initial: Sequence[str] = ()) -> Block:
    """Any of any number of choices, held or offered in the same way."""
    if len(options) <= MOST_OPTIONS:
        return multi_select(options, initial=initial)
    return multi_external_select(offer, initial=[one for one in options if one["value"] in initial])
