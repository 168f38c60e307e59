"""Short messages to people about what was decided on their items and meetings."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.cabinet.views.words import item_state
from commands.kit.cards import Card, actions, button, channel_link, escape, mention, section, sections, shorten
from commands.kit.dates import both_times
from commands.kit.handling import Handling
from commands.kit.words import _
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting, MeetingState


def item_told_card(item: Item) -> Card:
    """What became of an item somebody proposed."""
    text = _("Your item *{title}* is {state}. {reason}").format(
        title=escape(shorten(item.title, 150)), state=item_state(item), reason=escape(shorten(item.reason, 500))
    )
    return Card(text.strip(), tuple(sections(text.strip())), Handling(item.handling))


def moved_card(meeting: Meeting, by: str, zone: ZoneInfo) -> Card:
    """A meeting has another time or place."""
    when = both_times(meeting.starts_at, zone)
    text = _("*{title}* has moved: it now meets {when}. Changed by {person}.").format(
        title=escape(meeting.title), when=when, person=mention(by)
    )
    if meeting.place:
        text += "\n" + escape(meeting.place)
    row = actions(button(_("Calendar file"), "cabinet:calendar", str(meeting.id)), block_id="moved")
    return Card(text, (section(text), row), Handling(meeting.handling))


def moved_again_card(meeting: Meeting, zone: ZoneInfo) -> Card:
    """What stands where an earlier move was told."""
    text = _("*{title}* has moved again since: see the newest message.").format(title=escape(meeting.title))
    if meeting.state == MeetingState.CANCELLED:
        text = _("*{title}* on {when} is cancelled. {reason}").format(
            title=escape(meeting.title),
            when=both_times(meeting.starts_at, zone),
            reason=escape(meeting.state_reason),
        )
    return Card(text.strip(), (section(text.strip()),), Handling(meeting.handling))


def called_off_card(meeting: Meeting, by: str, zone: ZoneInfo) -> Card:
    """A meeting does not take place."""
    text = _("*{title}* on {when} is cancelled by {person}. {reason}").format(
        title=escape(meeting.title),
        when=both_times(meeting.starts_at, zone),
        person=mention(by),
        reason=escape(meeting.state_reason),
    )
    return Card(text, (section(text),), Handling(meeting.handling))


def papers_card(meeting: Meeting, count: str) -> Card:
    """The agenda is out, with its papers in this thread."""
    text = _("The agenda of *{title}* is out: {count}. Papers stand in the thread of the agenda.").format(
        title=escape(meeting.title), count=count
    )
    row = actions(button(_("Open the agenda"), "cabinet:agenda", str(meeting.id), style="primary"), block_id="papers")
    return Card(text, (section(text), row), Handling(meeting.handling))


def place_line(meeting: Meeting) -> str:
    """Where a meeting is held and its channel."""
    channel = [channel_link(meeting.channel_id)] if meeting.channel_id else []
    return " · ".join([*([escape(meeting.place)] if meeting.place else []), *channel])
