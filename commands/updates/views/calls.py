"""What a focal point receives: the question, its reminders, and the form that hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    Block,
    Card,
    actions,
    as_many_as_fit,
    button,
    confirm,
    context,
    divider,
    escape,
    mention,
    moment,
    option,
    section,
    select_menu,
)
from commands.kit.dates import both_times, when_text
from commands.kit.forms import field_block, modal, select
from commands.kit.handling import highest
from commands.kit.names.agencies import agency_name
from commands.kit.names.levels import level_note
from commands.kit.pages import left_text
from commands.kit.pressed import value_of
from commands.kit.words import _
from commands.updates.rules.ladder import LAST_CALL
from commands.updates.rules.questions import items_for, questions_of
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import level_of, period_text, questions_count, state_line
from storage.agencies import Agency
from storage.updates.returns import STILL_OWED, Return, ReturnState
from storage.updates.rounds import Round, RoundState

# The line that a notification shows has room for a few agencies.
TEXTS_SHOWN = 3
ONE_HOUR, THREE_HOURS, TOMORROW = "1h", "3h", "tomorrow"


@dataclass(frozen=True, slots=True)
class Owed:
    """A return with everything a card says of it. `can_repeat`: there is an earlier answer to say again."""

    round: Round
    given: Return
    agency: Agency
    zone: ZoneInfo
    now: datetime
    can_repeat: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anything can still be changed."""
        return self.round.state == RoundState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed without an answer."""
        return self.given.state in STILL_OWED and self.now >= self.round.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a person's message about a round says of one agency's return.

    `is_theirs`: they may answer it. `why` says in one sentence why it rang last, `reminds` that it was no first
    question. `handed_by` handed it to them, `handed_to` has it from them. `has_draft`: they left one unsent.
    """

    owed: Owed
    is_theirs: bool = True
    why: str = ""
    reminds: bool = False
    handed_by: str | None = None
    handed_to: str | None = None
    has_draft: bool = False

    @property
    def is_waited_for(self) -> bool:
        """Whether the update can still be given and has not been."""
        return self.owed.is_open and self.owed.given.state in STILL_OWED


def call_card(parts: Sequence[Part]) -> Card:
    """A person's one message about a round, as it is now: a part for each agency for which they were asked.

    Of many, those that wait come first, as many as a message holds.
    """
    in_order = sorted(parts, key=lambda part: not part.is_waited_for)
    groups = [_part_blocks(part) for part in in_order]
    shown = as_many_as_fit([groups[0], *([divider(), *group] for group in groups[1:])])
    blocks = [block for group in shown for block in group]
    left = len(parts) - len(shown)
    if left:
        blocks.append(context(left_text(left)))
    texts = dict.fromkeys(_part_text(part) for part in in_order[:TEXTS_SHOWN])
    level = highest(*(level_of(part.owed.round) for part in parts if part.is_theirs))
    return Card(" ".join(texts), tuple(blocks), level)


def _part_text(part: Part) -> str:
    if not part.is_theirs:
        return not_yours(part.owed)
    return f"{part.why} {_plain(part.owed)}" if part.why and part.is_waited_for else _plain(part.owed)


def _part_blocks(part: Part) -> list[Block]:
    owed = part.owed
    if not part.is_theirs:
        return [section(escape(not_yours(owed)))]
    why = f"{part.why}\n" if part.why and part.is_waited_for else ""
    blocks: list[Block] = [section(f"{why}{headline(owed)}\n{state_text(owed)}")]
    if part.handed_by:
        blocks.append(context(_("{person} handed this over to you.").format(person=mention(part.handed_by))))
    if part.handed_to and owed.is_open:
        text = _("Handed over to {person}. You can still answer.").format(person=mention(part.handed_to))
        blocks.append(context(text))
    blocks += level_note(owed.round.handling)
    buttons = [*answer_buttons(owed), *(_snooze_menu(owed) if part.reminds and part.is_waited_for else [])]
    if part.has_draft and not owed.is_open:
        buttons = [button(_("What I had typed"), "updates:write", str(owed.given.id))]
    return [*blocks, actions(*buttons)] if buttons else blocks


def headline(owed: Owed) -> str:
    """Which round and which agency."""
    return f"*{escape(owed.round.title)}* · *{escape(owed.agency.code)}* {escape(agency_name(owed.agency))}"


