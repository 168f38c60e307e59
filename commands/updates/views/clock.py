"""What people read when the mission's clock changes and rounds keep their local times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import Card, escape, section, shorten
from commands.kit.dates import both_times
from commands.kit.times.local import local_line
from commands.kit.words import _, ngettext
from commands.updates.views.words import level_of
from storage.updates.rounds import Round

NAMED = 5


def kept_card(this: Round, zone: ZoneInfo) -> Card:
    """To those who still owe an answer, and to coordinators: the deadline is at the same local time."""
    text = _("The mission's clock has changed. *{title}* keeps its local time: it is due {when}.").format(
        title=escape(this.title), when=both_times(this.due_at, zone)
    )
    return Card(text, (section(text),), level_of(this))


def stays_card(this: Round, local: datetime, zone: ZoneInfo) -> Card:
    """To coordinators: the deadline has passed by the new clock, so that the round was not moved."""
    text = _(
        "The mission's clock has changed, and by it {local} has passed. "
        "*{title}* stays due where it was: {when}. Close it by hand if that is not meant."
    ).format(title=escape(this.title), local=local_line(local), when=both_times(this.due_at, zone))
    return Card(text, (section(text),), level_of(this))


def rounds_text(rounds: Sequence[tuple[str, datetime]]) -> str:
    """How many rounds keep their local time and which; a round without a title here is only counted."""
    count = ngettext("{count} round", "{count} rounds", len(rounds)).format(count=len(rounds))
    due = _("{title}, due {local}")
    named = [due.format(title=escape(shorten(title, 60)), local=local_line(local)) for title, local in rounds if title]
    return f"{count}: {'; '.join(named[:NAMED])}" if named else count
