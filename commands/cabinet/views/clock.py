"""What people read when the mission's clock changes and meetings keep their local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import Card, actions, button, escape, section, shorten
from commands.kit.dates import both_times
from commands.kit.handling import Handling
from commands.kit.times.local import local_line
from commands.kit.words import _, ngettext
from storage.cabinet.meetings import Meeting

NAMED = 5


def kept_card(meeting: Meeting, zone: ZoneInfo) -> Card:
    """To whoever was invited: the meeting is at the same local time, by the new clock."""
    text = _("The mission's clock has changed. *{title}* keeps its local time: it meets {when}.").format(
        title=escape(meeting.title), when=both_times(meeting.starts_at, zone)
    )
    row = actions(button(_("Calendar file"), "cabinet:calendar", str(meeting.id)), block_id="moved")
    return Card(text, (section(text), row), Handling(meeting.handling))


def stays_card(meeting: Meeting, local: datetime, zone: ZoneInfo) -> Card:
    """To those who lead it: its local time has passed by the new clock, so that it was not moved."""
    text = _(
        "The mission's clock has changed, and by it {local} has passed. "
        "*{title}* stays where it was: {when}. Move it or cancel it if that is not meant."
    ).format(title=escape(meeting.title), local=local_line(local), when=both_times(meeting.starts_at, zone))
    row = actions(button(_("All meetings"), "cabinet:meetings"), block_id="stays")
    return Card(text, (section(text), row), Handling(meeting.handling))


def meetings_text(meetings: Sequence[tuple[str, datetime]]) -> str:
    """How many meetings keep their local time and which; a meeting without a title here is only counted."""
    count = ngettext("{count} meeting", "{count} meetings", len(meetings)).format(count=len(meetings))
    named = [f"{escape(shorten(title, 60))} {local_line(local)}" for title, local in meetings if title][:NAMED]
    return f"{count}: {', '.join(named)}" if named else count
