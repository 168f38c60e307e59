"""One agency: what it is, who answers for it today, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.agencies.rules.leave import Away, Cover
from commands.agencies.rules.people import FIELDS
from commands.agencies.rules.search import AgencyNotes, ListState
from commands.agencies.views.history import SHOWN, latest
from commands.agencies.views.parts import day, days, field_name, labelled, mentions, said, title_line, verb
from commands.kit.cards import Block, actions, button, divider, escape, fields, mention, section, sections
from commands.kit.contacts import Contact
from commands.kit.forms import modal
from commands.kit.names.roles import role_name
from commands.kit.pages import left_note
from commands.kit.times.zones import zone_label
from commands.kit.words import _, pgettext
from storage.agencies import Agency, AgencyState
from storage.audit import AuditEntry

LEAVES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Details:
    """All that is shown of an agency; `note` says what has just been done."""

    agency: Agency
    contact: Contact | None
    aways: Sequence[Away]
    history: Sequence[AuditEntry]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the reader may do with this agency."""

    change: bool = False
    people: bool = False


def details_form(details: Details, may: Allowed, look: ListState, language: str) -> Block:
    """The agency in a form, with the way back to the list at the same place."""
    agency = details.agency
    blocks = [section(f":white_check_mark: {details.note}")] if details.note else []
    blocks += [section(title_line(agency)), fields(*_facts(agency, language))]
    if agency.state == AgencyState.SUSPENDED:
        blocks.append(section(_("*Suspended:* {reason}").format(reason=escape(agency.state_reason))))
    blocks += [divider(), section(_people(details)), *_leaves(details), divider(), *latest(details.history)]
    blocks.append(actions(*_buttons(details, may)))
    notes = AgencyNotes(agency.id, look=look)
    return modal(verb("show"), _("Agency"), blocks, close=_("Close"), notes=notes)


def _facts(agency: Agency, language: str) -> list[str]:
    facts = [(name, said(name, getattr(agency, name))) for name in ("name", "name_fr", "kind", "sectors")]
    facts += [("sphere", said("sphere", agency.sphere))] if agency.sphere else []
    facts.append(("duty_station", said("duty_station", agency.duty_station)))
    facts.append(("zone", zone_label(agency.zone, language) if agency.zone else _("as the mission")))
    facts.append(("language", said("language", agency.language)))
    return [f"*{field_name(name)}*\n{value}" for name, value in facts]


def _people(details: Details) -> str:
    agency = details.agency
    lines = [
        _("*{label}:* {value}").format(label=field_name(name), value=mentions(agency.holders(role)) or "–")
        for name, role in FIELDS.items()
    ]
    if agency.state == AgencyState.ACTIVE:
        lines.append(_today(details.contact))
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


def _leaves(details: Details) -> list[Block]:
    aways = details.aways[:LEAVES_SHOWN]
    if not aways:
        return []
    lines = ["*" + _("Leave") + "*", *(_away(away) for away in aways)]
    if any(cover.person is None for away in aways for cover in away.covers):
        lines.append(_(":warning: Name an alternate for the days on which nobody answers."))
    return [*sections("\n".join(lines)), *left_note(details.aways, LEAVES_SHOWN)]


def _away(away: Away) -> str:
    leave = away.leave
    line = labelled(mention(leave.user_id), days(leave.first_day, leave.last_day))
    if not away.covers:
        return line
    until = len(away.covers) > 1 or away.covers[0].last_day != leave.last_day
    meanwhile = ", ".join(_cover(cover, until=until) for cover in away.covers)
    return f"{line} · " + _("meanwhile: {people}").format(people=meanwhile)


def _cover(cover: Cover, *, until: bool) -> str:
    who = mention(cover.person) if cover.person else "*" + _("nobody") + "*"
    return _("{person} until {day}").format(person=who, day=day(cover.last_day)) if until else who


def _buttons(details: Details, may: Allowed) -> list[Block]:
    agency = details.agency
    value = str(agency.id)
    buttons = []
    if may.people:
        buttons.append(button(_("People and leave"), verb("focal"), value, style="primary"))
    if may.change:
        buttons.append(button(_("Edit"), verb("edit"), value))
        if agency.state == AgencyState.SUSPENDED:
            buttons.append(button(pgettext("agency", "Resume"), verb("resume"), value))
        else:
            buttons.append(button(pgettext("agency", "Suspend"), verb("suspend"), value))
    if len(details.history) > SHOWN:
        buttons.append(button(_("History"), verb("history"), value))
    buttons.append(button(_("All agencies"), verb("list")))
    return buttons
