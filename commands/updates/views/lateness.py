"""What coordinators are told when a round opens or closes out of its time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.kit.cards import Card, channel_link, escape, section
from commands.kit.dates import both_times
from commands.kit.words import _
from commands.updates.views.words import level_of
from storage.updates.rounds import Round


def not_opened_card(this: Round, zone: ZoneInfo) -> Card:
    """A round was called off because its deadline had passed before it could open."""
    text = _(
        "*{title}* was not opened: nothing ran while it should have been, and its deadline has passed. "
        "Nobody was asked, and nobody counts as late."
    ).format(title=escape(this.title))
    due = _("It was due {when}.").format(when=both_times(this.due_at, zone))
    plain = _("{title} was not opened: its deadline had passed.").format(title=this.title)
    return Card(plain, (section(f"{text}\n{due}"),), level_of(this))


def finished_card(this: Round) -> Card:
    """A round was closed by hand."""
    text = _("*{title}* is closed. The digest is on its way to {channel}.").format(
        title=escape(this.title), channel=channel_link(this.digest_channel)
    )
    plain = _("{title} is closed. The digest is on its way.").format(title=this.title)
    return Card(plain, (section(text),), level_of(this))
