"""The form that asks which item of the agenda a message decides."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.views.decisions.cards import TEXT_LIMIT
from commands.cabinet.views.notes import LinkNotes
from commands.kit.cards import Block, option
from commands.kit.forms import field_block, modal, select, text_input
from commands.kit.words import _
from storage.cabinet.items import Item

ITEM, TEXT = "item", "text"


def choose_item_form(items: Sequence[Item], text: str, link: str) -> Block:
    """Which item, and the text that goes into the decision."""
    choices = [option(item.title, str(item.id)) for item in items[:100]]
    blocks = [
        field_block(ITEM, _("Item of the agenda"), select(choices)),
        field_block(TEXT, _("The cabinet decides"), text_input(initial=text, long=True, most=TEXT_LIMIT)),
    ]
    notes = LinkNotes(link)
    return modal("cabinet:decide", _("Decision"), blocks, submit=_("Next"), close=_("Close"), notes=notes)
