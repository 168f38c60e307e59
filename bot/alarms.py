"""Telling admins what could not be delivered, once for each message."""

from __future__ import annotations

from commands.kit.permission import holders_of
from commands.kit.post import tell
from commands.kit.reasons import reason_text
from commands.kit.say import Card, actions, button, section
from commands.kit.words import _
from commands.kit.work import Work
from storage.outbox import OutboxRow
from storage.people import Role

ALARM = "alarm:"


def alarm(work: Work, row: OutboxRow, reason: str) -> None:
    """Tell every admin that a message was refused, why, and offer to send it again. Failed alarms raise no alarm."""
    if row.key.startswith(ALARM):
        return
    for admin in holders_of(work.session, work.mission.id, frozenset({Role.ADMIN})):
        with work.speaking_to(admin):
            card = _card(row, reason)
        tell(work, admin, card, key=f"{ALARM}{row.id}:{row.attempts}:{admin}")


def _card(row: OutboxRow, reason: str) -> Card:
    place = _place(str(row.arguments.get("channel") or row.arguments.get("user") or ""))
    text = _("A message could not be delivered to {place}: {reason}").format(place=place, reason=reason_text(reason))
    return Card(text, (section(text), actions(button(_("Send again"), "mission:retry", str(row.id)))))


def _place(channel: str) -> str:
    if channel.startswith(("dm:", "U", "W")):
        return f"<@{channel.removeprefix('dm:')}>"
    return f"<#{channel}>" if channel else _("Slack")
