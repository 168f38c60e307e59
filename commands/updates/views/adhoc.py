"""An ad-hoc round in one form, what was asked already, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.cards import BLOCKS_PER_VIEW, Block, Card, channel_link, context, escape, section, sections, shorten
from commands.kit.dates import both_times, day_text
from commands.kit.forms import date_input, field_block, modal, time_input
from commands.kit.names.sectors import sector_name
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from commands.updates.rules.answers import answer_text
from commands.updates.rules.drafting import DAY, TIME, RoundEntry
from commands.updates.rules.questions import Item, Question
from commands.updates.views.fields import audience_field, channel_field, handling_field, questions_field, title_field
from commands.updates.views.words import level_of
from storage.agencies import Agency
from storage.updates.rounds import Round

TYPED = "updates:round-typed"
ANSWER_SHOWN = 300
ANSWERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question of an earlier round that resembles a new one, with what agencies answered."""

    round: Round
    question: Question
    new: Question
    answers: Sequence[tuple[str, Item, Any]]


def adhoc_form(entry: RoundEntry, agencies: Sequence[Agency], zone: str, note: str = "") -> Block:
    """Ask these agencies this, by then."""
    blocks = [section(note)] if note else []
    blocks += [
        title_field(entry, TYPED),
        questions_field(entry, TYPED),
        audience_field(entry, agencies),
        field_block(DAY, _("Due on"), date_input(initial=entry.day)),
        field_block(
            TIME,
            _("Due at"),
            time_input(initial=entry.time),
            hint=_(
                "Time of {zone}. The digest follows a quarter of an hour later, "
                "and the round closes two working days later."
            ).format(zone=zone),
        ),
        channel_field(entry),
        handling_field(entry),
    ]
    return modal("updates:round", _("New round"), blocks, submit=_("Ask them"), close=_("Close"))


def already_asked_form(found: Sequence[Earlier], zone: ZoneInfo) -> Block:
    """What the same agencies were asked in the last days, with their answers."""
    intro = ngettext(
        "*The same agencies were asked something like this in the last 30 days.* Perhaps the answer is here already.",
        "*The same agencies were asked {count} things like this in the last 30 days.* Perhaps the answers are here.",
        len(found),
    ).format(count=len(found))
    blocks: list[Block] = [section(intro)]
    for number, one in enumerate(found):
        drawn = _earlier_blocks(one, zone)
        if len(blocks) + len(drawn) > BLOCKS_PER_VIEW - 1:
            left = len(found) - number
            blocks.append(context(left_text(left)))
            break
        blocks += drawn
    return modal("updates:round-anyway", _("Already asked"), blocks, submit=_("Ask them anyway"), close=_("Back"))


def _earlier_blocks(one: Earlier, zone: ZoneInfo) -> list[Block]:
    due = day_text(one.round.due_at.astimezone(zone).date())
    head = f"*{escape(one.round.title)}*, {due}: {escape(one.question.text)}"
    lines = [
        f"• *{escape(code)}*{_sector(item)}: {escape(shorten(answer_text(item.question, value), ANSWER_SHOWN))}"
        for code, item, value in one.answers[:ANSWERS_SHOWN]
    ]
    left = len(one.answers) - len(lines)
    if left > 0:
        lines.append(left_text(left))
    if not lines:
        lines.append(_("Nobody has answered it."))
    return sections("\n".join([head, *lines]))


def _sector(item: Item) -> str:
    return f" ({escape(sector_name(item.sector))})" if item.sector else ""


def begun_card(this: Round, asked: int, alone: int, zone: ZoneInfo) -> Card:
    """What happens now that a round has begun; `alone` counts agencies with nobody to ask."""
    count = ngettext("{count} agency is asked now.", "{count} agencies are asked now.", asked).format(count=asked)
    lines = [f"*{escape(this.title)}*", count]
    if alone:
        lines.append(
            ngettext(
                "{count} agency has nobody to ask: see the board.",
                "{count} agencies have nobody to ask: see the board.",
                alone,
            ).format(count=alone)
        )
    lines.append(_("Due {when}").format(when=both_times(this.due_at, zone)))
    if this.board_channel:
        lines.append(_("The return board is in {channel}.").format(channel=channel_link(this.board_channel)))
    lines.append(_("The digest goes to {channel}.").format(channel=channel_link(this.digest_channel)))
    return Card(f"{this.title}: {count}", (section("\n".join(lines)),), level_of(this))
