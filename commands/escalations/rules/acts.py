"""Who may do what to an escalation, in which state. Who may know of it at all stands in `access.py`."""

from __future__ import annotations

from enum import StrEnum

from commands.escalations.rules.access import Viewer, is_concerned, is_office, may_know
from storage.escalations.model import Escalation, Severity, State
from storage.people import Role

OWN_LINE_ROLES = frozenset({Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER})


class Act(StrEnum):
    """What a person can do; also the verb of its button."""

    ACKNOWLEDGE = "ack"
    TAKE_OVER = "take"
    ASK = "ask"
    ANSWER = "answer"
    PAUSE = "pause"
    RESUME = "resume"
    WITH_SRSG = "srsg"
    DECIDE = "decide"
    RETURN = "return"
    MERGE = "merge"
    SEVERITY = "severity"
    STILL = "still"
    IMMEDIATE = "now"
    WITHDRAW = "withdraw"
    OWN_LINE = "own-line"


_HELD = (State.ACKNOWLEDGED, State.WAITING)
_OFFICE_STATES: dict[Act, tuple[State, ...]] = {
    Act.ACKNOWLEDGE: (State.QUEUED, State.RAISED),
    Act.TAKE_OVER: _HELD,
    Act.ASK: (State.QUEUED, State.RAISED, *_HELD),
    Act.PAUSE: _HELD,
    Act.RESUME: (State.WAITING,),
    Act.WITH_SRSG: (State.QUEUED, State.RAISED, *_HELD),
    Act.DECIDE: (State.QUEUED, State.RAISED, *_HELD),
    Act.RETURN: (State.QUEUED, State.RAISED, *_HELD),
    Act.MERGE: (State.QUEUED, State.RAISED, *_HELD),
    Act.SEVERITY: (State.QUEUED, State.RAISED, *_HELD),
    Act.STILL: (State.ACKNOWLEDGED,),
}


def may_do(act: Act, this: Escalation, viewer: Viewer) -> bool:
    """Whether the person may do this now. Nobody is the office of what they raised themselves."""
    if not this.is_open or not may_know(viewer, this):
        return False
    is_raiser = viewer.user_id == this.raised_by
    if act in _OFFICE_STATES:
        return not is_raiser and is_office(viewer) and _fits(act, this, viewer)
    if act is Act.WITHDRAW:
        return is_raiser
    if act is Act.IMMEDIATE:
        return is_raiser and this.severity != Severity.IMMEDIATE
    if act is Act.ANSWER:
        return bool(this.question) and (is_raiser or is_concerned(viewer, this))
    return bool(viewer.clearance.roles & OWN_LINE_ROLES)


def _fits(act: Act, this: Escalation, viewer: Viewer) -> bool:
    if State(this.state) not in _OFFICE_STATES[act]:
        return False
    if act is Act.TAKE_OVER:
        return this.holder != viewer.user_id
    if act is Act.STILL:
        return this.holder == viewer.user_id
    if act is Act.WITH_SRSG:
        return this.with_srsg_at is None
    return not (act is Act.ASK and this.state == State.WAITING and this.question)
