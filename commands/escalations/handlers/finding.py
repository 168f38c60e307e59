"""Finding the escalation somebody means, and whether they may know of it and do what they ask."""

from __future__ import annotations

from commands.escalations.handlers.viewers import viewer_of
from commands.escalations.rules.acts import Act, Viewer, is_office, may_do, may_know, may_read
from commands.escalations.views.words import name_of, state_name
from commands.kit.cards import mention
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request
from storage.escalations.model import Escalation, State, find_escalation, get_escalation, lock_escalation
from storage.subjects import number

HELD = (State.ACKNOWLEDGED, State.WAITING)


def find(request: Request, identity: object, *, to_change: bool = True) -> tuple[Escalation, Viewer]:
    """The escalation of a button or a form, held until the transaction ends when it is to be changed.

    Raises Refused, in the same words, when there is none and when the person may not know of it.
    """
    look = lock_escalation if to_change else get_escalation
    return _known(request, look(request.session, request.mission.id, number(identity)))


def find_by_number(request: Request, text: str) -> tuple[Escalation, Viewer]:
    """The escalation of a number as people write it: `E-12`, `e12` or `12`. Raises Refused as `find` does."""
    digits = text.strip().upper().removeprefix("E").lstrip("-").strip()
    typed = int(digits) if digits.isdecimal() and len(digits) < 9 else 0
    return _known(request, find_escalation(request.session, request.mission.id, typed))


def _known(request: Request, this: Escalation | None) -> tuple[Escalation, Viewer]:
    if this is not None:
        viewer = viewer_of(request, request.who, this)
        if may_know(viewer, this):
            return this, viewer
    raise Refused(
        _("I know no such escalation that you may see. Only those who raised it, those it concerns and the office do.")
    )


def readable(request: Request, this: Escalation) -> bool:
    """Whether the person may read its texts."""
    return may_read(viewer_of(request, request.who, this), this)


def ready(request: Request, act: Act, identity: object) -> Escalation:
    """The escalation, if the person may do this to it now. Raises Refused with what stands in the way."""
    this, viewer = find(request, identity)
    if not may_do(act, this, viewer):
        raise Refused(_why_not(request, act, this, viewer))
    if act in _READS_FIRST and not may_read(viewer, this):
        raise Refused(
            _("This is Confidential and your roles do not let you read it. Leave it to somebody who is cleared.")
        )
    return this


# What nobody should do to a text they cannot read.
_READS_FIRST = frozenset({Act.ASK, Act.ANSWER, Act.DECIDE, Act.RETURN, Act.MERGE, Act.OWN_LINE})


def _why_not(request: Request, act: Act, this: Escalation, viewer: Viewer) -> str:
    name = name_of(this)
    if not this.is_open:
        return _("{name} is closed: {state}.").format(name=name, state=state_name(this.state))
    if act in (Act.WITHDRAW, Act.IMMEDIATE) and viewer.user_id != this.raised_by:
        return _("Only {person}, who raised {name}, can do this.").format(person=mention(this.raised_by), name=name)
    if viewer.user_id == this.raised_by and act not in (Act.ANSWER, Act.OWN_LINE):
        return _("You raised {name} yourself: somebody else of the office has to do this.").format(name=name)
    if act not in (Act.ANSWER, Act.OWN_LINE) and not is_office(viewer):
        return _("Only the office that {name} was brought to can do this.").format(name=name)
    if this.state in HELD and this.holder:
        return _("{name} is {state} already; {person} has it.").format(
            name=name, state=state_name(this.state), person=mention(this.holder)
        )
    return _("{name} is {state}; this cannot be done to it now.").format(name=name, state=state_name(this.state))
