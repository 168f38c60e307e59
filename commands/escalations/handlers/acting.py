"""Acts of one press: acknowledging, taking over, saying one is still on it, with the SRSG, immediate, withdrawing."""

from __future__ import annotations

from commands.escalations.handlers.changing import change_severity, close, hold, settle, touch
from commands.escalations.handlers.climbing import wake
from commands.escalations.handlers.finding import ready
from commands.escalations.handlers.opening import opened
from commands.escalations.handlers.telling import note
from commands.escalations.rules.acts import Act
from commands.kit.work import Answer, Ask
from storage.escalations import ActKind, Escalation, Severity, State


def _finish(ask: Ask, this: Escalation) -> Answer | None:
    """Plan, draw, and keep the page current that the button was pressed on."""
    settle(ask, this)
    return Answer(update=opened(ask, this)) if ask.view is not None and ask.view.kind == "modal" else None


def acknowledge(ask: Ask) -> Answer | None:
    """Somebody of the office has it now."""
    this = ready(ask, Act.ACKNOWLEDGE, ask.value)
    hold(ask, this)
    note(ask, this, ActKind.ACKNOWLEDGED)
    return _finish(ask, this)


def take_over(ask: Ask) -> Answer | None:
    """Somebody else of the office has it from now on."""
    this = ready(ask, Act.TAKE_OVER, ask.value)
    before = this.holder
    hold(ask, this)
    note(ask, this, ActKind.TAKEN_OVER, holder=before)
    return _finish(ask, this)


def still_on_it(ask: Ask) -> Answer | None:
    """The holder is still on it."""
    this = ready(ask, Act.STILL, ask.value)
    touch(ask, this)
    note(ask, this, ActKind.STILL_ON_IT)
    return _finish(ask, this)


def put_before_srsg(ask: Ask) -> Answer | None:
    """The SRSG has it before them."""
    this = ready(ask, Act.WITH_SRSG, ask.value)
    if this.state in (State.QUEUED, State.RAISED):
        hold(ask, this)
    touch(ask, this)
    this.with_srsg_at = ask.now
    note(ask, this, ActKind.WITH_SRSG)
    return _finish(ask, this)


def end_hold(ask: Ask) -> Answer | None:
    """Somebody of the office does not wait any longer."""
    this = ready(ask, Act.RESUME, ask.value)
    this.question = ""
    wake(ask, this, why="asked")
    return _finish(ask, this)


def make_immediate(ask: Ask) -> Answer | None:
    """The raiser says that it cannot wait for duty hours."""
    this = ready(ask, Act.IMMEDIATE, ask.value)
    change_severity(ask, this, Severity.IMMEDIATE, "")
    return _finish(ask, this)


def withdraw(ask: Ask) -> Answer | None:
    """The raiser needs nothing any more."""
    this = ready(ask, Act.WITHDRAW, ask.value)
    close(ask, this, State.WITHDRAWN)
    return _finish(ask, this)
