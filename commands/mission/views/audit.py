"""The audit record as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    channel_link,
    divider,
    escape,
    mention,
    moment,
    option,
    section,
    sections,
)
from commands.kit.dates import when_text
from commands.kit.forms import field_block, modal, person_select, select
from commands.kit.names.acts import ActWords
from commands.kit.names.roles import role_name
from commands.kit.pages import Page, turning, with_span
from commands.kit.words import _, ngettext
from commands.mission.rules.audit import Sort
from commands.mission.views.notes import AuditNotes
from storage.audit import AuditEntry
from storage.people import Role

SORT, PERSON = "sort", "person"
ROWS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for: a kind of act, a person (empty: everybody), and the page."""

    sort: Sort = Sort.ALL
    person: str = ""
    page: int = 0


def audit_form(look: Look, page: Page[AuditEntry], words: ActWords, zone: ZoneInfo) -> Block:
    """The search, and a page of what it found, the newest first."""
    sorts = [option(_sort_name(sort), sort.value) for sort in Sort]
    blocks: list[Block] = [
        field_block(SORT, _("What"), select(sorts, initial=look.sort.value)),
        field_block(PERSON, _("Who"), person_select(initial=look.person or None), optional=True),
        divider(),
    ]
    found = ngettext("{count} act on record", "{count} acts on record", page.count).format(count=page.count)
    blocks.append(section(with_span(found, page) if page.count else _("Nothing on record fits.")))
    lines = "\n".join(f"• {_line(entry, words, zone)}" for entry in page.items)
    blocks += [{**part, "expand": True} for part in sections(lines)]
    blocks += turning(page, "mission:audit-page")
    if page.count:
        blocks.append(actions(button(_("Send as files"), "mission:audit-export")))
    notes = AuditNotes(look.sort.value, look.person, look.page)
    return modal("mission:audit", _("Audit record"), blocks, submit=_("Search"), close=_("Close"), notes=notes)


def _sort_name(sort: Sort) -> str:
    return {
        Sort.ALL: _("Everything"),
        Sort.READ: _("Confidential texts that were opened"),
        Sort.REFUSED: _("What somebody was not allowed"),
        Sort.EXPORTED: _("Files that were taken out"),
        Sort.ROLES: _("Roles that were given or taken"),
    }[sort]


def _line(entry: AuditEntry, words: ActWords, zone: ZoneInfo) -> str:
    who = mention(entry.actor) if entry.actor[:1] in {"U", "W"} else _("Rapporteur")
    parts = [moment(entry.at, when_text(entry.at, zone)), who, escape(words.act(entry.verb)), _about(entry, words)]
    if entry.on_behalf_of:
        whom = entry.on_behalf_of
        parts.append(_("for {person}").format(person=mention(whom) if whom[:1] in {"U", "W"} else escape(whom)))
    parts += _holders(entry)
    return " · ".join(filter(None, parts))


def _holders(entry: AuditEntry) -> list[str]:
    """Who was given a role, and from whom it was taken, where the act says so."""
    given, taken = ((entry.details or {}).get(name) for name in ("added", "removed"))
    texts = [(_("given to {people}"), given), (_("taken from {people}"), taken)]
    return [
        text.format(people=", ".join(mention(str(one)) for one in people))
        for text, people in texts
        if isinstance(people, list) and people and entry.verb == "roles.changed"
    ]


def _about(entry: AuditEntry, words: ActWords) -> str:
    """What it was done to, by what people know it as; nothing for the mission, which is the only one."""
    kind, identity = entry.subject_kind, entry.subject_id
    if kind == "mission":
        return ""
    if kind == "channel":
        return channel_link(identity)
    if kind == "person":
        return mention(identity)
    if kind == "role":
        return role_name(Role(identity)) if identity in set(Role) else escape(identity)
    if kind == "verb":
        return f"`{escape(identity)}`"
    return escape(f"{words.thing(kind)} {identity}")


def exported_card(count: int, of: int) -> Card:
    """What whoever asked is told."""
    text = ngettext(
        "You get {count} act of the record as CSV and XLSX in a direct message.",
        "You get {count} acts of the record as CSV and XLSX in a direct message.",
        count,
    ).format(count=count)
    if of > count:
        text += " " + _("These are the newest of {of}: search for less to get the older ones.").format(of=of)
    return Card(text, (section(text),))
