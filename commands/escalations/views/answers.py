"""What a person reads in answer to a form or a press."""

from __future__ import annotations

from commands.escalations.views.matter import Matter
from commands.escalations.views.words import name_of
from commands.kit.ask import modal
from commands.kit.say import Block, section
from commands.kit.words import _


def joined_form(matter: Matter) -> Block:
    """The person follows an escalation of somebody else."""
    text = _("You follow *{name}* now. Its card is in your messages with me, and you hear what becomes of it.")
    return modal("escalations:joined", _("Joined"), [section(text.format(name=name_of(matter.this)))], close=_("Close"))
