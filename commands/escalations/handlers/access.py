"""Escalations, each loaded for a person; `rules/access.py` and `rules/acts.py` decide."""

from __future__ import annotations

from commands.escalations.handlers.viewers import viewer_of
from commands.escalations.rules.access import Viewer, is_office, may_know, may_read
from commands.escalations.rules.acts import Act, may_do
from commands.escalations.views.words import name_of, state_name
from commands.kit.access import Kind
from commands.kit.cards import mention
from commands.kit.handling import Handling
from commands.kit.permission import READ, Who
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.escalations.model import Escalation, State, get_escalation, lock_escalation

HELD = (State.ACKNOWLEDGED, State.WAITING)


def asking(work: Work, who: Who, this: Escalation) -> Viewer:
    """A person as the escalation saw them when they asked; read once in a unit of work."""
    return work.once(("viewer", who.user_id, this.id), lambda: viewer_of(work, who, this))


def _allows(work: Work, who: Who, this: Escalation, act: str) -> bool:
    viewer = asking(work, who, this)
    return may_know(viewer, this) if act == READ else may_do(Act(act), this, viewer)


def _level(work: Work, this: Escalation) -> str:
    """Who may know of it and not read it is shown nothing Confidential."""
    reads = isinstance(work, Request) and may_read(asking(work, work.who, this), this)
    return this.handling if reads else Handling.UNCLASSIFIED


def _who_may(request: Request, this: Escalation, act: str) -> str:
    name = name_of(this)
    if not this.is_open:
        return _("{name} is closed: {state}.").format(name=name, state=state_name(this.state))
    whose = _others_act(asking(request, request.who, this), this, act)
    if whose:
        return whose.format(person=mention(this.raised_by), name=name)
    if this.state in HELD and this.holder:
        return _("{name} is {state} already; {person} has it.").format(
            name=name, state=state_name(this.state), person=mention(this.holder)
        )
    return _("{name} is {state}; this cannot be done to it now.").format(name=name, state=state_name(this.state))


def _others_act(viewer: Viewer, this: Escalation, act: str) -> str:
    """Whose act it is, where it is not this person's in any state; else empty."""
    is_raiser = viewer.user_id == this.raised_by
    if act == Act.OWN_LINE:
        return _("Only the humanitarian coordinator and the human-rights adviser have a line of their own.")
    if act == Act.ANSWER:
        asked = _("The question is for {person}, who raised {name}, and for those whom it concerns.")
        return asked if this.question else ""
    if act in (Act.WITHDRAW, Act.IMMEDIATE) and not is_raiser:
        return _("Only {person}, who raised {name}, can do this.")
    if is_raiser:
        return _("You raised {name} yourself: somebody else of the office has to do this.")
    return "" if is_office(viewer) else _("Only the office that {name} was brought to can do this.")


ESCALATION = Kind(
    "escalation",
    get_escalation,
    _allows,
    _level,
    lambda _request: _(
        "I know no such escalation that you may see. Only those who raised it, those it concerns and the office do."
    ),
    _who_may,
    lock_escalation,
)
