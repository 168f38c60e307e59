"""What stands where somebody was reminded, once there is nothing to be reminded of."""

from __future__ import annotations

from commands.kit.cards import Card, mention, section
from commands.kit.words import _


def settled_card() -> Card:
    """The thing has moved on since."""
    text = _("This reminder is settled: it has moved on since.")
    return Card(text, (section(text),))


def elsewhere_card(owner: str) -> Card:
    """Somebody else looks after it now, or it is followed in a channel of its own; of the thing it says nothing."""
    text = _("This is not followed here any more. {person} looks after it.").format(person=mention(owner))
    return Card(text, (section(text),))


def removed_card() -> Card:
    """The figure is not on the books any more."""
    text = _("This figure was taken off the books: it has no deadline any more.")
    return Card(text, (section(text),))
