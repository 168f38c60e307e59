"""Who may do what to an escalation, in which state, and who may see it at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commands.kit.handling import Clearance, Handling, may_see
from storage.escalations.model import Escalation, Severity, State
from storage.people import Role

OFFICE_ROLES = frozenset({Role.SRSG_OFFICE, Role.COORDINATOR, Role.DUTY_OFFICER})
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


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as an escalation sees them. `told`: a step of its chain has reached them."""

    clearance: Clearance
    agencies: frozenset[int] = frozenset()
    told: bool = False

    @property
    def user_id(self) -> str:
        """Slack's id."""
        return self.clearance.user_id


def is_office(viewer: Viewer) -> bool:
    """Whether the person belongs to the office, by role or because the chain brought it to them."""
    return viewer.told or bool(viewer.clearance.roles & OFFICE_ROLES)


def is_concerned(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person joined it or answers for an agency concerned."""
    joined = any(one.user_id == viewer.user_id for one in this.people)
    return joined or bool(viewer.agencies & set(this.agency_ids))


def level_of(this: Escalation) -> Handling:
    """The level of what its messages carry: of a Strictly Confidential matter that is the pointer only."""
    return Handling.UNCLASSIFIED if this.handling == Handling.UNCLASSIFIED else Handling.CONFIDENTIAL


def may_know(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person may know that it exists: the raiser, those concerned and the office."""
    if viewer.clearance.is_gone:
        return False
    return viewer.user_id == this.raised_by or is_concerned(viewer, this) or is_office(viewer)


def may_read(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person may read its texts too."""
    return may_know(viewer, this) and may_see(viewer.clearance, level_of(this))


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
