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
    button,
    confirm,
    context,
    escape,
    mention,
    option,
    section,
    select_menu,
)
from commands.kit.dates import both_times, when_text
from commands.kit.forms import field_block, modal, select
from commands.kit.names.agencies import agency_name
from commands.kit.names.levels import level_note
from commands.kit.pressed import value_of
from commands.kit.words import _
from commands.updates.rules.ladder import LAST_CALL
from commands.updates.rules.questions import items_for, questions_of
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import level_of, period_text, questions_count, state_line
from storage.agencies import Agency
from storage.updates.returns import STILL_OWED, Return, ReturnState
from storage.updates.rounds import Round, RoundState

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


def ask_card(
    owed: Owed, *, handed_to: str | None = None, handed_by: str | None = None, has_draft: bool = False
) -> Card:
    """The message that asks for an update, in the state it is in now. `has_draft`: its reader left one unsent."""
    blocks: list[Block] = [section(headline(owed) + "\n" + state_text(owed))]
    if handed_by:
        blocks.append(context(_("{person} handed this over to you.").format(person=mention(handed_by))))
    if handed_to and owed.is_open:
        blocks.append(context(_("Handed over to {person}. You can still answer.").format(person=mention(handed_to))))
    blocks += level_note(owed.round.handling)
    buttons = answer_buttons(owed)
    if has_draft and not owed.is_open:
        buttons = [button(_("What I had typed"), "updates:write", str(owed.given.id))]
    if buttons:
        blocks.append(actions(*buttons))
    return Card(_plain(owed), tuple(blocks), level_of(owed.round))


def chase_card(owed: Owed, why: str, *, has_draft: bool = False) -> Card:
    """A reminder. `why` says in one sentence why it reaches this person now."""
    if owed.given.state not in STILL_OWED or not owed.is_open:
        return ask_card(owed, has_draft=has_draft)
    blocks: list[Block] = [section(f"{why}\n{headline(owed)}\n{state_text(owed)}"), *level_note(owed.round.handling)]
    blocks.append(actions(*answer_buttons(owed), *_snooze_menu(owed)))
    return Card(f"{why} {_plain(owed)}", tuple(blocks), level_of(owed.round))


def headline(owed: Owed) -> str:
    """Which round and which agency."""
    return f"*{escape(owed.round.title)}* · *{escape(owed.agency.code)}* {escape(agency_name(owed.agency))}"


def state_text(owed: Owed) -> str:
    """Where the return stands: when it is due, or what was answered and until when it can be changed."""
    if owed.given.state not in STILL_OWED:
        closing = _("You can change it until {when}.").format(when=both_times(owed.round.closes_at, owed.zone))
        return state_line(owed.given, owed.zone) + ("\n" + closing if owed.is_open else "")
    due = both_times(owed.round.due_at, owed.zone)
    lines = [_("*Overdue since* {when}").format(when=due) if owed.is_overdue else _("*Due* {when}").format(when=due)]
    count = len(items_for(questions_of(owed.round.questions), owed.given.sectors))
    lines.append(" · ".join(text for text in (questions_count(count), period_text(owed.round)) if text))
    if owed.given.state == ReturnState.DRAFT:
        lines.append(state_line(owed.given, owed.zone))
    return "\n".join(lines)


def _plain(owed: Owed) -> str:
    what = f"{owed.round.title}, {owed.agency.code}"
    if owed.given.state == ReturnState.SUBMITTED:
        return _("{what}: submitted. Thank you.").format(what=what)
    if owed.given.state == ReturnState.NIL:
        return _("{what}: nothing to report. Thank you.").format(what=what)
    if owed.given.state == ReturnState.WAIVED:
        return _("{what}: nothing is owed, it was waived.").format(what=what)
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


def not_yours_card(owed: Owed) -> Card:
    """What stands where somebody was asked who may not answer any more; of the round it says nothing."""
    text = _("You do not answer for {agency} any more: this question has gone to others.").format(
        agency=owed.agency.code
    )
    return Card(text, (section(escape(text)),))


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
