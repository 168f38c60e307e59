"""Figures as messages."""

from __future__ import annotations

from commands.kit.cards import Card, actions, button, section
from commands.kit.words import _


def empty_card(*, may_import: bool) -> Card:
    """What to do while there are no figures."""
    text = _(
        "There are no funding figures yet. The funding cell can import the files that OCHA's Financial Tracking "
        "Service (FTS) publishes for the country: flows, and requirements by plan and cluster."
    )
    if not may_import:
        return Card(text, (section(text),))
    press = button(_("Import a file"), "funding:open-import", style="primary")
    return Card(text, (section(text), actions(press)))
