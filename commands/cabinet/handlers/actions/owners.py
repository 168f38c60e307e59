"""Who can be accountable, and for which agency."""

from __future__ import annotations

from datetime import date

from commands.cabinet.handlers.access import reader_of
from commands.cabinet.rules.access import may_be_given
from commands.cabinet.rules.deciding import due_trouble
from commands.cabinet.views.actions.cards import OWNER
from commands.cabinet.views.record_words import day_trouble_text
from commands.kit.dates import read_calendar
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.places import place_of_person
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request
from storage.agencies import agency_roles
from storage.people import get_person

USUAL_DAYS = 10


def owner_trouble(request: Request, user: str, handling: str) -> str:
    """Why somebody cannot be accountable for a text of this level; empty when they can."""
    person = get_person(request.session, request.mission.id, user)
    if user == request.mission.bot_user_id or (person is not None and person.is_bot):
        return _("An app cannot be accountable. Name a person.")
    if person is not None and person.is_gone:
        return _("This person has left Slack. Name somebody else.")
    if may_go(Handling(handling), place_of_person(request.session, request.mission, user)) is not Verdict.ALLOWED:
        return _("This person is not cleared for Confidential texts. Name somebody who is.")
    return ""


def refuse_giving(request: Request, owner: str, *, leads: bool) -> None:
    """Raises Refused where this person may not make the other accountable: in a new action, and in one handed over."""
    theirs = agency_roles(request.session, request.mission.id, owner)
    if not may_be_given(reader_of(request, request.who), owner, theirs, leads=leads):
        text = _(
            "You can take on an action yourself or give it within your agency. Ask the cabinet secretary for others."
        )
        raise Refused(text, OWNER)


def only_agency(request: Request, user: str) -> int | None:
    """The agency of a person who has roles in exactly one."""
    theirs = agency_roles(request.session, request.mission.id, user)
    return next(iter(theirs)) if len(theirs) == 1 else None


def usual_due(request: Request) -> date:
    """The due date that a form begins with: two working weeks ahead."""
    today = request.today
    return read_calendar(request).plus_working_days(today, USUAL_DAYS)


def due_text(request: Request, due: date | None) -> str:
    """What is wrong with a due date; empty when it is a working day ahead."""
    if due is None:
        return _("Give the day by which it is done.")
    trouble = due_trouble(due, request.today, read_calendar(request))
    return "" if trouble is None else day_trouble_text(*trouble)
