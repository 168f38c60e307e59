"""The meeting in session, as its chair and secretary run it: item by item."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.rules.deciding import Outcome, outcomes
from commands.cabinet.views.meetings.attendance import Roll, quorum_text
from commands.cabinet.views.notes import MeetingNotes, OutcomeNotes
from commands.cabinet.views.record_words import item_state_name, outcome_name
from commands.kit.cards import (
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    escape,
    option,
    overflow,
    section,
    shorten,
)
from commands.kit.forms import field_block, modal, text_input
from commands.kit.names.levels import level_note
from commands.kit.pressed import value_of
from commands.kit.words import _
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting, MeetingState

REASON = "reason"
REASON_LIMIT = 500
# Each item takes one block, and a form has 100.
ITEMS_SHOWN = 90
QUESTION_SHOWN = 300


def run_form(roll: Roll, items: Sequence[Item]) -> Block:
    """Every item with what may become of it."""
    meeting = roll.meeting
    blocks: list[Block] = [section(f"*{escape(meeting.title)}*\n{quorum_text(roll.quorum)}")]
    blocks.append(actions(*_buttons(meeting)))
    blocks.append(divider())
    if not items:
        blocks.append(section(_("Nothing is scheduled. Items come from the agenda.")))
    blocks += [_item(number, item, meeting) for number, item in enumerate(items[:ITEMS_SHOWN], start=1)]
    if len(items) > ITEMS_SHOWN:
        blocks.append(context(_("The others follow when these are settled.")))
    return modal("cabinet:nothing", _("The meeting"), blocks, close=_("Close"), notes=MeetingNotes(meeting.id))


def _buttons(meeting: Meeting) -> list[Block]:
    value = str(meeting.id)
    attendance = button(_("Attendance"), "cabinet:attendance", value)
    if meeting.state in {MeetingState.PLANNED, MeetingState.CONVENED}:
        return [button(_("Begin the meeting"), "cabinet:begin", value, style="primary")]
    if meeting.state == MeetingState.IN_SESSION:
        return [attendance, button(_("End the meeting"), "cabinet:end", value, style="danger", confirm=_end_question())]
    return [attendance]


def _end_question() -> Block:
    return confirm(
        _("End the meeting?"),
        _("Items that were not reached are deferred to the next meeting, and the draft minutes are written."),
        _("End it"),
        _("Go on"),
    )


def _item(number: int, item: Item, meeting: Meeting) -> Block:
    state = item_state_name(item.state)
    text = f"*{number}. {escape(shorten(item.title, 150))}* · {state}"
    if item.question:
        text += f"\n{escape(shorten(item.question, QUESTION_SHOWN))}"
    possible = outcomes(item.state) if meeting.state in {MeetingState.IN_SESSION, MeetingState.HELD} else []
    choices = [option(outcome_name(one), value_of(one.value, item.id)) for one in possible]
    return section(text, accessory=overflow("cabinet:outcome", choices) if choices else None)


def reason_form(item: Item, outcome: Outcome, came_from: str) -> Block:
    """Why an item is deferred or withdrawn."""
    title = _("Defer item") if outcome is Outcome.DEFER else _("Withdraw item")
    intro = (
        _("It comes back as a matter arising in the next meeting.")
        if outcome is Outcome.DEFER
        else _("It leaves the agenda for good; the reason stands in the minutes.")
    )
    blocks = [
        section(f"*{escape(shorten(item.title, 300))}*\n{intro}"),
        *level_note(item.handling),
        field_block(REASON, _("Reason"), text_input(long=True, most=REASON_LIMIT)),
    ]
    notes = OutcomeNotes(item.id, outcome.value, came_from)
    return modal("cabinet:outcome", title, blocks, submit=_("Save"), close=_("Close"), notes=notes)
