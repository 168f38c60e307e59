"""The life of an action: made, begun, done with evidence, verified or returned, handed over, cancelled."""

from __future__ import annotations

from commands.cabinet.handlers.access import ACTION
from commands.cabinet.handlers.actions.cards import (
    details_of,
    leads_action,
    owner_subject,
    task_of,
    tell_new_owner,
)
from commands.cabinet.handlers.actions.owners import only_agency, owner_trouble, refuse_giving
from commands.cabinet.handlers.actions.reminders import refresh_reminders
from commands.cabinet.handlers.changes import action_changed
from commands.cabinet.rules.actions import Move, after, after_snooze, moves
from commands.cabinet.views.actions.cards import (
    EVIDENCE,
    OWNER,
    OWNER_AGENCY,
    WHY,
    finish_form,
    hand_over_form,
    told_card,
    why_form,
)
from commands.cabinet.views.notes import ListNotes, MoveNotes
from commands.kit.access import find
from commands.kit.cards import Card, mention
from commands.kit.dates import day_text, read_calendar
from commands.kit.post import show_to, take_back, tell
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work, opened
from storage.agencies import get_agency
from storage.cabinet.actions import Action, ActionState
from storage.posts import get_post
from storage.subjects import Key


def begin_action(work: Work, action: Action) -> None:
    """Write an action down and tell its owner."""
    action.state, action.chased = ActionState.OPEN, []
    action.evidence = action.note = ""
    action.created_by, action.created_at, action.updated_at = work.actor, work.now, work.now
    work.session.add(action)
    work.session.flush()
    work.record("action.begin", ("action", action.id), owner=action.owner, due=action.due_on.isoformat())
    tell_new_owner(work, action, work.actor)
    if not action.carries_out:
        action_changed(work, action)


def open_details(request: Request) -> Answer:
    """Everything about one action."""
    action = find(request, ACTION, request.value)
    return opened(request, details_of(request, action, came_from=request.noted(ListNotes).place))


def start(request: Request) -> Answer:
    """The owner has begun."""
    return _move_at_once(request, Move.START)


def verify(request: Request) -> Answer:
    """The evidence holds."""
    return _move_at_once(request, Move.VERIFY)


def _move_at_once(request: Request, move: Move) -> Answer:
    action = allowed(request, request.value, move)
    if move is Move.VERIFY:
        action.verified_by, action.settled_at = request.who.user_id, request.now
    carry_on(request, action, move)
    if request.in_form:
        return Answer(update=details_of(request, action, came_from=request.noted(ListNotes).place))
    return Answer(say=Card(_("Noted.")))


def open_finish(request: Request) -> Answer:
    """Ask what proves it."""
    return opened(
        request, finish_form(task_of(request, allowed(request, request.value, Move.FINISH)), _came_from(request))
    )


def open_return(request: Request) -> Answer:
    """Ask why it is returned."""
    return opened(
        request,
        why_form(task_of(request, allowed(request, request.value, Move.RETURN)), Move.RETURN, _came_from(request)),
    )


def open_cancel(request: Request) -> Answer:
    """Ask why it is cancelled."""
    return opened(
        request,
        why_form(task_of(request, allowed(request, request.value, Move.CANCEL)), Move.CANCEL, _came_from(request)),
    )


def open_hand_over(request: Request) -> Answer:
    """Ask who takes it over."""
    return opened(
        request, hand_over_form(task_of(request, allowed(request, request.value, Move.HAND_OVER)), _came_from(request))
    )


def take_finish(request: Request) -> Answer:
    """It is done; the secretary is asked to verify it."""
    action = allowed(request, request.noted(MoveNotes).action, Move.FINISH)
    evidence = request.fields.text(EVIDENCE)
    if not evidence:
        raise Refused(_("Say what proves that it is done."), EVIDENCE)
    action.evidence, action.note = evidence, ""
    action.done_by, action.done_at = request.who.user_id, request.now
    carry_on(request, action, Move.FINISH)
    return _back(request, action)


def take_return(request: Request) -> Answer:
    """The evidence does not hold: it goes on."""
    action = allowed(request, request.noted(MoveNotes).action, Move.RETURN)
    action.note, action.done_at, action.chased = _why(request), None, []
    carry_on(request, action, Move.RETURN)
    return _back(request, action)


def take_cancel(request: Request) -> Answer:
    """It is not needed any more."""
    action = allowed(request, request.noted(MoveNotes).action, Move.CANCEL)
    action.note, action.settled_at = _why(request), request.now
    carry_on(request, action, Move.CANCEL)
    return _back(request, action)


