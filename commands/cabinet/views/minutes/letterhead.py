"""The mission's own head of documents: the form that sets it, and what came of trying its template."""

from __future__ import annotations

from commands.kit.cards import Block, Card, context, escape
from commands.kit.forms import field_block, file_input, modal, text_input
from commands.kit.words import _
from storage.cabinet.minutes import Letterhead

ORGANISATION, ADDRESS, TEMPLATE = "organisation", "address", "template"
LINE_LIMIT = 200


def letterhead_form(head: Letterhead | None) -> Block:
    """What stands at the head of minutes."""
    name = head.template_name if head is not None else ""
    now = _("Template in use: {name}").format(name=escape(name)) if name else _("Template in use: the one I bring.")
    blocks = [
        context(now),
        field_block(
            ORGANISATION,
            _("Name at the head"),
            text_input(initial=head.organisation if head else None, most=LINE_LIMIT),
            optional=True,
            hint=_("Empty: the name of the mission."),
        ),
        field_block(
            ADDRESS,
            _("Address line"),
            text_input(initial=head.address if head else None, most=LINE_LIMIT),
            optional=True,
        ),
        field_block(
            TEMPLATE,
            _("Own template (DOCX)"),
            file_input(kinds=["docx"]),
            optional=True,
            hint=_("Send me the files of any minutes to see what mine holds. A trial comes to you at once."),
        ),
    ]
    return modal("cabinet:letterhead", _("Letterhead"), blocks, submit=_("Save"), close=_("Close"))


def broken_card(why: str) -> Card:
    """That the template will not do."""
    text = _("Your template does not work and is not used: {why}. Minutes keep the template they had.")
    return Card(text.format(why=escape(why)))
