"""The forms with which coordinators act for agencies."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Block, escape, option, section, shorten
from commands.kit.forms import external_select, field_block, modal, radio, text_input
from commands.kit.names.levels import level_note
from commands.kit.words import _
from commands.updates.rules.standings import column_of
from commands.updates.views.notes import RoundNotes
from commands.updates.views.words import column_name
from storage.updates.returns import Standing
from storage.updates.rounds import Round

AGENCY, WHAT, REASON = "agency", "what", "reason"
WAIVED, OWED_AGAIN = "waived", "owed"
AN_UPDATE, NOTHING = "update", "nothing"
OPTION_LIMIT = 75
OPTIONS_AT_MOST = 100
REASON_LIMIT = 300


def _agency_field(hint: str) -> Block:
    return field_block(AGENCY, _("Agency"), external_select(action="updates:agency"), hint=hint)


def proxy_form(this: Round) -> Block:
    """Chooses the agency for which a coordinator enters an update."""
    choices = [option(_("An update"), AN_UPDATE), option(_("Nothing to report"), NOTHING)]
    blocks = [
        section(f"*{escape(this.title)}*"),
        *level_note(this.handling),
        _agency_field(_("For an agency that cannot answer in Slack. It is marked as entered by proxy.")),
        field_block(WHAT, _("What did it send?"), radio(choices, initial=AN_UPDATE)),
    ]
    return modal(
        "updates:proxy",
        _("Enter for an agency"),
        blocks,
        submit=_("Next"),
        close=_("Cancel"),
        notes=RoundNotes(this.id),
    )


def waive_form(this: Round) -> Block:
    """Waives what an agency owes, or lets it be owed again."""
    choices = [
        option(_("No: waive it"), WAIVED),
        option(_("Yes: due again"), OWED_AGAIN),
    ]
    blocks = [
        section(f"*{escape(this.title)}*"),
        _agency_field(_("Its people are not reminded any more and their message says so.")),
        field_block(WHAT, _("Must this agency still report?"), radio(choices, initial=WAIVED)),
        field_block(
            REASON,
            _("Reason"),
            text_input(most=REASON_LIMIT),
            hint=_("Everybody who sees the board reads it."),
            optional=True,
        ),
    ]
    return modal("updates:waive", _("Waive"), blocks, submit=_("Save"), close=_("Cancel"), notes=RoundNotes(this.id))


def agency_options(found: Sequence[Standing]) -> list[Block]:
    """Agencies to choose from, each with where its return stands."""
    return [
        option(
            shorten(f"{one.code} · {one.name}", OPTION_LIMIT),
            str(one.return_id),
            column_name(column_of(one.state, one.is_late)),
        )
        for one in found[:OPTIONS_AT_MOST]
    ]
