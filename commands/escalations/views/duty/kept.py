"""What people read when the mission's clock changes and duty keeps its local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.escalations.views.duty.messages import SPANS_SHOWN
from commands.escalations.views.duty.overview import span_text
from commands.kit.cards import Card, actions, button, context, section
from commands.kit.dates import zone_text
from commands.kit.words import _, ngettext
from storage.duty import DutyTurn, OfficerWindow


def kept_duty_card(spans: Sequence[DutyTurn | OfficerWindow], zone: ZoneInfo, now: datetime) -> Card:
    """To somebody whose duty, or whose post while somebody else answers for it, is at the same local time."""
    title = _("The mission's clock has changed. Duty that concerns you keeps its local time:")
    lines = [f"• {span_text(one.starts_at, one.ends_at, zone)}" for one in spans[:SPANS_SHOWN]]
    rest = len(spans) - SPANS_SHOWN
    if rest > 0:
        lines.append(_("and {count} more").format(count=rest))
    text = "\n".join([title, *lines])
    times = _("Times: {zone}.").format(zone=zone_text(now, zone))
    return Card(text, (section(text), context(times), actions(button(_("Open the roster"), "escalations:duty"))))


def planned_lines(turns: int, windows: int) -> list[str]:
    """How much duty keeps its local time."""
    shifts = ngettext("{count} span on the duty roster", "{count} spans on the duty roster", turns)
    officers = ngettext("{count} officer in charge", "{count} officers in charge", windows)
    found = [(turns, shifts), (windows, officers)]
    return [text.format(count=count) for count, text in found if count]
