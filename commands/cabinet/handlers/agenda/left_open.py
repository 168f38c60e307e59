"""What the record leaves open: objections that broke a silence, and actions that are long overdue."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cabinet.rules.actions import Step, day_of
from commands.kit.cards import shorten
from commands.kit.dates import read_calendar
from commands.kit.words import _
from commands.kit.work import Work
from storage.agencies import get_agency
from storage.cabinet.actions import overdue_actions
from storage.cabinet.decisions import broken_bindings
from storage.subjects import Subject

TITLE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Something the next meeting has to take up. `source` names it, so that it enters an agenda once."""

    source: Subject
    title: str
    question: str
    owner: str
    owner_agency_id: int | None
    handling: str


def left_open(work: Work, series_id: int) -> list[LeftOpen]:
    """Every objection that broke a silence, then every action whose chase has ended, in the mission's language."""
    with work.speaking_to_everyone():
        return [*_objections(work, series_id), *_overdue(work, series_id)]


def _objections(work: Work, series_id: int) -> list[LeftOpen]:
    found = []
    for binding, decision in broken_bindings(work.session, series_id):
        agency = get_agency(work.session, work.mission.id, binding.agency_id)
        title = _("{agency} objects to decision {reference}").format(
            agency=agency.code if agency else "", reference=decision.reference
        )
        found.append(
            LeftOpen(
                source=Subject.of("binding", binding.id),
                title=title,
                question=binding.reason,
                owner=decision.owner,
                owner_agency_id=binding.agency_id,
                handling=decision.handling,
            )
        )
    return found


def _overdue(work: Work, series_id: int) -> list[LeftOpen]:
    calendar = read_calendar(work)
    today = work.today
    return [
        LeftOpen(
            source=Subject.of("action", action.id),
            title=_("Overdue: {text}").format(text=shorten(action.text, TITLE_LIMIT)),
            question=_("What keeps this action from being done?"),
            owner=action.owner,
            owner_agency_id=action.owner_agency_id,
            handling=action.handling,
        )
        for action in overdue_actions(work.session, series_id, today)
        if day_of(Step.AFTER, action.due_on, calendar) <= today
    ]
