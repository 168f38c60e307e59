"""The call for items, as each member gets it: one message, edited as things change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.cabinet.views.words import item_state
from commands.kit.cards import Block, Card, actions, button, channel_link, context, escape, section, shorten
from commands.kit.dates import both_times
from commands.kit.handling import Handling
from commands.kit.names.levels import level_note
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from storage.cabinet.items import Item
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState

SHOWN = 8


def call_card(meeting: Meeting, own: Sequence[Item], zone: ZoneInfo, now: datetime) -> Card:
    """What is asked of a member, and what their agency has proposed so far."""
    when = both_times(meeting.starts_at, zone)
    title = escape(meeting.title)
    if meeting.state == MeetingState.CANCELLED:
        text = _("*{title}* on {when} is cancelled. {reason}").format(
            title=title, when=when, reason=escape(meeting.state_reason)
        )
        return Card(text.strip(), (section(text.strip()),), Handling(meeting.handling))
    text = _("*{title}* meets {when}. What should it decide?").format(title=title, when=when)
    blocks = [*level_note(meeting.handling), section(text), *_own(own), *_what_next(meeting, zone, now)]
    return Card(text, tuple(blocks), Handling(meeting.handling))


def no_seat_card() -> Card:
    """What stands where somebody was called who sits in the meeting no longer; of the meeting it says nothing."""
    text = _("You do not sit in this meeting any more, so nothing is called for from you.")
    return Card(text, (section(text),))


def _own(own: Sequence[Item]) -> list[Block]:
    if not own:
        return []
    lines = [f"• {escape(shorten(item.title, 100))}: {item_state(item)}" for item in own[:SHOWN]]
    left = len(own) - SHOWN
    if left > 0:
        lines.append(left_text(left))
    return [section("\n".join([_("*Proposed by your side*"), *lines]))]


def _what_next(meeting: Meeting, zone: ZoneInfo, now: datetime) -> list[Block]:
    identity = str(meeting.id)
    if meeting.state not in AHEAD or now >= meeting.starts_at:
        return [context(_("This call is over."))]
    row = [button(_("Propose an item"), "cabinet:propose", identity, style="primary")]
    row.append(button(_("Open the agenda"), "cabinet:agenda", identity))
    due = _("Propose by {when}: then the agenda goes out with its papers. Nothing to propose? Nothing to do.")
    text = due.format(when=both_times(meeting.papers_at, zone))
    if meeting.papers_sent_at is not None:
        channel = channel_link(meeting.channel_id) if meeting.channel_id else _("its channel")
        text = _("The agenda went out; it stands in {channel}. A late item needs the secretary.").format(
            channel=channel
        )
    return [context(text), actions(*row, block_id="call")]


def proposals_card(meeting: Meeting, waiting: Sequence[Item], zone: ZoneInfo) -> Card:
    """What the secretary has to place before the agenda goes out."""
    if meeting.state not in AHEAD or not waiting:
        text = _("No proposal for *{title}* waits for you.").format(title=escape(meeting.title))
        return Card(text, (section(text), *level_note(meeting.handling)), Handling(meeting.handling))
    count = len(waiting)
    text = ngettext(
        "{count} proposal for *{title}* waits for you: put it on the agenda, defer it or take it off.",
        "{count} proposals for *{title}* wait for you: put them on the agenda, defer them or take them off.",
        count,
    ).format(count=count, title=escape(meeting.title))
    due = _("The agenda goes out {when}.").format(when=both_times(meeting.papers_at, zone))
    if meeting.papers_sent_at is not None:
        due = _("The agenda is out already; what you add changes it in place.")
    row = actions(button(_("Open the agenda"), "cabinet:agenda", str(meeting.id), style="primary"), block_id="call")
    blocks = (section(text), context(due), *level_note(meeting.handling), row)
    return Card(text, blocks, Handling(meeting.handling))
