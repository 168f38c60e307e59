"""Decisions and actions as rows of a table. Titles are English, so that files of all missions read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.handling import Handling, highest
from commands.kit.tables.cells import named
from storage.agencies import Agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision, Reservation
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting

DECISION_TITLES = [
    "Decision",
    "Meeting",
    "Decided (UTC)",
    "Item",
    "Text",
    "Accountable",
    "Agency",
    "Due",
    "State",
    "Binds",
    "Objections",
    "Reservations",
    "Handling",
]
ACTION_TITLES = [
    "Action",
    "Decision",
    "Meeting",
    "Text",
    "Accountable",
    "Agency",
    "Due",
    "State",
    "Evidence",
    "Note",
    "Recorded (UTC)",
    "Handling",
]


def _title(meeting: Meeting, level: str) -> str:
    """The meeting's title; not beside what is of a lower level, which travels with it."""
    return meeting.title if highest(Handling(level), Handling(meeting.handling)) == level else ""


def decision_row(
    decision: Decision,
    item: Item,
    meeting: Meeting,
    bindings: Sequence[Binding],
    reservations: Sequence[Reservation],
    agencies: Mapping[int, Agency],
    names: Mapping[str, str],
) -> list[str]:
    """One decision."""
    code = {identity: agency.code for identity, agency in agencies.items()}
    objections = [f"{code.get(one.agency_id, '')}: {one.reason}" for one in bindings if one.state == "objected"]
    return [
        decision.reference,
        _title(meeting, decision.handling),
        decision.decided_at.isoformat(),
        item.title,
        decision.text,
        named(decision.owner, names),
        code.get(decision.owner_agency_id, ""),
        decision.due_on.isoformat(),
        decision.state,
        "; ".join(f"{code.get(one.agency_id, '')} ({one.state})" for one in bindings),
        "\n".join(objections),
        "\n".join(f"{one.role}: {one.text}" for one in reservations),
        decision.handling,
    ]


def action_row(
    action: Action,
    decision: Decision | None,
    meeting: Meeting | None,
    agencies: Mapping[int, Agency],
    names: Mapping[str, str],
) -> list[str]:
    """One action."""
    agency = agencies.get(action.owner_agency_id or 0)
    return [
        str(action.id),
        decision.reference if decision else "",
        _title(meeting, action.handling) if meeting else "",
        action.text,
        named(action.owner, names),
        agency.code if agency else "",
        action.due_on.isoformat(),
        action.state,
        action.evidence,
        action.note,
        action.created_at.isoformat(),
        action.handling,
    ]
