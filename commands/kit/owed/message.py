"""The one message of what is owed: rows in, Block Kit out. Titles come from the rooms, as each person may read them.

Gesture: remind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, Card, actions, button, context, escape, header, moment, section, shorten
from commands.kit.dates import when_text
from commands.kit.front.things import Line
from commands.kit.times.snooze import snooze_buttons
from commands.kit.words import _, ngettext, pgettext
from storage.compartments import Compartment
from storage.obligations import Obligation

LINES_SHOWN = 12
LATER = "mission:owed-later"


@dataclass(frozen=True, slots=True)
class Owed:
    """One line: what is owed, by which agency, and what its room says of it to this person."""

    obligation: Obligation
    agency: str
    line: Line


def owed_card(owed: Sequence[Owed], now: datetime, zone: ZoneInfo, side: Compartment = Compartment.MISSION) -> Card:
    """Everything that somebody's agencies owe, by due time, with the buttons that settle it.

    On a side of the wall a line has its number and no title: the text opens in a form, after a look at who asks.
    """
    if not owed:
        text = _("Nothing is owed. Thank you.")
        return Card(text, (section(text),), compartment=side)
    title = ngettext("One thing is owed", "{count} things are owed", len(owed)).format(count=len(owed))
    blocks: list[Block] = [header(title)]
    plain = [title]
    for one in owed[:LINES_SHOWN]:
        text = _line_text(one, now, zone, side)
        plain.append(text)
        blocks += [section(text), actions(*_buttons(one.obligation))]
    if len(owed) > LINES_SHOWN:
        blocks.append(context(_("and {count} more").format(count=len(owed) - LINES_SHOWN)))
    blocks.append(actions(*snooze_buttons(LATER, lambda days: f"{days}:{side.value}")))
    return Card("\n".join(plain), tuple(blocks), compartment=side)


def _line_text(one: Owed, now: datetime, zone: ZoneInfo, side: Compartment) -> str:
    due = one.obligation.due_at
    names = [one.line.number] if side is not Compartment.MISSION else [one.line.number, shorten(one.line.title, 200)]
    what = " · ".join(escape(name) for name in [*names, one.agency] if name)
    when = moment(due, when_text(due, zone))
    said = _("{what}: due {when}") if due > now else _("{what}: *was due* {when}")
    return said.format(what=f"*{what}*", when=when)


def _offer_names() -> Mapping[str, str]:
    return {
        "answer": _("Answer"),
        "nil": pgettext("owed", "Nothing to report"),
        "decline": _("Decline…"),
        "acknowledge": _("Acknowledge"),
        "more-time": _("More time…"),
        "hand-over": _("Hand over"),
    }


def _buttons(obligation: Obligation) -> list[Block]:
    names = _offer_names()
    return [
        button(names[offer], f"{obligation.room}:owed-{offer}", str(obligation.id))
        for offer in obligation.offers
        if offer in names
    ]
