"""How the making of a channel goes, as whoever asked for it reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.cabinet.views.words import people_text
from commands.kit.cards import Block, Card, actions, button, channel_link, confirm, context, escape, mention, section
from commands.kit.handling import Handling
from commands.kit.names.levels import level_note
from commands.kit.names.reasons import reason_text
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from storage.agencies import Agency
from storage.channel_setups import ChannelSetup, SetupState

NAMED_AT_MOST = 20


def setup_card(
    setup: ChannelSetup,
    title: str,
    *,
    unrepresented: Sequence[Agency] = (),
    uncleared: Sequence[str] = (),
    level: Handling = Handling.UNCLASSIFIED,
) -> Card:
    """Where the channel stands, who could not be brought in and why, and what can be done; `level` is the title's."""
    cards = {
        SetupState.RUNNING: _running,
        SetupState.READY: _ready,
        SetupState.BROKEN: _broken,
        SetupState.ARCHIVED: _archived,
    }
    text, more = cards[SetupState(setup.state)](setup, title)
    blocks: list[Block] = [section(text), *level_note(level), *more]
    if setup.state == SetupState.READY:
        blocks += _who_is_missing(setup, unrepresented, uncleared)
    return Card(text, tuple(blocks), level)


def _running(setup: ChannelSetup, title: str) -> tuple[str, list[Block]]:
    text = _("I am setting up the channel of *{title}* and invite its members. I tell you here when it is ready.")
    return text.format(title=escape(title)), []


def _archived(setup: ChannelSetup, title: str) -> tuple[str, list[Block]]:
    return _("The channel of *{title}* is archived.").format(title=escape(title)), []


def _ready(setup: ChannelSetup, title: str) -> tuple[str, list[Block]]:
    count = len(setup.invited)
    text = ngettext(
        "The channel of *{title}* is ready: {channel}, with {count} member.",
        "The channel of *{title}* is ready: {channel}, with {count} members.",
        count,
    ).format(title=escape(title), channel=channel_link(setup.channel_id or ""), count=count)
    notes = []
    if setup.attempt:
        notes.append(_("The name {name} was taken.").format(name=f"`{escape(setup.name)}`"))
    if setup.troubles.get("canvas"):
        reason = reason_text(str(setup.troubles["canvas"]))
        notes.append(_("Slack gave it no canvas; the agenda is the pinned message. {reason}").format(reason=reason))
    other = {step: code for step, code in setup.troubles.items() if step != "canvas"}
    if other:
        reasons = ", ".join(sorted({reason_text(str(code)) for code in other.values()}))
        notes.append(_("Some of its furnishing was refused: {reasons}").format(reasons=reasons))
    return text, [context(note) for note in notes]


def _who_is_missing(setup: ChannelSetup, unrepresented: Sequence[Agency], uncleared: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    if setup.refused:
        blocks.append(section(refused_text(setup.refused)))
    if uncleared:
        text = _("Not invited, because they are not cleared for Confidential texts: {people}.")
        blocks.append(section(text.format(people=people_text(uncleared, NAMED_AT_MOST))))
    if unrepresented:
        codes = ", ".join(escape(agency.code) for agency in unrepresented)
        text = _("Nobody can represent these agencies; they have neither a head nor an alternate: {agencies}.")
        blocks.append(section(text.format(agencies=codes)))
    return blocks


def refused_text(refused: Mapping[str, object]) -> str:
    """Each person Slack did not let in, with its reason."""
    lines = [f"• {mention(user)}: {reason_text(str(code))}" for user, code in list(refused.items())[:NAMED_AT_MOST]]
    left = len(refused) - NAMED_AT_MOST
    if left > 0:
        lines.append(left_text(left))
    return "\n".join([_("*Slack did not let these people in:*"), *lines])


def _broken(setup: ChannelSetup, title: str) -> tuple[str, list[Block]]:
    reason = reason_text(str(setup.troubles.get(setup.step) or ""))
    text = _("The channel of *{title}* could not be finished: {reason}.").format(title=escape(title), reason=reason)
    sure = confirm(
        _("Make a new channel?"),
        _("It gets another name. The old channel and what was written in it stay as they are."),
        _("Make it"),
        _("Cancel"),
    )
    row = [button(_("Try again"), "cabinet:channel-again", str(setup.id), style="primary")]
    if setup.channel_id is not None:
        row.append(button(_("Make a new channel"), "cabinet:channel-new", str(setup.id), confirm=sure))
    return text, [actions(*row, block_id="setup")]


def members_card(
    title: str, channel: str, came: Sequence[str], left: Sequence[str], level: Handling = Handling.UNCLASSIFIED
) -> Card:
    """Whom a change of roles brought into a channel, and whom it took out."""
    text = _("The members of *{title}* changed, and so does {channel}.").format(
        title=escape(title), channel=channel_link(channel)
    )
    blocks = [section(text), *level_note(level)]
    if came:
        blocks.append(section(_("Invited: {people}").format(people=people_text(came, NAMED_AT_MOST))))
    if left:
        blocks.append(section(_("Taken out: {people}").format(people=people_text(left, NAMED_AT_MOST))))
    return Card(text, tuple(blocks), level)


def not_let_in_card(title: str, user: str, code: str, level: Handling = Handling.UNCLASSIFIED) -> Card:
    """Slack refused somebody who belongs in the channel."""
    text = _("{person} belongs in the channel of *{title}*, but Slack did not let them in: {reason}.").format(
        person=mention(user), title=escape(title), reason=reason_text(code)
    )
    return Card(text, (section(text), *level_note(level)), level)


def lost_card(setup: ChannelSetup, title: str, *, archived: bool, level: Handling = Handling.UNCLASSIFIED) -> Card:
    """Somebody archived the channel or took us out of it."""
    text = (
        _("Somebody archived the channel of *{title}*. Nothing can be written there any more.")
        if archived
        else _("Somebody took me out of the channel of *{title}*. Invite me again (/invite), or let me make a new one.")
    ).format(title=escape(title))
    sure = confirm(
        _("Make a new channel?"),
        _("It gets another name. The old channel and what was written in it stay as they are."),
        _("Make it"),
        _("Cancel"),
    )
    row = [button(_("Make a new channel"), "cabinet:channel-new", str(setup.id), confirm=sure)]
    if not archived:
        row.insert(0, button(_("I am back in: go on"), "cabinet:channel-again", str(setup.id), style="primary"))
    return Card(text, (section(text), *level_note(level), actions(*row, block_id="setup")), level)
