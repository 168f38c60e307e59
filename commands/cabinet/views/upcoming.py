"""The next meeting, as `/cabinet` shows it."""

from __future__ import annotations

from commands.kit.say import Card, section
from commands.kit.words import _


def no_series_card(*, leads: bool) -> Card:
    """No series of meetings has been set up."""
    text = (
        _("No cabinet meets yet. Set up a series of meetings, and I convene it, call for items and keep its agenda.")
        if leads
        else _("No cabinet meets yet. A coordinator of the mission can set up a series of meetings.")
    )
    return Card(text, (section(text),))
