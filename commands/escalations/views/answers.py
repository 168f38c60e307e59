"""What a person reads in answer to a form or a press."""

from __future__ import annotations

from commands.escalations.views.case import Case
from commands.escalations.views.words import name_of
from commands.kit.cards import Block, section
from commands.kit.forms import modal
from commands.kit.words import _


def joined_form(matter: Case) -> Block:
    """The person follows an escalation of somebody else."""
    text = _("You follow *{name}* now. Its card is in your messages with me, and you hear what becomes of it.")
    return modal("escalations:joined", _("Joined"), [section(text.format(name=name_of(matter.this)))], close=_("Close"))
