"""Holding a form's texts to the guard, before anything of them is stored, logged or sent.

Gesture: refuse.
"""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.cards import Block, escape, section
from commands.kit.forms import modal
from commands.kit.guard.rules import Trace, speaks_of_abuse, trace_in
from commands.kit.refused import RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request

STOPPED = "kit:stopped"

__all__ = ["guarded", "stop_page"]


def guarded(request: Request, texts: Mapping[str, str]) -> Answer | None:
    """Whether these texts (by field of the form) may be kept: None, and the handler goes on.

    Otherwise the answer is a page that says where sexual exploitation and abuse is reported, and nothing is kept; what
    leads to a person or place is refused beside its field. Raises RefusedFields. Call it first of all.
    """
    if any(speaks_of_abuse(text) for text in texts.values()):
        return Answer(update=stop_page(request.mission.abuse_reporting))
    found = {name: trace_in(text) for name, text in texts.items()}
    wrong = {name: _take_out(trace) for name, trace in found.items() if trace is not None}
    if wrong:
        raise RefusedFields(wrong)
    return None


def stop_page(mandatory: str) -> Block:
    """In place of the form: where this belongs. `mandatory` is the mission's setting, as it was typed."""
    where = escape(mandatory) if mandatory else _("ask the conduct and discipline team which one that is")
    text = _("*Not here.* Use the mission’s mandatory channel: {channel}").format(channel=where)
    rest = _(
        "Sexual exploitation and abuse is reported there and nowhere else, as the rules of the United Nations ask. "
        "Nothing of what you wrote was kept."
    )
    return modal(STOPPED, _("Not here"), [section(text), section(rest)], close=_("Close"))


def _take_out(trace: Trace) -> str:
    what = {
        Trace.PHONE: _("This looks like a phone number."),
        Trace.EMAIL: _("This looks like an e-mail address."),
        Trace.COORDINATES: _("This looks like coordinates."),
        Trace.PLATE: _("This looks like a number plate."),
        Trace.DOCUMENT: _("This looks like the number of a document."),
        Trace.NAME: _("This looks like the name of a person."),
    }[trace]
    return what + " " + _("Take it out: sources and victims are never kept here.")
