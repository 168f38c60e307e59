"""Making an action: by command, from a decision, from a message."""

from __future__ import annotations

from commands.cabinet.handlers.actions.cards import task_of
from commands.cabinet.handlers.actions.life import begin_action
from commands.cabinet.handlers.actions.owners import due_text, only_agency, owner_trouble, usual_due
from commands.cabinet.handlers.which import decision_of, leads, meeting_of, number, refuse_unseen
from commands.cabinet.views.actions.cards import DUE, LEVEL, OWNER, OWNER_AGENCY, TEXT, action_card, action_form
from commands.cabinet.views.notes import ActionNotes
from commands.kit.handling import Handling
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.post import tell
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened
from storage.agencies import agency_roles, get_agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import get_decision
from storage.cabinet.meetings import Meeting, MeetingState, get_meeting, meeting_in_channel, running_meetings
from storage.subjects import Key


def open_form(request: Request) -> Answer:
    """`/cabinet action`, with the words that follow it as its text."""
    meeting = meeting_here(request)
    notes = ActionNotes(meeting.id if meeting else 0)
    return opened(request, action_form(usual_due(request), text=request.text, notes=notes))


def open_for_decision(request: Request) -> Answer:
    """An action that belongs to a decision."""
    decision = decision_of(request, request.value)
    notes = ActionNotes(decision.meeting_id, decision.id)
    return opened(request, action_form(usual_due(request), handling=decision.handling, notes=notes))


def meeting_here(request: Request) -> Meeting | None:
    """The meeting of this channel, else the one in session."""
    here = meeting_in_channel(request.session, request.mission.id, request.channel) if request.channel else None
    running = running_meetings(request.session, request.mission.id)
    return here or next((one for one in running if one.state == MeetingState.IN_SESSION), None)


def take_form(request: Request) -> Answer:
    """The action is recorded, and its owner told."""
    action = _read(request)
    begin_action(request, action)
    meeting = get_meeting(request.session, request.mission.id, action.meeting_id) if action.meeting_id else None
    if action.owner != request.who.user_id and (meeting is None or meeting.channel_id is None):
        tell(
            request,
            request.who.user_id,
            action_card(task_of(request, action)),
            key=Key.of("action", action.id, "recorded"),
        )
    return NOTHING_TO_SAY


def _read(request: Request) -> Action:
    notes = request.noted(ActionNotes)
    meeting = meeting_of(request, notes.meeting) if notes.meeting else None
    decision_id = notes.decision or None
    decision = get_decision(request.session, request.mission.id, decision_id) if decision_id else None
    if decision_id and decision is None:
        raise Refused(_("I do not know this decision. Open it again from the log."))
    if decision is not None:
        refuse_unseen(request, decision.handling)
    handling = decision.handling if decision is not None else _level(request)
    text, owner, due = request.fields.text(TEXT), request.fields.person(OWNER), request.fields.day(DUE)
    _check(request, text, owner, handling)
    assert owner is not None
    assert due is not None
    agency_id = _agency(request, owner)
    _refuse_giving(request, meeting, owner)
    return Action(
        mission_id=request.mission.id,
        series_id=meeting.series_id if meeting else None,
        meeting_id=meeting.id if meeting else None,
        item_id=decision.item_id if decision is not None else None,
        decision_id=decision_id,
        text=text,
        owner=owner,
        owner_agency_id=agency_id,
        due_on=due,
        handling=handling,
        source_link=notes.link or "",
    )


def _level(request: Request) -> str:
    chosen = request.fields.choice(LEVEL) or Handling.UNCLASSIFIED.value
    if chosen not in {Handling.UNCLASSIFIED, Handling.CONFIDENTIAL}:
        raise Refused(_("Strictly Confidential texts never enter Slack."), LEVEL)
    refuse_unseen(request, chosen)
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


def _refuse_giving(request: Request, meeting: Meeting | None, owner: str) -> None:
    """Whoever leads gives actions to anybody; others take them on, or give them within an agency they answer for."""
    me = request.who.user_id
    if owner == me or ADMIN_OR_COORDINATOR.is_met_by(request.who) or (meeting is not None and leads(me, meeting)):
        return
    if any(agency in request.who.agencies for agency in agency_roles(request.session, request.mission.id, owner)):
        return
    raise Refused(
        _("You can take on an action yourself or give it within your agency. Ask the cabinet secretary for others."),
        OWNER,
    )
