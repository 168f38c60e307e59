"""Finding the escalation somebody means, and whether they may know of it and do what they ask."""

from __future__ import annotations

from commands.escalations.handlers.access import ESCALATION, asking
from commands.escalations.rules.access import Viewer, may_read
from commands.escalations.rules.acts import Act
from commands.kit import access
from commands.kit.refused import NotAllowed
from commands.kit.words import _
from commands.kit.work import Request
from storage.escalations.model import Escalation, find_escalation
from storage.letters import identifier
from storage.subjects import number


def find(request: Request, identity: object, *, to_change: bool = True) -> tuple[Escalation, Viewer]:
    """The escalation of a button or a form, held until the transaction ends when it is to be changed.

    Raises Refused, in the same words, when there is none and when the person may not know of it.
    """
    this = access.find(request, ESCALATION, identity, lock=to_change)
    return this, asking(request, request.who, this)


def find_by_number(request: Request, text: str) -> tuple[Escalation, Viewer]:
    """The escalation of a number as people write it: `E-12`, `e12` or `12`. Raises Refused as `find` does."""
    digits = identifier(text).upper().removeprefix("E").lstrip(" -.#")
    this = find_escalation(request.session, request.mission.id, number(digits))
    return find(request, this.id if this is not None else 0, to_change=False)


def readable(request: Request, this: Escalation) -> bool:
    """Whether the person may read its texts."""
    return may_read(asking(request, request.who, this), this)


def ready(request: Request, act: Act, identity: object) -> Escalation:
    """The escalation, if the person may do this to it now. Raises Refused with what stands in the way."""
    this = access.find(request, ESCALATION, identity, act, lock=True)
    if act in READS_FIRST and not readable(request, this):
        text = _("This is Confidential and your roles do not let you read it. Leave it to somebody who is cleared.")
        raise NotAllowed(text, (ESCALATION.name, this.id))
    return this


# What nobody should do to a text they cannot read; and whoever cannot read it would not be left holding it.
READS_FIRST = frozenset(
    {
        *(Act.ACKNOWLEDGE, Act.TAKE_OVER, Act.WITH_SRSG, Act.PAUSE),
        *(Act.ASK, Act.ANSWER, Act.DECIDE, Act.RETURN, Act.MERGE, Act.OWN_LINE),
    }
)
