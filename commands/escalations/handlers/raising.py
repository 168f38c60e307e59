"""Raising an escalation."""

from __future__ import annotations

from commands.kit.say import Card
from commands.kit.words import ngettext
from commands.kit.work import Answer, Ask
from storage.escalations import open_escalations


def start(ask: Ask) -> Answer:
    """How much of what this person raised still waits."""
    mine = [one for one in open_escalations(ask.session, ask.mission.id) if one.raised_by == ask.who.user_id]
    text = ngettext(
        "{count} escalation that you raised still waits.", "{count} escalations that you raised still wait.", len(mine)
    )
    return Answer(say=Card(text.format(count=len(mine))))
