"""Making an action: by command, from a decision, from a message."""

from __future__ import annotations

from commands.cabinet.handlers.acting import begin_action
from commands.cabinet.handlers.action_cards import task_of
from commands.cabinet.handlers.owners import due_text, only_agency, owner_trouble, usual_due
from commands.cabinet.handlers.which import decision_of, leads, meeting_of, number, opened, refuse_unseen
from commands.cabinet.views.actions import DUE, LEVEL, OWNER, OWNER_AGENCY, TEXT, action_card, action_form
from commands.kit.handling import Handling
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.post import tell
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.agencies import agency_roles, get_agency
from storage.cabinet_actions import Action
from storage.cabinet_meetings import Meeting, MeetingState, get_meeting, meeting_in_channel, running_meetings
from storage.cabinet_records import get_decision


def open_form(ask: Ask) -> Answer:
    """`/cabinet action`, with the words that follow it as its text."""
    meeting = meeting_here(ask)
    notes: dict[str, object] = {"meeting": meeting.id if meeting else 0}
    return opened(ask, action_form(usual_due(ask), text=ask.text, notes=notes))


def open_for_decision(ask: Ask) -> Answer:
    """An action that belongs to a decision."""
    decision = decision_of(ask, ask.value)
    notes: dict[str, object] = {"meeting": decision.meeting_id, "decision": decision.id}
    return opened(ask, action_form(usual_due(ask), handling=decision.handling, notes=notes))


def meeting_here(ask: Ask) -> Meeting | None:
    """The meeting of this channel, else the one in session."""
    here = meeting_in_channel(ask.session, ask.mission.id, ask.channel) if ask.channel else None
    running = running_meetings(ask.session, ask.mission.id)
    return here or next((one for one in running if one.state == MeetingState.IN_SESSION), None)


def take_form(ask: Ask) -> None:
    """The action is recorded, and its owner told."""
    action = _read(ask)
    begin_action(ask, action)
    meeting = get_meeting(ask.session, ask.mission.id, action.meeting_id) if action.meeting_id else None
    if action.owner != ask.who.user_id and (meeting is None or meeting.channel_id is None):
        tell(ask, ask.who.user_id, action_card(task_of(ask, action)), key=f"action:{action.id}:recorded")


def _read(ask: Ask) -> Action:
    meeting = meeting_of(ask, ask.notes["meeting"]) if number(ask.notes.get("meeting") or 0) else None
    decision_id = number(ask.notes.get("decision") or 0) or None
    decision = get_decision(ask.session, ask.mission.id, decision_id) if decision_id else None
    if decision_id and decision is None:
        raise Refused(_("I do not know this decision. Open it again from the log."))
    if decision is not None:
        refuse_unseen(ask, decision.handling)
    handling = decision.handling if decision is not None else _level(ask)
    text, owner, due = ask.fields.text(TEXT), ask.fields.person(OWNER), ask.fields.day(DUE)
    _check(ask, text, owner, handling)
    assert owner is not None
    assert due is not None
    agency_id = _agency(ask, owner)
    _refuse_giving(ask, meeting, owner)
    return Action(
        mission_id=ask.mission.id,
        series_id=meeting.series_id if meeting else None,
        meeting_id=meeting.id if meeting else None,
        item_id=decision.item_id if decision is not None else None,
        decision_id=decision_id,
        text=text,
        owner=owner,
        owner_agency_id=agency_id,
        due_on=due,
        handling=handling,
        source_link=str(ask.notes.get("link") or ""),
    )


def _level(ask: Ask) -> str:
    chosen = ask.fields.choice(LEVEL) or Handling.UNCLASSIFIED.value
    if chosen not in {Handling.UNCLASSIFIED, Handling.CONFIDENTIAL}:
        raise Refused(_("Strictly Confidential texts never enter Slack."), LEVEL)
    refuse_unseen(ask, chosen)
    return chosen


def _check(ask: Ask, text: str, owner: str | None, handling: str) -> None:
    wrong: dict[str, str] = {}
    if not text:
        wrong[TEXT] = _("Write down what is to be done.")
    if trouble := due_text(ask, ask.fields.day(DUE)):
        wrong[DUE] = trouble
    if owner is None:
        wrong[OWNER] = _("Name the one person who is accountable.")
    elif trouble := owner_trouble(ask, owner, handling):
        wrong[OWNER] = trouble
    if wrong:
        raise RefusedFields(wrong)


def _agency(ask: Ask, owner: str) -> int | None:
    chosen = ask.fields.choice(OWNER_AGENCY)
    agency = get_agency(ask.session, ask.mission.id, number(chosen)) if chosen else None
    if chosen and agency is None:
        raise Refused(_("Choose the agency."), OWNER_AGENCY)
    return agency.id if agency is not None else only_agency(ask, owner)


def _refuse_giving(ask: Ask, meeting: Meeting | None, owner: str) -> None:
    """Whoever leads gives actions to anybody; others take them on, or give them within an agency they answer for."""
    me = ask.who.user_id
    if owner == me or ADMIN_OR_COORDINATOR.is_met_by(ask.who) or (meeting is not None and leads(me, meeting)):
        return
    if any(agency in ask.who.agencies for agency in agency_roles(ask.session, ask.mission.id, owner)):
        return
    raise Refused(
        _("You can take on an action yourself or give it within your agency. Ask the cabinet secretary for others."),
        OWNER,
    )
