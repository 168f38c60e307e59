"""What coordinators are told when a round opens or ends out of its time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.kit.cards import Block, Card, actions, button, escape, section
from commands.kit.dates import both_times
from commands.kit.words import _
from commands.updates.views.words import level_of
from storage.updates.rounds import Round, RoundState


def not_opened_card(this: Round, zone: ZoneInfo) -> Card:
    """A round was called off because its deadline had passed before it could open."""
    text = _(
        "*{title}* was not opened: nothing ran while it should have been, and its deadline has passed. "
        "Nobody was asked, and nobody counts as late."
    ).format(title=escape(this.title))
    due = _("It was due {when}.").format(when=both_times(this.due_at, zone))
    plain = _("{title} was not opened: its deadline had passed.").format(title=this.title)
    return Card(plain, (section(f"{text}\n{due}"),), level_of(this))


def ended_card(this: Round) -> Card:
    """A round was closed by hand, called off, or opened again: for whoever has no board that says so."""
    plain = {
        RoundState.OPEN: _("{title} is open again. Everybody who was asked sees it in their message."),
        RoundState.CALLED_OFF: _("{title} is called off. Everybody who was asked is told; what they wrote is kept."),
    }.get(RoundState(this.state), _("{title} is closed. The digest is on its way."))
    plain = plain.format(title=this.title)
    blocks = [section(escape(plain)), *undo_actions(this)]
    return Card(plain, tuple(blocks), level_of(this))


def undo_actions(this: Round) -> list[Block]:
    """The button that opens a round again which has just been ended by hand."""
    if this.state == RoundState.OPEN:
        return []
    label = _("Undo: open {title} again").format(title=this.title)
    return [actions(button(_("Undo"), "updates:reopen", str(this.id), label=label))]


def taken_back_card(this: Round, zone: ZoneInfo) -> Card:
    """What stands where a digest was that was taken back."""
    text = _("*{title}*: this digest was taken back, because the round is open again. It is sent anew: {when}.").format(
        title=escape(this.title), when=both_times(this.digest_at, zone)
    )
    plain = _("{title}: this digest was taken back.").format(title=this.title)
    return Card(plain, (section(text),), level_of(this))
