"""What waits for a person of an escalation: an answer, an acknowledgement, a decision. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from storage.escalations.model import Escalation, State


class Owed(StrEnum):
    """What a person owes to an escalation."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    DECISION = "decision"


def owed_by(this: Escalation, user_id: str, *, of_the_office: bool, is_concerned: bool) -> Owed | None:
    """What an open escalation waits for from this person; None where it waits for somebody or something else.

    A question waits for its raiser and for those concerned. Nobody is the office of what they raised themselves. What
    nobody has acknowledged waits for the whole office, what somebody has for them alone.
    """
    is_raiser = this.raised_by == user_id
    if this.state == State.WAITING:
        return Owed.ANSWER if this.question and (is_raiser or is_concerned) else None
    if is_raiser or not of_the_office:
        return None
    if this.state in (State.QUEUED, State.RAISED):
        return Owed.ACKNOWLEDGEMENT
    return Owed.DECISION if this.state == State.ACKNOWLEDGED and this.holder == user_id else None


def due_of(this: Escalation) -> datetime | None:
    """The moment at which what an escalation waits for is due; None for what is closed."""
    if not this.is_open:
        return None
    if this.state == State.WAITING:
        return this.paused_until or this.decide_due_at
    return this.ack_due_at if this.state in (State.QUEUED, State.RAISED) else this.decide_due_at
