"""Making an action: by command, from a decision, from a message."""

from __future__ import annotations

from commands.cabinet.handlers.access import DECISION, MEETING
from commands.cabinet.handlers.actions.cards import task_of
from commands.cabinet.handlers.actions.life import begin_action
from commands.cabinet.handlers.actions.owners import due_text, only_agency, owner_trouble, refuse_giving, usual_due
from commands.cabinet.handlers.meetings.meant import in_session
from commands.cabinet.handlers.things import meeting_of
from commands.cabinet.rules.access import Act
from commands.cabinet.views.actions.cards import (
    DUE,
    LEVEL,
    OWNER,
    OWNER_AGENCY,
    TEXT,
    action_card,
)
from commands.cabinet.views.actions.form import action_form, free_card
from commands.cabinet.views.notes import ActionNotes
from commands.kit.access import find, find_if_any, may
from commands.kit.cards import Block
from commands.kit.handling import Handling
from commands.kit.permission import sees
from commands.kit.post import tell
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened
from storage.agencies import get_agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Decision
from storage.cabinet.meetings import Meeting
from storage.subjects import Key, number


def open_form(request: Request) -> Answer:
    """`/cabinet action`, with the words that follow it as its text."""
    return opened(request, fresh_form(request, request.text))


def fresh_form(request: Request, text: str, link: str | None = None) -> Block:
    """The form of an action in the meeting that this person sits in and that is held here or now, else by itself."""
    meeting = in_session(request)
    return action_form(
        usual_due(request),
        text=text,
        notes=ActionNotes(meeting.id if meeting else 0, link=link),
        is_free=meeting is None,
    )


def open_for_decision(request: Request) -> Answer:
    """An action that belongs to a decision."""
    decision = find(request, DECISION, request.value, Act.TAKE_PART)
    notes = ActionNotes(decision.meeting_id, decision.id)
    return opened(request, action_form(usual_due(request), handling=decision.handling, notes=notes))


def take_form(request: Request) -> Answer:
    """The action is recorded, and its owner told."""
    action = _read(request)
    begin_action(request, action)
    meeting, me = meeting_of(request, action), request.who.user_id
    task, key = task_of(request, action), Key.of("action", action.id, "recorded")
    if meeting is None and request.noted(ActionNotes).meeting:
        tell(request, me, free_card(task), key=key)
    elif action.owner != me and (meeting is None or meeting.channel_id is None):
        tell(request, me, action_card(task), key=key)
    return NOTHING_TO_SAY


def _read(request: Request) -> Action:
    notes = request.noted(ActionNotes)
    decision = find(request, DECISION, notes.decision, Act.TAKE_PART) if notes.decision else None
    meeting = _meeting(request, notes, decision)
    handling = decision.handling if decision is not None else _level(request)
    text, owner, due = request.fields.text(TEXT), request.fields.person(OWNER), request.fields.day(DUE)
    _check(request, text, owner, handling)
    assert owner is not None
    assert due is not None
    agency_id = _agency(request, owner)
    leads = meeting is not None and may(request, request.who, MEETING, meeting, Act.RECORD)
    refuse_giving(request, owner, leads=leads)
    return Action(
        mission_id=request.mission.id,
        series_id=meeting.series_id if meeting else None,
        meeting_id=meeting.id if meeting else None,
        item_id=decision.item_id if decision is not None else None,
        decision_id=decision.id if decision is not None else None,
        text=text,
        owner=owner,
        owner_agency_id=agency_id,
        due_on=due,
        handling=handling,
        source_link=notes.link or "",
    )


def _meeting(request: Request, notes: ActionNotes, decision: Decision | None) -> Meeting | None:
    """The meeting an action belongs to: given by somebody who sits there, else the action stands by itself."""
    if decision is not None:
        return meeting_of(request, decision)
    return find_if_any(request, MEETING, notes.meeting, Act.TAKE_PART) if notes.meeting else None


def _level(request: Request) -> str:
    chosen = request.fields.choice(LEVEL) or Handling.UNCLASSIFIED.value
    if chosen not in {Handling.UNCLASSIFIED, Handling.CONFIDENTIAL}:
        raise Refused(_("Strictly Confidential texts never enter Slack."), LEVEL)
    if not sees(request.who, chosen):
        text = _("This is Confidential, and you are not cleared for it. Ask the cabinet secretary.")
        raise Refused(text, LEVEL)
    return chosen


def _check(request: Request, text: str, owner: str | None, handling: str) -> None:
    wrong: dict[str, str] = {}
    if not text:
        wrong[TEXT] = _("Write down what is to be done.")
    if trouble := due_text(request, request.fields.day(DUE)):
        wrong[DUE] = trouble
    if owner is None:
        wrong[OWNER] = _("Name the one person who is accountable.")
    elif trouble := owner_trouble(request, owner, handling):
        wrong[OWNER] = trouble
    if wrong:
        raise RefusedFields(wrong)


def _agency(request: Request, owner: str) -> int | None:
    chosen = request.fields.choice(OWNER_AGENCY)
    agency = get_agency(request.session, request.mission.id, number(chosen)) if chosen else None
    if chosen and agency is None:
        raise Refused(_("Choose the agency."), OWNER_AGENCY)
    return agency.id if agency is not None else only_agency(request, owner)
