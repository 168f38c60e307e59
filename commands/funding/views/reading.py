"""Figures as messages."""

from __future__ import annotations

from commands.kit.say import Card, section
from commands.kit.words import _


def empty_card() -> Card:
    """What to do while there are no figures."""
    text = _(
        "There are no funding figures yet. The funding cell can import the files that OCHA's Financial Tracking "
        "Service (FTS) publishes for the country: flows, and requirements by plan and cluster."
    )
    return Card(text, (section(text),))
