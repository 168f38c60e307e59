"""An escalation in one line, for the front door and for other rooms."""

from __future__ import annotations

from commands.escalations.rules.access import level_of
from commands.escalations.rules.front import Owed, due_of
from commands.escalations.views.words import name_of, state_name
from commands.kit.cards import escape, shorten
from commands.kit.front.things import Line, Press, Wait
from commands.kit.handling import Handling
from commands.kit.words import _
from storage.escalations.model import Escalation
from storage.subjects import Subject

WAIT_SHOWN = 120


def line_of(this: Escalation, *, readable: bool) -> Line:
    """The line of a reader who knows of it; its words only where they may read them."""
    return Line(
        Subject.of("escalation", this.id),
        name_of(this),
        title_of(this, readable=readable),
        state_name(this.state),
        due_of(this),
        Press(_("Open"), "escalations:open", str(this.id)),
        level_of(this) if readable else Handling.UNCLASSIFIED,
    )


def title_of(this: Escalation, *, readable: bool) -> str:
    """What it is about, where its reader may know; else that it is not shown."""
    if not readable:
        return _("Confidential: its text is not shown here.")
    if this.handling == Handling.STRICTLY_CONFIDENTIAL:
        return _("Held outside Slack, reference {reference}.").format(reference=this.pointer.get("reference", ""))
    return " ".join(this.summary.split())


def wait_of(this: Escalation, owed: Owed, *, readable: bool) -> Wait:
    """What its reader owes to it."""
    text, press = {
        Owed.ANSWER: (
            _("*{name} waits for your answer*: {text}"),
            Press(_("Answer"), "escalations:answer", str(this.id)),
        ),
        Owed.ACKNOWLEDGEMENT: (
            _("*{name} is not acknowledged yet*: {text}"),
            Press(_("Acknowledge"), "escalations:ack", str(this.id)),
        ),
        Owed.DECISION: (
            _("*{name} waits for your decision*: {text}"),
            Press(_("Decide"), "escalations:decide", str(this.id)),
        ),
    }[owed]
    if not readable:
        # What cannot be read cannot be settled either: its page says who can.
        press = Press(_("Open"), "escalations:open", str(this.id))
    about = escape(shorten(title_of(this, readable=readable), WAIT_SHOWN))
    level = level_of(this) if readable else Handling.UNCLASSIFIED
    words = text.format(name=name_of(this), text=about)
    return Wait(due_of(this), words, press, Subject.of("escalation", this.id), level)
