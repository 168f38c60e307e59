"""Words that the views of the record share: states, presences, roles, and people in cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from commands.cabinet.rules.deciding import DayTrouble, Outcome
from commands.kit.cards import escape
from commands.kit.dates import day_text
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.cabinet.actions import ActionState
from storage.cabinet.attendance import Presence
from storage.cabinet.decisions import Answered, DecisionState
from storage.cabinet.items import ItemState
from storage.people import Role


def presence_name(presence: Presence) -> str:
    """How an agency takes part."""
    return {
        Presence.REPRESENTED: pgettext("agency", "Represented"),
        Presence.OBSERVER: pgettext("agency", "Observer"),
        Presence.APOLOGY: pgettext("agency", "Absent with apology"),
        Presence.ABSENT: pgettext("agency", "Absent"),
    }[presence]


def presences_name(presence: Presence) -> str:
    """The agencies that take part in one way, as a heading."""
    return {
        Presence.REPRESENTED: pgettext("agencies", "Represented"),
        Presence.OBSERVER: pgettext("agencies", "Observer"),
        Presence.APOLOGY: pgettext("agencies", "Absent with apology"),
        Presence.ABSENT: pgettext("agencies", "Absent"),
    }[presence]


def item_state_name(state: str) -> str:
    """Where an agenda item stands."""
    return {
        ItemState.PROPOSED: pgettext("agenda item", "proposed"),
        ItemState.SCHEDULED: pgettext("agenda item", "to come"),
        ItemState.DISCUSSED: pgettext("agenda item", "discussed"),
        ItemState.DECIDED: pgettext("agenda item", "decided upon"),
        ItemState.DEFERRED: pgettext("agenda item", "deferred"),
        ItemState.WITHDRAWN: pgettext("agenda item", "withdrawn from the agenda"),
    }[ItemState(state)]


def outcome_name(outcome: Outcome) -> str:
    """What may become of an item, as a choice."""
    return {
        Outcome.DISCUSS: pgettext("agenda item", "Discussed"),
        Outcome.DECIDE: _("Decide…"),
        Outcome.DEFER: _("Defer…"),
        Outcome.WITHDRAW: _("Withdraw…"),
    }[outcome]


def decision_state_name(state: str) -> str:
    """Where a decision stands."""
    return {
        DecisionState.SILENCE: pgettext("decision", "Silence procedure running"),
        DecisionState.STANDS: pgettext("decision", "Stands"),
        DecisionState.BROKEN: pgettext("decision", "Silence broken"),
    }[DecisionState(state)]


def answered_name(state: str) -> str:
    """How a bound agency stands to a decision."""
    return {
        Answered.PRESENT: pgettext("agency", "was represented"),
        Answered.ASKED: pgettext("agency", "asked"),
        Answered.MORE_TIME: pgettext("agency", "has more time"),
        Answered.AGREED: pgettext("agency", "no objection"),
        Answered.SILENT: pgettext("agency", "silent, so it stands"),
        Answered.OBJECTED: pgettext("agency", "objects"),
        Answered.UNREACHED: pgettext("agency", "nobody to ask"),
    }[Answered(state)]


def action_state_name(state: str) -> str:
    """Where an action stands."""
    return {
        ActionState.OPEN: pgettext("action", "open"),
        ActionState.IN_PROGRESS: pgettext("action", "in progress"),
        ActionState.DONE: pgettext("action", "done, not verified yet"),
        ActionState.VERIFIED: pgettext("action", "verified"),
        ActionState.CANCELLED: pgettext("action", "cancelled"),
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


def day_trouble_text(trouble: DayTrouble, offer: date) -> str:
    """Why a due date will not do, with the day to take instead."""
    day = day_text(offer, "full")
    if trouble is DayTrouble.PAST:
        return _("The due date must lie ahead. The next working day is {day}.").format(day=day)
    return _("This is not a working day of the mission. The next one is {day}.").format(day=day)