def take_hand_over(request: Request) -> Answer:
    """Somebody else is accountable from now on."""
    action = allowed(request, request.noted(MoveNotes).action, Move.HAND_OVER)
    owner = request.fields.person(OWNER)
    if owner is None or owner == action.owner:
        raise Refused(_("Name the person who takes it over."), OWNER)
    if trouble := owner_trouble(request, owner, action.handling):
        raise Refused(trouble, OWNER)
    refuse_giving(request, owner, leads=leads_action(request, action, request.who.user_id))
    task, before = task_of(request, action), action.owner
    action.note = _why(request)
    action.owner, action.owner_agency_id = owner, _agency_for(request, owner)
    action.chased, action.snoozed_until = [], None
    carry_on(request, action, Move.HAND_OVER)
    _take_from(request, action, before)
    if before != request.who.user_id:
        _tell(request, before, action, told_card(task, Move.HAND_OVER, request.who.user_id))
    tell_new_owner(request, action, request.who.user_id)
    return _back(request, action)


def _take_from(request: Request, action: Action, before: str) -> None:
    """What stands with the owner before offers nothing of this action any more."""
    subject = owner_subject(action, before)
    is_out = get_post(request.session, request.mission.id, subject) is not None
    # What has not left need not leave: the news that it was handed over says all.
    if is_out or not take_back(request, subject):
        with request.speaking_to(before):
            show_to(request, before, subject, told_card(task_of(request, action), Move.HAND_OVER, request.who.user_id))
    refresh_reminders(request, action, before)


def snooze(request: Request) -> Answer:
    """Remind the owner on another day: `ACTION:DAYS` in working days."""
    identity, days = parts_of(request.value, 2)
    action = allowed(request, identity, Move.SNOOZE)
    today = request.today
    action.snoozed_until = read_calendar(request).plus_working_days(today, 5 if days == "5" else 1)
    action.chased = after_snooze(action.chased)
    carry_on(request, action, Move.SNOOZE)
    return Answer(say=Card(_("You are reminded again on {day}.").format(day=day_text(action.snoozed_until, "full"))))


def allowed(request: Request, action_id: object, move: Move) -> Action:
    """The action, locked, if this person may do this with it now. Raises Refused."""
    action = find(request, ACTION, action_id, lock=True)
    lead = leads_action(request, action, request.who.user_id)
    owner = request.who.user_id == action.owner
    if after(action.state, move) is None:
        raise Refused(_("This action has moved on meanwhile. Open it again to see where it stands."))
    if move not in moves(action.state, is_owner=owner, leads=lead):
        raise Refused(_who_may(action, move))
    return action


def _who_may(action: Action, move: Move) -> str:
    """Who can do this with an action: it may belong to a meeting, to a series alone, or stand by itself."""
    if move in {Move.VERIFY, Move.RETURN, Move.CANCEL}:
        if action.meeting_id is not None:
            return _("Only the secretary or the chair of its meeting can do this.")
        if action.series_id is not None:
            return _("Only the secretary of its series can do this.")
        return _("Only a coordinator can do this: this action belongs to no meeting.")
    if action.meeting_id is not None:
        text = _("Only {owner}, the secretary and the chair of its meeting can do this.")
    elif action.series_id is not None:
        text = _("Only {owner} and the secretary of its series can do this.")
    else:
        text = _("Only {owner} and the coordinators can do this: this action belongs to no meeting.")
    return text.format(owner=mention(action.owner))


def carry_on(request: Request, action: Action, move: Move) -> None:
    """Change the state, record it, and bring every message about it up to date."""
    target = after(action.state, move)
    assert target is not None, "allowed() was asked first"
    action.state, action.updated_at = target, request.now
    action.version += 1
    request.record(f"action.{move.value}", ("action", action.id), owner=action.owner)
    action_changed(request, action, move)
    if move in {Move.RETURN, Move.CANCEL, Move.VERIFY} and request.who.user_id != action.owner:
        _tell(request, action.owner, action, told_card(task_of(request, action), move, request.who.user_id))


def _tell(request: Request, user: str, action: Action, card: Card) -> None:
    tell(request, user, card, key=Key.of("action", action.id, action.version, user))


def _came_from(request: Request) -> str:
    return "details" if request.in_form else "message"


def _back(request: Request, action: Action) -> Answer:
    return (
        Answer(update=details_of(request, action))
        if request.noted(MoveNotes).came_from == "details"
        else NOTHING_TO_SAY
    )


def _why(request: Request) -> str:
    why = request.fields.text(WHY)
    if not why:
        raise Refused(_("Give the reason; it stands with the action."), WHY)
    return why


def _agency_for(request: Request, user: str) -> int | None:
    """The agency that is chosen, else the only one of the person. Raises Refused for an unknown one."""
    chosen = request.fields.choice(OWNER_AGENCY)
    if not chosen:
        return only_agency(request, user)
    agency = get_agency(request.session, request.mission.id, int(chosen))
    if agency is None:
        raise Refused(_("Choose the agency."), OWNER_AGENCY)
    return agency.id
