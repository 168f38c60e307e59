"""What was done to an agency: the latest acts among its details, all of them in a form of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.agencies.rules.search import ListState
from commands.agencies.views.parts import days, field_names, fitting, title_line, verb
from commands.kit.cards import Block, actions, button, context, mention, moment, section, sections
from commands.kit.forms import modal
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.audit import AuditEntry

SHOWN = 5
MOST_SHOWN = 100
# In mrkdwn, where an escaped character takes up to five: the latest acts share one small print of 3,000.
LONGEST_REASON = 300


def latest(history: Sequence[AuditEntry]) -> list[Block]:
    """The latest acts, newest first."""
    lines = _lines(history[-SHOWN:])
    return [context("\n".join(lines))] if lines else []


def history_form(agency: Agency, history: Sequence[AuditEntry], look: ListState) -> Block:
    """All acts, newest first, with the way back to the agency."""
    blocks = [section(title_line(agency)), *sections("\n".join(_lines(history[-MOST_SHOWN:])) or _("Nothing."))]
    if len(history) > MOST_SHOWN:
        words = _("The latest {shown} of {count}; the audit record keeps all of them.")
        blocks.append(context(words.format(shown=MOST_SHOWN, count=len(history))))
    blocks.append(actions(button(_("Back to {code}").format(code=agency.code), verb("show"), str(agency.id))))
    return modal(verb("history"), _("History"), blocks, close=_("Close"), notes=look)


def _lines(history: Sequence[AuditEntry]) -> list[str]:
    return [
        _("{when}: {what}, by {person}").format(
            when=moment(entry.at, entry.at.strftime("%Y-%m-%d %H:%M UTC")),
            what=_act(entry),
            person=mention(entry.actor) if entry.actor[:1].isupper() else entry.actor,
        )
        for entry in reversed(history)
    ]


def _act(entry: AuditEntry) -> str:
    details = entry.details
    changes = details.get("changes") or {}
    more = [named for name, named in field_names().items() if name in changes]
    if details.get("reason"):
        more.append(fitting(str(details["reason"]), LONGEST_REASON))
    if "first" in details and "last" in details:
        spell = days(date.fromisoformat(details["first"]), date.fromisoformat(details["last"]))
        more.append(f"{mention(details['person'])}, {spell}")
    if details.get("imported"):
        more.append(_("from a list"))
    what = _word(entry.verb)
    return f"{what} ({', '.join(more)})" if more else what


def _word(name: str) -> str:
    return {
        "agency.added": pgettext("agency", "added"),
        "agency.changed": pgettext("agency", "changed"),
        "agency.people": _("people changed"),
        "agency.suspended": pgettext("agency", "suspended"),
        "agency.resumed": pgettext("agency", "resumed"),
        "leave.entered": _("leave entered"),
        "leave.removed": _("leave taken away"),
    }.get(name, name)
