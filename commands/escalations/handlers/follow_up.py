"""What a decision asks somebody to do: handed over to the cabinet's list of actions."""

from __future__ import annotations

from datetime import date

from commands.escalations.rules.access import level_of
from commands.escalations.views.forms import DUE, OWNER, TASK
from commands.kit.dates import day_text, read_calendar
from commands.kit.front.handoffs import hand_off
from commands.kit.handling import Verdict, may_go
from commands.kit.places import place_of_person
from commands.kit.refused import RefusedFields
from commands.kit.words import _
from commands.kit.work import Request
from storage.escalations.model import Escalation
from storage.people import get_person
from storage.subjects import Subject


def follow_up(request: Request, this: Escalation, decision: str) -> None:
    """Hand over what the form asks of somebody, in the decision's words where it has none of its own.

    Nothing where nobody and no day is named. Raises Refused beside the field.
    """
    owner, due = request.fields.person(OWNER), request.fields.day(DUE)
    task = request.fields.text(TASK)
    if not (owner or due or task):
        return
    wrong = {OWNER: _owner_trouble(request, this, owner), DUE: _due_trouble(request, due)}
    if wrong := {field: text for field, text in wrong.items() if text}:
        raise RefusedFields(wrong)
    assert due is not None
    hand_off(
        request,
        Subject.of("escalation", this.id),
        verb="cabinet:follow-up",
        text=task or decision,
        handling=level_of(this),
        owner=owner,
        due=due.isoformat(),
    )


def _owner_trouble(request: Request, this: Escalation, owner: str | None) -> str:
    if owner is None:
        return _("Name the one person who does it.")
    person = get_person(request.session, request.mission.id, owner)
    is_nobody = person is not None and (person.is_gone or person.is_bot)
    place = place_of_person(request.session, request.mission, owner)
    if is_nobody or may_go(level_of(this), place) is not Verdict.ALLOWED:
        return _("This person has left, is an app or is not cleared for it. Name somebody else.")
    return ""


def _due_trouble(request: Request, due: date | None) -> str:
    calendar = read_calendar(request)
    if due is not None and due > request.today and calendar.is_working_day(due):
        return ""
    offer = calendar.plus_working_days(max(due or request.today, request.today), 1)
    return _("Choose a working day ahead, for example {day}.").format(day=day_text(offer, "full"))
