"""What admins read when an escalation was forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Card, section
from commands.kit.words import _, ngettext


def forgotten_card(numbers: Sequence[int]) -> Card:
    """Which ones, and what was done about it."""
    names = ", ".join(f"E-{number}" for number in numbers)
    text = ngettext(
        "An escalation had no next step, or its step was not taken in time: {names}.",
        "{count} escalations had no next step, or their step was not taken in time: {names}.",
        len(numbers),
    ).format(count=len(numbers), names=names)
    text += "\n" + _("I have set a new one. This must not happen: tell whoever runs me to look at the log.")
    return Card(text, (section(text),))
