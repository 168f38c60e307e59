"""Escalations in App Home: what is open of what concerns the reader. A door above it raises one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.escalations.views.listing import Entry, entry_block
from commands.kit.cards import Block, actions, button, header, section
from commands.kit.words import _, ngettext


def home_blocks(entries: Sequence[Entry], count: int, now: datetime, zone: ZoneInfo) -> list[Block]:
    """The next ones first; `count` is how many there are in all."""
    if count:
        text = ngettext("{count} escalation is open.", "{count} escalations are open.", count).format(count=count)
    else:
        text = _("No escalation that concerns you is open.")
    blocks = [header(_("Escalations")), section(text), *(entry_block(entry, now, zone) for entry in entries)]
    return [*blocks, actions(button(_("All escalations"), "escalations:list"))]
