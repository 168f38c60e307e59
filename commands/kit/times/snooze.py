"""Putting a reminder off: the buttons under it, and the answer to whoever pressed one.

When it comes again, and what remembers it, is each room's own: some count working days, some hours.

Gesture: remind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, Card, button, section
from commands.kit.dates import both_times
from commands.kit.words import _

DAY, WEEK = 1, 7


def snooze_buttons(action: str, value: Callable[[int], str]) -> list[Block]:
    """Tomorrow, or in a week. `action` is the `room:verb`; `value` writes a button's value for a number of days."""
    return [
        button(_("Tomorrow"), f"{action}:day", value(DAY), label=_("Remind me tomorrow")),
        button(_("In a week"), f"{action}:week", value(WEEK), label=_("Remind me in a week")),
    ]


def snoozed_card(until: datetime, zone: ZoneInfo) -> Card:
    """When the reminder comes again, in the reader's time and in the mission's."""
    text = _("I will remind you {when}.").format(when=both_times(until, zone))
    return Card(text, (section(text),))
