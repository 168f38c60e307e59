"""One agency: what it is, who answers for it today, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.agencies.rules.search import Look
from commands.agencies.views.parts import day, field_name, mentions, said, title_line, verb
from commands.kit.ask import modal
from commands.kit.contacts import Contact
from commands.kit.permission import role_name
from commands.kit.say import Block, actions, button, context, divider, escape, fields, mention, moment, section
from commands.kit.words import _
from commands.kit.zones import zone_label
from storage.agencies import Agency, AgencyState, Leave
from storage.audit import AuditEntry
from storage.people import Role

HISTORY_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Details:
    """All that is shown of an agency; `note` says what has just been done."""

    agency: Agency
    contact: Contact | None
    leaves: Sequence[Leave]
    history: Sequence[AuditEntry]
    note: str = ""


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with this agency."""

    change: bool = False
    people: bool = False


def details_form(details: Details, may: May, look: Look, language: str) -> Block:
    """The agency in a form, with the way back to the list at the same place."""
    agency = details.agency
    blocks = [section(f":white_check_mark: {details.note}")] if details.note else []
    blocks += [section(title_line(agency)), fields(*_facts(agency, language))]
    if agency.state == AgencyState.SUSPENDED:
        blocks.append(section(_("*Suspended:* {reason}").format(reason=escape(agency.state_reason))))
    blocks += [divider(), section(_people(details)), *_leaves(details.leaves), divider(), *_history(details.history)]
    blocks.append(actions(*_buttons(agency, may)))
    notes = {"agency": agency.id, **look.as_notes()}
    return modal(verb("show"), _("Agency"), blocks, close=_("Close"), notes=notes)


def _facts(agency: Agency, language: str) -> list[str]:
    facts = [(name, said(name, getattr(agency, name))) for name in ("name", "name_fr", "kind", "sectors")]
    facts.append(("duty_station", said("duty_station", agency.duty_station)))
    facts.append(("zone", zone_label(agency.zone, language) if agency.zone else _("as the mission")))
    facts.append(("language", said("language", agency.language)))
    return [f"*{field_name(name)}*\n{value}" for name, value in facts]


def _people(details: Details) -> str:
    agency = details.agency
    lines = [
        f"*{field_name('head')}:* {mentions(agency.holders(Role.HEAD_OF_AGENCY)) or '–'}",
        f"*{field_name('focal_points')}:* {mentions(agency.holders(Role.FOCAL_POINT)) or '–'}",
        f"*{field_name('alternates')}:* {mentions(agency.holders(Role.ALTERNATE)) or '–'}",
        _today(details.contact),
    ]
    return "\n".join(lines)


def _today(contact: Contact | None) -> str:
    if contact is None:
        return _("*Today nobody answers:* name a focal point, or an alternate for the time of a leave.")
    answers = _("*Today answers:* {person} ({role})").format(
        person=mention(contact.person), role=role_name(contact.role)
    )
    if contact.standing_in_for is None:
        return answers
    return answers + ", " + _("standing in for {person}").format(person=mention(contact.standing_in_for))


def _leaves(leaves: Sequence[Leave]) -> list[Block]:
    if not leaves:
        return []
    lines = [
        _("{person}: {first} to {last}").format(
            person=mention(leave.user_id), first=day(leave.first_day), last=day(leave.last_day)
        )
        for leave in leaves
    ]
    return [section("*" + _("Leave") + "*\n" + "\n".join(lines[:40]))]


def _history(history: Sequence[AuditEntry]) -> list[Block]:
    lines = [
        _("{when}: {what}, by {person}").format(
            when=moment(entry.at, entry.at.strftime("%Y-%m-%d %H:%M UTC")),
            what=_act(entry),
            person=mention(entry.actor) if entry.actor[:1].isupper() else entry.actor,
        )
        for entry in reversed(history[-HISTORY_SHOWN:])
    ]
    return [context("\n".join(lines))] if lines else []


def _act(entry: AuditEntry) -> str:
    what = {
        "agency.added": _("added"),
        "agency.changed": _("changed"),
        "agency.people": _("people changed"),
        "agency.suspended": _("suspended"),
        "agency.resumed": _("resumed"),
        "leave.entered": _("leave entered"),
        "leave.removed": _("leave taken away"),
    }.get(entry.verb, entry.verb)
    reason = str(entry.details.get("reason") or "")
    changed = entry.details.get("changes") or {}
    if reason:
        return f"{what} ({escape(reason[:200])})"
    named = [field_name(name) for name in changed if name in _FIELDS]
    return f"{what} ({', '.join(named)})" if named else what


_FIELDS = ("code", "name", "name_fr", "kind", "sectors", "duty_station", "zone", "language")


def _buttons(agency: Agency, may: May) -> list[Block]:
    value = str(agency.id)
    buttons = []
    if may.people:
        buttons.append(button(_("People and leave"), verb("focal"), value, style="primary"))
    if may.change:
        buttons.append(button(_("Edit"), verb("edit"), value))
        if agency.state == AgencyState.SUSPENDED:
            buttons.append(button(_("Resume"), verb("resume"), value))
        else:
            buttons.append(button(_("Suspend"), verb("suspend"), value))
    buttons.append(button(_("All agencies"), verb("list")))
    return buttons
