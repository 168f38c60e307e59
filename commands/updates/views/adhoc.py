"""An ad-hoc round in one form, what was asked already, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, channel_link, context, divider, escape, section, sections, shorten
from commands.kit.dates import WorkCalendar, both_times, day_text
from commands.kit.forms import date_input, field_block, modal, time_input
from commands.kit.names.levels import level_note
from commands.kit.names.sectors import sector_name
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from commands.updates.rules.answers import answer_text
from commands.updates.rules.calendar import occasion_of
from commands.updates.rules.drafting import DAY, TIME, RoundEntry
from commands.updates.rules.questions import Item, Question, questions_of
from commands.updates.views.building.builder import built_blocks
from commands.updates.views.building.questions import questions_text
from commands.updates.views.fields import audience_field, channel_field, handling_field, questions_field, title_field
from commands.updates.views.notes import BuilderNotes
from commands.updates.views.plans import reminders_text
from storage.agencies import Agency
from storage.updates.rounds import Round

TYPED = "updates:round-typed"
BLOCKS_OF_EARLIER = 40
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
        *built_blocks(entry),
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
    return modal(
        "updates:round",
        _("New round"),
        blocks,
        submit=_("Next"),
        close=_("Close"),
        notes=BuilderNotes(adhoc=1),
        tell_when_closed=True,
    )


@dataclass(frozen=True, slots=True)
class Ahead:
    """A round as it will be once somebody confirms it: `alone` are the codes of agencies that have nobody to ask."""

    round: Round
    asked: Sequence[Agency]
    alone: Sequence[str]
    calendar: WorkCalendar
    earlier: Sequence[Earlier] = ()


def confirm_form(ahead: Ahead) -> Block:
    """Who is asked, when, and what they will see; sending this sends the request."""
    this, zone = ahead.round, ahead.calendar.zone
    blocks: list[Block] = [
        section(f"*{escape(this.title)}*"),
        *sections(_who_text(ahead)),
        *sections(_when_text(this, zone)),
        *sections(reminders_text(this.ladder, [occasion_of(this)], ahead.calendar)),
        *level_note(this.handling),
        divider(),
        section(_("*What a focal point fills in*")),
        *sections(questions_text(questions_of(this.questions))),
        *_already_asked(ahead.earlier, zone),
    ]
    send = _("Send anyway") if ahead.earlier else _("Send request")
    return modal("updates:round-anyway", _("Before it goes out"), blocks, submit=send, close=_("Back"))


def _who_text(ahead: Ahead) -> str:
    count = ngettext("{count} agency is asked at once", "{count} agencies are asked at once", len(ahead.asked))
    codes = ", ".join(escape(agency.code) for agency in ahead.asked)
    lines = [f"*{count.format(count=len(ahead.asked))}*\n{codes}"]
    if ahead.alone:
        lines.append(_("Nobody to ask: {codes}").format(codes=escape(", ".join(ahead.alone))))
    lines.append(_("Whoever is off work now is asked when their next working day begins."))
    return "\n".join(lines)


def _when_text(this: Round, zone: ZoneInfo) -> str:
    return "\n".join(
        [
            _("*Due* {due} · closes {closes}").format(
                due=both_times(this.due_at, zone), closes=both_times(this.closes_at, zone)
            ),
            _("*Digest:* {channel}, {time}").format(
                channel=channel_link(this.digest_channel), time=both_times(this.digest_at, zone)
            ),
        ]
    )


def _already_asked(found: Sequence[Earlier], zone: ZoneInfo) -> list[Block]:
    """What the same agencies were asked in the last days, with their answers."""
    if not found:
        return []
    intro = ngettext(
        "*The same agencies were asked something like this in the last 30 days.* Perhaps the answer is here already.",
        "*The same agencies were asked {count} things like this in the last 30 days.* Perhaps the answers are here.",
        len(found),
    ).format(count=len(found))
    blocks: list[Block] = [divider(), section(intro)]
    for number, one in enumerate(found):
        drawn = _earlier_blocks(one, zone)
        if len(blocks) + len(drawn) > BLOCKS_OF_EARLIER:
            left = len(found) - number
            blocks.append(context(left_text(left)))
            break
        blocks += drawn
    return blocks


def _earlier_blocks(one: Earlier, zone: ZoneInfo) -> list[Block]:
    due = day_text(one.round.due_at.astimezone(zone).date())
    head = f"*{escape(one.round.title)}*, {due}: {escape(one.question.words)}"
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
