"""Acts of one press: acknowledging, taking over, saying one is still on it, with the SRSG, immediate, withdrawing."""

from __future__ import annotations

from commands.escalations.handlers.chain.climb import wake
from commands.escalations.handlers.changing import change_severity, close, hold, settle, touch
from commands.escalations.handlers.finding import ready
from commands.escalations.handlers.opening import opened
from commands.escalations.handlers.telling import note
from commands.escalations.rules.acts import Act
from commands.kit.limits import Limited, spend
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from storage.escalations.model import ActKind, Escalation, Severity, State


def _finish(request: Request, this: Escalation) -> Answer:
    """Plan, draw, and keep the page current that the button was pressed on."""
    settle(request, this)
    return Answer(update=opened(request, this)) if request.in_form else NOTHING_TO_SAY


def acknowledge(request: Request) -> Answer:
    """Somebody of the office has it now."""
    this = ready(request, Act.ACKNOWLEDGE, request.value)
    hold(request, this)
    note(request, this, ActKind.ACKNOWLEDGED)
    return _finish(request, this)


def take_over(request: Request) -> Answer:
    """Somebody else of the office has it from now on."""
    this = ready(request, Act.TAKE_OVER, request.value)
    before = this.holder
    hold(request, this)
    note(request, this, ActKind.TAKEN_OVER, holder=before)
    return _finish(request, this)


def still_on_it(request: Request) -> Answer:
    """The holder is still on it."""
    this = ready(request, Act.STILL, request.value)
    touch(request, this)
    note(request, this, ActKind.STILL_ON_IT)
    return _finish(request, this)


def put_before_srsg(request: Request) -> Answer:
    """The SRSG has it before them."""
    this = ready(request, Act.WITH_SRSG, request.value)
    if this.state in (State.QUEUED, State.RAISED):
        hold(request, this)
    touch(request, this)
    this.with_srsg_at = request.now
    note(request, this, ActKind.WITH_SRSG)
    return _finish(request, this)


def end_hold(request: Request) -> Answer:
    """Somebody of the office does not wait any longer."""
    this = ready(request, Act.RESUME, request.value)
    this.question = ""
    wake(request, this, why="asked")
    return _finish(request, this)


def make_immediate(request: Request) -> Answer:
    """The raiser says that it cannot wait for duty hours."""
    this = ready(request, Act.IMMEDIATE, request.value)
    spend(request, Limited.IMMEDIATE)
    change_severity(request, this, Severity.IMMEDIATE, "")
    return _finish(request, this)


def withdraw(request: Request) -> Answer:
    """The raiser needs nothing any more."""
    this = ready(request, Act.WITHDRAW, request.value)
    close(request, this, State.WITHDRAWN)
    return _finish(request, this)
