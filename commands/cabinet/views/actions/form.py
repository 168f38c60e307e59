"""The form that makes an action, and what is said of one that belongs to no meeting."""

from __future__ import annotations

from datetime import date

from commands.cabinet.views.actions.cards import DUE, LEVEL, OWNER, OWNER_AGENCY, TEXT, TEXT_LIMIT, Task, action_card
from commands.cabinet.views.notes import ActionNotes
from commands.kit.cards import Block, Card, context
from commands.kit.forms import date_input, external_select, field_block, modal, person_select, radio, text_input
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_note, level_options
from commands.kit.words import _
from storage.agencies import Agency


def action_form(
    due: date,
    *,
    text: str = "",
    owner: str | None = None,
    agency: Agency | None = None,
    handling: str | None = None,
    notes: ActionNotes,
    is_free: bool = False,
) -> Block:
    """Make an action. With `handling` its level is given by what it belongs to; `is_free`: it belongs to no meeting."""
    levels = (Handling.UNCLASSIFIED, Handling.CONFIDENTIAL)
    blocks = [
        field_block(TEXT, _("What is to be done"), text_input(initial=text or None, long=True, most=TEXT_LIMIT)),
        field_block(OWNER, _("Accountable person"), person_select(initial=owner), hint=_("Exactly one.")),
        field_block(
            OWNER_AGENCY,
            _("Agency"),
            external_select("cabinet:agency", initial=agency_option(agency) if agency else None),
            optional=True,
            hint=_("Empty: the agency of that person, if they have one only."),
        ),
        field_block(DUE, _("Due on"), date_input(initial=due), hint=_("A working day of the mission.")),
    ]
    if handling is None:
        choices = level_options(levels)
        blocks.append(field_block(LEVEL, _("Classification"), radio(choices, initial=levels[0].value)))
    else:
        blocks += level_note(handling)
    if is_free:
        blocks.append(context(_free_text()))
    return modal("cabinet:action", _("Action"), blocks, submit=_("Record"), close=_("Close"), notes=notes)


def _free_text() -> str:
    return _(
        "It stands by itself: no meeting that you sit in is held here or now, so it is in no channel and in no "
        "minutes. Its owner is told and reminded."
    )


def free_card(task: Task) -> Card:
    """What is told to whoever gave an action in a meeting in which they do not sit any more."""
    card = action_card(task)
    return Card(card.text, (*card.blocks, context(_free_text())), card.handling)
