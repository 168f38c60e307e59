"""Words that the views of the record share: states, presences, roles, and people in cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from commands.cabinet.rules.deciding import DayTrouble, Outcome
from commands.kit.agency_words import agency_name
from commands.kit.cards import Block, escape, option
from commands.kit.dates import day_text
from commands.kit.words import _
from storage.agencies import Agency
from storage.cabinet.actions import ActionState
from storage.cabinet.attendance import Presence
from storage.cabinet.decisions import Answered, DecisionState
from storage.cabinet.items import ItemState
from storage.people import Role


def presence_name(presence: Presence) -> str:
    """How an agency takes part."""
    return {
        Presence.REPRESENTED: _("Represented"),
        Presence.OBSERVER: _("Observer"),
        Presence.APOLOGY: _("Absent with apology"),
        Presence.ABSENT: _("Absent"),
    }[presence]


def item_state_name(state: str) -> str:
    """Where an agenda item stands."""
    return {
        ItemState.PROPOSED: _("proposed"),
        ItemState.SCHEDULED: _("to come"),
        ItemState.DISCUSSED: _("discussed"),
        ItemState.DECIDED: _("decided upon"),
        ItemState.DEFERRED: _("deferred"),
        ItemState.WITHDRAWN: _("withdrawn from the agenda"),
    }[ItemState(state)]


def outcome_name(outcome: Outcome) -> str:
    """What may become of an item, as a choice."""
    return {
        Outcome.DISCUSS: _("Discussed"),
        Outcome.DECIDE: _("Decide…"),
        Outcome.DEFER: _("Defer…"),
        Outcome.WITHDRAW: _("Withdraw…"),
    }[outcome]


def decision_state_name(state: str) -> str:
    """Where a decision stands."""
    return {
        DecisionState.SILENCE: _("Silence procedure running"),
        DecisionState.STANDS: _("Stands"),
        DecisionState.BROKEN: _("Silence broken"),
    }[DecisionState(state)]


def answered_name(state: str) -> str:
    """How a bound agency stands to a decision."""
    return {
        Answered.PRESENT: _("was represented"),
        Answered.ASKED: _("asked"),
        Answered.MORE_TIME: _("has more time"),
        Answered.AGREED: _("no objection"),
        Answered.SILENT: _("silent, so it stands"),
        Answered.OBJECTED: _("objects"),
        Answered.UNREACHED: _("nobody to ask"),
    }[Answered(state)]


def action_state_name(state: str) -> str:
    """Where an action stands."""
    return {
        ActionState.OPEN: _("open"),
        ActionState.IN_PROGRESS: _("in progress"),
        ActionState.DONE: _("done, not verified yet"),
        ActionState.VERIFIED: _("verified"),
        ActionState.CANCELLED: _("cancelled"),
    }[ActionState(state)]


def reserving_role(role: str) -> str:
    """Who entered a reservation."""
    if role == Role.HUMANITARIAN_COORDINATOR:
        return _("Reservation by the humanitarian coordinator")
    return _("Reservation by the human-rights adviser")


def codes(ids: Iterable[int], agencies: Mapping[int, Agency]) -> str:
    """The codes of agencies, as they stand in a message; a dash for none."""
    return ", ".join(escape(agencies[one].code) for one in ids if one in agencies) or "—"


def code_of(agency_id: int | None, agencies: Mapping[int, Agency]) -> str:
    """An agency's code; empty where there is none."""
    return agencies[agency_id].code if agency_id is not None and agency_id in agencies else ""


def agency_option(agency: Agency) -> Block:
    """An agency as a choice."""
    return option(f"{agency.code} · {agency_name(agency)}", str(agency.id))


def day_trouble_text(trouble: DayTrouble, offer: date) -> str:
    """Why a due date will not do, with the day to take instead."""
    day = day_text(offer, "full")
    if trouble is DayTrouble.PAST:
        return _("The due date must lie ahead. The next working day is {day}.").format(day=day)
    return _("This is not a working day of the mission. The next one is {day}.").format(day=day)
