"""The life of an action: made, begun, done with evidence, verified or returned, handed over, cancelled."""

from __future__ import annotations

from commands.cabinet.handlers.action_cards import (
    details_of,
    leads_action,
    show_action,
    show_verification,
    task_of,
    tell_new_owner,
)
from commands.cabinet.handlers.owners import only_agency, owner_trouble
from commands.cabinet.handlers.which import action_of, opened
from commands.cabinet.rules.actions import Move, after, after_snooze, moves
from commands.cabinet.views.actions import (
    EVIDENCE,
    OWNER,
    OWNER_AGENCY,
    WHY,
    finish_form,
    hand_over_form,
    told_card,
    why_form,
)
from commands.kit.dates import day_text, read_calendar
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.say import Card
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.agencies import get_agency
from storage.cabinet_actions import Action, ActionState


def begin_action(work: Work, action: Action) -> None:
    """Write an action down and tell its owner."""
    action.state, action.chased = ActionState.OPEN, []
    action.evidence = action.note = ""
    action.created_by, action.created_at, action.updated_at = work.actor, work.now, work.now
    work.session.add(action)
    work.session.flush()
    work.record("action.begin", ("action", action.id), owner=action.owner, due=action.due_on.isoformat())
    tell_new_owner(work, action, work.actor)
    show_action(work, action)


def open_details(ask: Ask) -> Answer:
    """Everything about one action."""
    return opened(ask, details_of(ask, action_of(ask, ask.value), came_from=str(ask.notes.get("list") or "")))


def start(ask: Ask) -> Answer:
    """The owner has begun."""
    return _move_at_once(ask, Move.START)


def verify(ask: Ask) -> Answer:
    """The evidence holds."""
    return _move_at_once(ask, Move.VERIFY)


def _move_at_once(ask: Ask, move: Move) -> Answer:
    action = allowed(ask, ask.value, move)
    if move is Move.VERIFY:
        action.verified_by, action.settled_at = ask.who.user_id, ask.now
    carry_on(ask, action, move)
    if ask.view is not None and ask.view.kind == "modal":
        return Answer(update=details_of(ask, action, came_from=str(ask.notes.get("list") or "")))
    return Answer(say=Card(_("Noted.")))


def open_finish(ask: Ask) -> Answer:
    """Ask what proves it."""
    return opened(ask, finish_form(task_of(ask, allowed(ask, ask.value, Move.FINISH)), _came_from(ask)))


def open_return(ask: Ask) -> Answer:
    """Ask why it is returned."""
    return opened(ask, why_form(task_of(ask, allowed(ask, ask.value, Move.RETURN)), Move.RETURN, _came_from(ask)))


def open_cancel(ask: Ask) -> Answer:
    """Ask why it is cancelled."""
    return opened(ask, why_form(task_of(ask, allowed(ask, ask.value, Move.CANCEL)), Move.CANCEL, _came_from(ask)))


def open_hand_over(ask: Ask) -> Answer:
    """Ask who takes it over."""
    return opened(ask, hand_over_form(task_of(ask, allowed(ask, ask.value, Move.HAND_OVER)), _came_from(ask)))


def take_finish(ask: Ask) -> Answer | None:
    """It is done; the secretary is asked to verify it."""
    action = allowed(ask, ask.notes.get("action"), Move.FINISH)
    evidence = ask.fields.text(EVIDENCE)
    if not evidence:
        raise Refused(_("Say what proves that it is done."), EVIDENCE)
    action.evidence, action.note = evidence, ""
    action.done_by, action.done_at = ask.who.user_id, ask.now
    carry_on(ask, action, Move.FINISH)
    return _back(ask, action)


def take_return(ask: Ask) -> Answer | None:
    """The evidence does not hold: it goes on."""
    action = allowed(ask, ask.notes.get("action"), Move.RETURN)
    action.note, action.done_at, action.chased = _why(ask), None, []
    carry_on(ask, action, Move.RETURN)
    return _back(ask, action)


def take_cancel(ask: Ask) -> Answer | None:
    """It is not needed any more."""
    action = allowed(ask, ask.notes.get("action"), Move.CANCEL)
    action.note, action.settled_at = _why(ask), ask.now
    carry_on(ask, action, Move.CANCEL)
    return _back(ask, action)