def state_text(owed: Owed) -> str:
    """Where the return stands: when it is due, or what was answered and until when it can be changed."""
    if owed.round.state == RoundState.CALLED_OFF:
        return called_off_text(owed.round, owed.zone)
    if owed.given.state not in STILL_OWED:
        closing = _("Can be changed until: {when}").format(when=both_times(owed.round.closes_at, owed.zone))
        return state_line(owed.given, owed.zone) + ("\n" + closing if owed.is_open else "")
    due = both_times(owed.round.due_at, owed.zone)
    lines = [_("*Overdue since* {when}").format(when=due) if owed.is_overdue else _("*Due* {when}").format(when=due)]
    count = len(items_for(questions_of(owed.round.questions), owed.given.sectors))
    lines.append(" · ".join(text for text in (questions_count(count), period_text(owed.round)) if text))
    if owed.given.state == ReturnState.DRAFT:
        lines.append(state_line(owed.given, owed.zone))
    return "\n".join(lines)


def called_off_text(this: Round, zone: ZoneInfo) -> str:
    """A round that was called off: by whom, and what becomes of what was written."""
    when = when_text(this.closed_at or this.closes_at, zone)
    return _("Called off by {person}, {when}. No update is due; what was written is kept.").format(
        person=mention(this.closed_by or ""), when=moment(this.closed_at or this.closes_at, when)
    )


def _plain(owed: Owed) -> str:
    what = f"{owed.round.title}, {owed.agency.code}"
    if owed.round.state == RoundState.CALLED_OFF:
        return _("{what}: called off, no update is due.").format(what=what)
    if owed.given.state == ReturnState.SUBMITTED:
        return _("{what}: submitted. Thank you.").format(what=what)
    if owed.given.state == ReturnState.NIL:
        return _("{what}: nothing to report. Thank you.").format(what=what)
    if owed.given.state == ReturnState.WAIVED:
        return _("{what}: no update is due, it was waived.").format(what=what)
    if owed.given.state == ReturnState.MISSED:
        return _("{what}: the round closed without an answer.").format(what=what)
    return _("{what}: please send your update by {when}.").format(
        what=what, when=when_text(owed.round.due_at, owed.zone)
    )


def answer_buttons(owed: Owed) -> list[Block]:
    """What can be done about a return now; nothing once the round is closed."""
    if not owed.is_open:
        return []
    value = str(owed.given.id)
    about = f"{owed.agency.code}, {owed.round.title}"
    if owed.given.state == ReturnState.SUBMITTED:
        return [button(_("Edit"), "updates:write", value, label=_("Edit the update of {what}").format(what=about))]
    write = button(
        _("Write update"),
        "updates:write",
        value,
        style="primary",
        label=_("Write the update of {what}").format(what=about),
    )
    if owed.given.state == ReturnState.NIL:
        return [button(_("Undo"), "updates:undo", value, label=_("Undo: there is something to report")), write]
    if owed.given.state == ReturnState.WAIVED:
        return [write]
    buttons = [write, button(_("Nothing to report"), "updates:nil", value)]
    if owed.can_repeat:
        buttons.append(button(_("Same as last time"), "updates:same", value, confirm=_repeat_question()))
    return [*buttons, button(_("Hand over"), "updates:hand", value)]


def _repeat_question() -> Block:
    return confirm(
        _("Same as last time?"),
        _("Your agency's last answers are submitted again, word for word. You can edit them until the round closes."),
        _("Submit them"),
        _("No"),
    )


def _snooze_menu(owed: Owed) -> list[Block]:
    """When to be reminded again: only moments before the round closes, and nothing once that is near."""
    if owed.now >= owed.round.closes_at - LAST_CALL:
        return []
    today, last = owed.now.astimezone(owed.zone).date(), owed.round.closes_at.astimezone(owed.zone).date()
    offered = [
        (_("in 1 hour"), ONE_HOUR, True),
        (_("in 3 hours"), THREE_HOURS, owed.now + timedelta(hours=3) < owed.round.closes_at),
        (_("tomorrow morning"), TOMORROW, today < last),
    ]
    options = [option(text, value_of(owed.given.id, choice)) for text, choice, fits in offered if fits]
    return [select_menu("updates:snooze", _("Remind me later"), options)]


def not_yours(owed: Owed) -> str:
    """What stands where somebody was asked who may not answer any more; of the round it says nothing."""
    return _("You do not answer for {agency} any more: this question has gone to others.").format(
        agency=owed.agency.code
    )


def hand_form(owed: Owed, people: Sequence[tuple[str, str]]) -> Block:
    """The form that hands a return to another of the agency's people: (user id, name)."""
    blocks = [
        section(headline(owed)),
        field_block(
            "person",
            _("Who takes it over?"),
            select([option(name, user) for user, name in people[:100]]),
            hint=_("They are asked at once. What you have typed so far goes along."),
        ),
    ]
    return modal(
        "updates:hand",
        _("Hand over"),
        blocks,
        submit=_("Hand over"),
        close=_("Cancel"),
        notes=ReturnNotes(owed.given.id),
    )
