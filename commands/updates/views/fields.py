"""Fields that the form of a round and the form of a plan share."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Block
from commands.kit.forms import channel_select, field_block, multi_external_select, radio, text_input
from commands.kit.handling import Handling
from commands.kit.names.levels import level_options
from commands.kit.words import _
from commands.updates.rules.drafting import AUDIENCE, CHANNEL, HANDLING, QUESTIONS, TITLE, Asked
from commands.updates.rules.questions import TITLE_LIMIT
from commands.updates.views.audience import selector_options
from storage.agencies import Agency


def title_field(asked: Asked, typed: str) -> Block:
    """The title; `typed` hears every change, so that a form that is closed loses nothing."""
    element = text_input(
        initial=asked.title,
        most=TITLE_LIMIT,
        placeholder=_("Weekly cabinet update"),
        action=_anew(asked, typed),
        while_typing=True,
    )
    return field_block(TITLE, _("Title"), element, acts=True)


def _anew(asked: Asked, typed: str) -> str:
    """Slack keeps what was typed in a field that it knows: once lines have become questions, it is another field."""
    return f"{typed}:{asked.used}"


def questions_field(asked: Asked, typed: str) -> Block:
    """Questions to be answered with a text, one a line; `typed` hears every change."""
    hint = _("One on each line; each is answered with a text. For numbers, choices and the like add a question.")
    element = text_input(initial=asked.questions, long=True, action=_anew(asked, typed), while_typing=True)
    return field_block(QUESTIONS, _("Questions"), element, hint=hint, acts=True, optional=bool(asked.built))


def audience_field(asked: Asked, agencies: Sequence[Agency]) -> Block:
    """Who is asked, found by typing."""
    chosen = selector_options(asked.audience, agencies)
    element = multi_external_select("updates:audience", initial=chosen, placeholder=_("All, a kind, a sector, a code"))
    return field_block(AUDIENCE, _("Who is asked"), element)


def channel_field(asked: Asked) -> Block:
    """Where the digest is read."""
    return field_block(CHANNEL, _("Digest goes to"), channel_select(initial=asked.channel))


def handling_field(asked: Asked) -> Block:
    """The level of everything in the round."""
    levels = (Handling.UNCLASSIFIED, Handling.CONFIDENTIAL)
    choices = level_options(levels)
    hint = _("Strictly Confidential texts never enter Slack. Ask for the reference and who holds the text instead.")
    return field_block(HANDLING, _("Classification"), radio(choices, initial=asked.handling.value), hint=hint)
