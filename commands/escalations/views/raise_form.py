"""The form that raises an escalation, and what is shown when something like it has been raised already."""

from __future__ import annotations

from collections.abc import Sequence

from commands.escalations.rules.raising import (
    AGENCIES,
    ASKS,
    CODE,
    CODE_LIMIT,
    DAY,
    HANDLING,
    HOLDER,
    HOW,
    PLACE,
    REFERENCE,
    SEVERITY,
    SHORT_LIMIT,
    SUMMARY,
    SUMMARY_LIMIT,
    TIME,
    TRIED,
    TRIED_LIMIT,
    RaiseEntry,
)
from commands.escalations.views.card import body, headline
from commands.escalations.views.case import Case
from commands.escalations.views.clock import state_lines
from commands.escalations.views.notes import RaiseNotes
from commands.escalations.views.words import asks_name, severity_name
from commands.kit.cards import Block, actions, button, context, divider, option, section, shorten
from commands.kit.forms import (
    date_input,
    field_block,
    modal,
    multi_external_select,
    radio,
    select,
    text_input,
    time_input,
)
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_options
from commands.kit.pages import left_note
from commands.kit.words import _
from storage.agencies import Agency
from storage.escalations.model import Asks, Severity

CHOSEN = "escalations:handling"
LIKE_SHOWN = 8


def raise_form(
    entry: RaiseEntry, agencies: Sequence[Agency], zone: str, times: dict[str, str], intro: str = ""
) -> Block:
    """What is asked, how little it can wait, and what it is about. `times` says what each severity means.

    The fields follow the classification: a Strictly Confidential matter has a pointer instead of texts.
    """
    blocks: list[Block] = [context(intro)] if intro else []
    blocks += [_asks_field(entry), _severity_field(entry, times), _handling_field(entry)]
    blocks += _pointer_fields(entry) if entry.is_pointer else _text_fields(entry)
    blocks += [_agencies_field(entry, agencies), *_needed_fields(entry, zone)]
    if not entry.is_pointer:
        blocks += _place_fields(entry)
    return modal(
        "escalations:raise",
        _("Escalate"),
        blocks,
        submit=_("Send it"),
        close=_("Cancel"),
        notes=RaiseNotes(dict(entry.source or {})),
    )


def _asks_field(entry: RaiseEntry) -> Block:
    choices = [option(asks_name(one), one.value) for one in Asks]
    initial = (entry.asks or Asks.DECISION).value
    return field_block(ASKS, _("What is asked of the SRSG office"), select(choices, initial=initial))


def _severity_field(entry: RaiseEntry, times: dict[str, str]) -> Block:
    choices = [option(f"{severity_name(one)}: {times[one]}", one.value) for one in Severity]
    initial = (entry.severity or Severity.ROUTINE).value
    return field_block(SEVERITY, _("How urgent is it?"), radio(choices, initial=initial))


def _handling_field(entry: RaiseEntry) -> Block:
    choices = level_options(Handling)
    initial = (entry.handling or Handling.UNCLASSIFIED).value
    hint = _("Confidential texts reach cleared people only. Of what is Strictly Confidential you give a reference.")
    element = radio(choices, initial=initial, action=CHOSEN)
    return field_block(HANDLING, _("Classification"), element, hint=hint, acts=True)


def _text_fields(entry: RaiseEntry) -> list[Block]:
    return [
        field_block(
            SUMMARY,
            _("What is it about?"),
            text_input(initial=entry.summary, long=True, most=SUMMARY_LIMIT),
            hint=_("What happened, what is at stake, what exactly is needed. No names of sources or victims."),
        ),
        field_block(
            TRIED,
            _("What was tried at the level below?"),
            text_input(initial=entry.tried, long=True, most=TRIED_LIMIT),
            optional=True,
        ),
    ]


def _pointer_fields(entry: RaiseEntry) -> list[Block]:
    return [
        section(_("Strictly Confidential texts never enter Slack. What you had typed as text is not kept.")),
        field_block(REFERENCE, _("Reference"), text_input(initial=entry.reference, most=SHORT_LIMIT)),
        field_block(HOLDER, _("Who holds the text"), text_input(initial=entry.holder, most=SHORT_LIMIT)),
        field_block(HOW, _("How to ask for it"), text_input(initial=entry.how, most=SHORT_LIMIT)),
    ]


def _agencies_field(entry: RaiseEntry, agencies: Sequence[Agency]) -> Block:
    initial = [agency_option(agency) for agency in agencies if agency.id in entry.agencies]
    return field_block(
        AGENCIES,
        _("Agencies concerned"),
        multi_external_select("escalations:agency", initial=initial, placeholder=_("A code or a name")),
        hint=_("Their people see it and hear what becomes of it."),
        optional=True,
    )


def _needed_fields(entry: RaiseEntry, zone: str) -> list[Block]:
    hint = _("Time of {zone}; without a time, the end of the working day.").format(zone=zone)
    return [
        field_block(DAY, _("Needed by the day"), date_input(initial=entry.day), optional=True),
        field_block(TIME, _("At"), time_input(initial=entry.time), hint=hint, optional=True),
    ]


def _place_fields(entry: RaiseEntry) -> list[Block]:
    return [
        field_block(PLACE, _("Place"), text_input(initial=entry.place, most=SHORT_LIMIT), optional=True),
        field_block(
            CODE,
            _("Place code"),
            text_input(initial=entry.code, most=CODE_LIMIT),
            hint=_("The p-code, if you have it at hand."),
            optional=True,
        ),
    ]


def alike_form(found: Sequence[Case]) -> Block:
    """What has been raised already and may be the same, each with a button to join it instead."""
    blocks: list[Block] = [
        section(
            _("*Something like this has been raised already.* If it is the same matter, join it: you hear of it too.")
        )
    ]
    for matter in found[:LIKE_SHOWN]:
        blocks += [
            divider(),
            section(headline(matter)),
            *body(matter),
            context(shorten(state_lines(matter)[0], 2000)),
            actions(button(_("Join this one instead"), "escalations:join", str(matter.this.id), style="primary")),
        ]
    blocks += left_note(found, LIKE_SHOWN)
    return modal("escalations:anyway", _("Raised already?"), blocks, submit=_("Send mine anyway"), close=_("Back"))
