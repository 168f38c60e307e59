"""What somebody reads who exports updates."""

from __future__ import annotations

from commands.kit.cards import Card, section
from commands.kit.words import _, ngettext


def export_card(rounds: int, returns: int) -> Card:
    """The files are on their way."""
    what = ngettext("{count} return", "{count} returns", returns).format(count=returns)
    text = ngettext(
        "{what} of {count} round are on their way to you as CSV and XLSX.",
        "{what} of {count} rounds are on their way to you as CSV and XLSX.",
        rounds,
    ).format(what=what, count=rounds)
    place = _("They come as a direct message.")
    return Card(f"{text} {place}", (section(f"{text} {place}"),))
