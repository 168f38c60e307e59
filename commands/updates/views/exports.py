"""What somebody reads who exports updates."""

from __future__ import annotations

from commands.kit.cards import Card, section
from commands.kit.words import _, ngettext


def export_card(rounds: int, returns: int) -> Card:
    """The file is on its way."""
    what = ngettext("{count} update", "{count} updates", returns).format(count=returns)
    text = ngettext(
        "{what} of {count} round are on their way to you as a workbook.",
        "{what} of {count} rounds are on their way to you as a workbook.",
        rounds,
    ).format(what=what, count=rounds)
    place = _("It comes as a direct message.")
    return Card(f"{text} {place}", (section(f"{text} {place}"),))
