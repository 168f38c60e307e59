"""Telling admins what could not be delivered, once for each message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from commands.kit.cards import Card, actions, button, section
from commands.kit.compartments.people import people_inside
from commands.kit.names.reasons import reason_text
from commands.kit.permission import holders_of
from commands.kit.post import tell
from commands.kit.words import _
from commands.kit.work import Work
from storage.compartments import Compartment
from storage.outbox import EMAIL, Claimed
from storage.outbox.report import failed_alike
from storage.people import Role
from storage.subjects import Key, Subject

ALARM = "alarm"
# A channel that was archived refuses everything: admins are told of the first few; `/mission health` lists them all.
TOLD_OF_A_KIND = 3
KIND_LASTS = timedelta(hours=1)


def alarm(work: Work, row: Claimed, reason: str) -> None:
    """Tell every admin that a message was refused, why, and offer to send it again.

    Failed alarms raise no alarm, and the same trouble in the same place is told a few times an hour at most. Of a
    message of a side the people of that side are told, and nobody else.
    """
    if row.key.startswith(f"{ALARM}:"):
        return
    alike = failed_alike(work.session, row, reason.split(" ", maxsplit=1)[0], work.now - KIND_LASTS)
    if alike > TOLD_OF_A_KIND:
        return
    side = Compartment(row.compartment)
    for admin in _told(work, side):
        with work.speaking_to(admin):
            card = replace(_card(row, reason, may_resend=side is Compartment.MISSION), compartment=side)
        key = Key.of(ALARM, row.id, row.attempts, admin)
        tell(work, admin, card, key=key, subject=Subject.of(ALARM, row.id, row.attempts, admin))


def _told(work: Work, side: Compartment) -> list[str]:
    if side is not Compartment.MISSION:
        return people_inside(work.session, work.mission.id, side)
    return holders_of(work.session, work.mission.id, frozenset({Role.ADMIN}))


def _card(row: Claimed, reason: str, *, may_resend: bool) -> Card:
    place = _place(str(row.arguments.get("channel") or row.arguments.get("user") or ""))
    text = _("A message could not be delivered to {place}: {reason}").format(place=place, reason=reason_text(reason))
    if row.method == EMAIL:
        text = _("An e-mail could not be delivered to {place}: {reason}").format(
            place=place, reason=reason_text(reason)
        )
    again = [actions(button(_("Send again"), "mission:retry", str(row.id)))] if may_resend else []
    return Card(text, (section(text), *again))


def _place(channel: str) -> str:
    if channel.startswith(("dm:", "U", "W")):
        return f"<@{channel.removeprefix('dm:')}>"
    return f"<#{channel}>" if channel else _("Slack")