def take_hand_over(ask: Ask) -> Answer | None:
    """Somebody else is accountable from now on."""
    action = allowed(ask, ask.notes.get("action"), Move.HAND_OVER)
    owner = ask.fields.person(OWNER)
    if owner is None or owner == action.owner:
        raise Refused(_("Name the person who takes it over."), OWNER)
    if trouble := owner_trouble(ask, owner, action.handling):
        raise Refused(trouble, OWNER)
    task, before = task_of(ask, action), action.owner
    action.note = _why(ask)
    action.owner, action.owner_agency_id = owner, _agency_for(ask, owner)
    action.chased, action.snoozed_until = [], None
    carry_on(ask, action, Move.HAND_OVER)
    if before != ask.who.user_id:
        _tell(ask, before, action, told_card(task, Move.HAND_OVER, ask.who.user_id))
    tell_new_owner(ask, action, ask.who.user_id)
    return _back(ask, action)


def snooze(ask: Ask) -> Answer:
    """Remind the owner on another day: `ACTION:DAYS` in working days."""
    identity, _colon, days = ask.value.partition(":")
    action = allowed(ask, identity, Move.SNOOZE)
    today = ask.now.astimezone(ask.zone).date()
    action.snoozed_until = read_calendar(ask).plus_working_days(today, 5 if days == "5" else 1)
    action.chased = after_snooze(action.chased)
    carry_on(ask, action, Move.SNOOZE)
    return Answer(say=Card(_("You are reminded again on {day}.").format(day=day_text(action.snoozed_until, "full"))))


def allowed(ask: Ask, action_id: object, move: Move) -> Action:
    """The action, locked, if this person may do this with it now. Raises Refused."""
    action = action_of(ask, action_id)
    lead = leads_action(ask, action, ask.who.user_id)
    owner = ask.who.user_id == action.owner
    if after(action.state, move) is None:
        raise Refused(_("This action has moved on meanwhile. Open it again to see where it stands."))
    if move not in moves(action.state, is_owner=owner, leads=lead):
        if move in {Move.VERIFY, Move.RETURN, Move.CANCEL}:
            raise Refused(_("Only the secretary or the chair of its meeting can do this."))
        raise Refused(_("Only <@{owner}> and the secretary of its meeting can do this.").format(owner=action.owner))
    return action


def carry_on(ask: Ask, action: Action, move: Move) -> None:
    """Change the state, record it, and bring every message about it up to date."""
    target = after(action.state, move)
    assert target is not None, "allowed() was asked first"
    action.state, action.updated_at = target, ask.now
    action.version += 1
    ask.session.flush()
    ask.record(f"action.{move.value}", ("action", action.id), owner=action.owner)
    show_action(ask, action)
    if move in {Move.FINISH, Move.VERIFY, Move.RETURN}:
        show_verification(ask, action)
    if move in {Move.RETURN, Move.CANCEL, Move.VERIFY} and ask.who.user_id != action.owner:
        _tell(ask, action.owner, action, told_card(task_of(ask, action), move, ask.who.user_id))


def _tell(ask: Ask, user: str, action: Action, card: Card) -> None:
    tell(ask, user, card, key=f"action:{action.id}:{action.version}:{user}")


def _came_from(ask: Ask) -> str:
    return "details" if ask.view is not None and ask.view.kind == "modal" else "message"


def _back(ask: Ask, action: Action) -> Answer | None:
    return Answer(update=details_of(ask, action)) if ask.notes.get("from") == "details" else None


def _why(ask: Ask) -> str:
    why = ask.fields.text(WHY)
    if not why:
        raise Refused(_("Give the reason; it stands with the action."), WHY)
    return why


def _agency_for(ask: Ask, user: str) -> int | None:
    """The agency that is chosen, else the only one of the person. Raises Refused for an unknown one."""
    chosen = ask.fields.choice(OWNER_AGENCY)
    if not chosen:
        return only_agency(ask, user)
    agency = get_agency(ask.session, ask.mission.id, int(chosen))
    if agency is None:
        raise Refused(_("Choose the agency."), OWNER_AGENCY)
    return agency.id
