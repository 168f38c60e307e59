"""The preview of an import, part by part and page by page: what saving would do, and what has to be decided first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from commands.agencies.rules.doubles import Alike, Likeness
from commands.agencies.rules.entries import Fault, Reading
from commands.agencies.rules.planning import Addition, Change, Decision, Double, Plan
from commands.agencies.rules.understanding import Seen, Understood
from commands.agencies.views.importing import LONGEST_TITLE, counts_line
from commands.agencies.views.parts import field_name, fitting, labelled, said, sector_names, verb
from commands.agencies.views.understanding import understood_line
from commands.kit.cards import Block, actions, button, context, escape, option, section, sections, select_menu, shorten
from commands.kit.forms import modal
from commands.kit.names.agencies import kind_name
from commands.kit.notes import named
from commands.kit.numbers import number_text
from commands.kit.pages import Page, page_at, turning
from commands.kit.pressed import value_of
from commands.kit.tables import sheets_told
from commands.kit.words import _, ngettext, pgettext

LINES_PER_PAGE = 60
LINES_PER_BLOCK = 10
DOUBLES_PER_PAGE = 20
LONGEST_NAME = 600
LONGEST_UNUSED = 2500
NOTHING_SEEN, NOTHING_SAID = Seen(), Understood()


class Tab(StrEnum):
    """The parts of a preview."""

    DOUBLES = "doubles"
    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PreviewNotes:
    """What the preview carries: of which import it is, its open part and page, and the plan that was seen."""

    of: int = named("import", 0)
    tab: Tab = Tab.ADDED
    page: int = 0
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of an import: which part, which page of it."""

    import_id: int
    file_name: str
    reading: Reading
    plan: Plan
    tab: Tab | None = None
    page: int = 0
    warning: str = ""
    seen: Seen = NOTHING_SEEN
    understood: Understood = NOTHING_SAID

    @property
    def open_tab(self) -> Tab:
        """The part that is open: what has to be decided comes first, then what there is."""
        if self.tab is not None:
            return self.tab
        if self.plan.undecided:
            return Tab.DOUBLES
        return next((tab for tab in (Tab.ADDED, Tab.CHANGED, Tab.REFUSED) if self.count(tab)), Tab.LEFT)

    def count(self, tab: Tab) -> int:
        """How much a part holds."""
        plan = self.plan
        parts: dict[Tab, list[Any]] = {
            Tab.DOUBLES: plan.doubles,
            Tab.ADDED: plan.added,
            Tab.CHANGED: plan.changed,
            Tab.LEFT: plan.left,
            Tab.REFUSED: plan.refused,
        }
        return len(parts[tab])


def preview_form(preview: Preview) -> Block:
    """What saving would do, page by page; nothing has been saved."""
    tab = preview.open_tab
    blocks = [section(preview.warning)] if preview.warning else []
    blocks += [section(_summary(preview)), actions(*_tabs(preview, tab))]
    page = page_at(preview.count(tab), preview.page, DOUBLES_PER_PAGE if tab is Tab.DOUBLES else LINES_PER_PAGE)
    blocks += _doubles(preview.plan, page) if tab is Tab.DOUBLES else _lines(preview.plan, tab, page)
    blocks += turning(page, verb("turn"))
    blocks += _how_read(preview)
    notes = PreviewNotes(preview.import_id, tab, page.number, preview.plan.fingerprint())
    submit = _("Save") if preview.plan.changes_something or preview.plan.undecided else None
    return modal(verb("preview"), _("Import: preview"), blocks, submit=submit, close=_("Cancel"), notes=notes)


def _how_read(preview: Preview) -> list[Block]:
    seen = preview.seen
    said = understood_line(seen, preview.understood)
    blocks = [
        *sheets_told(seen.sheet, seen.unread, seen.hidden),
        *([context(fitting(said, LONGEST_UNUSED))] if said else []),
    ]
    blocks += _unused(preview.reading.unused)
    if seen.titles:
        blocks.append(actions(button(_("Change how it is read"), verb("change"))))
    return blocks


def _unused(titles: Sequence[str]) -> list[Block]:
    if not titles:
        return []
    named = [_("“{title}”").format(title=shorten(title, LONGEST_TITLE)) for title in titles]
    words = _("Columns that were not read: {unused}")
    return [context(words.format(unused=fitting(", ".join(named), LONGEST_UNUSED)))]


def _summary(preview: Preview) -> str:
    plan = preview.plan
    lines = [
        _("*{file}*: {rows}, {organisations}. Nothing is saved yet.").format(
            file=escape(shorten(preview.file_name, LONGEST_TITLE)),
            rows=ngettext("{n} row", "{n} rows", preview.reading.rows).format(n=number_text(preview.reading.rows)),
            organisations=ngettext("{n} organisation", "{n} organisations", len(preview.reading.entries)).format(
                n=number_text(len(preview.reading.entries))
            ),
        ),
        counts_line(plan),
        *_repeated(preview.reading),
    ]
    if plan.undecided:
        lines.append(
            ngettext(
                ":warning: *{n} look-alike waits for your decision* before anything can be saved.",
                ":warning: *{n} look-alikes wait for your decision* before anything can be saved.",
                len(plan.undecided),
            ).format(n=number_text(len(plan.undecided)))
        )
    elif not plan.changes_something:
        lines.append(_("Saving this list would change nothing."))
    return "\n".join(lines)


def _repeated(reading: Reading) -> list[str]:
    repeated = sum(entry.rows - 1 for entry in reading.entries)
    if not repeated:
        return []
    return [
        ngettext(
            "{n} row speaks of an organisation that an earlier row named: sectors add up.",
            "{n} rows speak of organisations that earlier rows named: sectors add up.",
            repeated,
        ).format(n=number_text(repeated))
    ]


def _tabs(preview: Preview, open_tab: Tab) -> list[Block]:
    names = {
        Tab.DOUBLES: pgettext("agencies", "Look-alikes"),
        Tab.ADDED: pgettext("agencies", "Added"),
        Tab.CHANGED: pgettext("agencies", "Changed"),
        Tab.LEFT: pgettext("agencies", "Left alone"),
        Tab.REFUSED: pgettext("agencies", "Refused"),
    }
    return [
        button(
            f"{names[tab]} ({number_text(preview.count(tab))})",
            verb("tab", tab.value),
            tab.value,
            style="primary" if tab is open_tab else None,
        )
        for tab in Tab
    ]


def _lines(plan: Plan, tab: Tab, page: Page[Any]) -> list[Block]:
    lines = {
        Tab.ADDED: lambda: [_added(one) for one in plan.added],
        Tab.CHANGED: lambda: [_changed(one) for one in plan.changed],
        Tab.LEFT: lambda: [_row(row) + f" *{escape(code)}*" for row, code in plan.left],
        Tab.REFUSED: lambda: [_refused(one) for one in plan.refused],
    }[tab]()
    shown = lines[page.before :][: page.size]
    blocks = []
    for first in range(0, len(shown), LINES_PER_BLOCK):
        blocks += sections("\n".join(shown[first : first + LINES_PER_BLOCK]))
    return blocks or [section(_("Nothing."))]


def _row(number: int) -> str:
    return _("Row {number}:").format(number=number)


def _added(one: Addition) -> str:
    about = [kind_name(one.entry.kind or "other"), sector_names(one.entry.sectors)]
    if not one.entry.code:
        about.append(_("code made up"))
    named = f"*{escape(one.code)}* {escape(one.entry.name)}"
    return f"{_row(one.entry.row)} {named} ({' · '.join(filter(None, about))})"


def _refused(one: Fault) -> str:
    column = _("column “{column}”").format(column=escape(shorten(one.column, LONGEST_TITLE)))
    return labelled(f"{_row(one.row)} {column}", escape(one.reason))


def _changed(one: Change) -> str:
    parts = [
        labelled(field_name(each.field), f"{said(each.field, each.old)} → {said(each.field, each.new)}")
        for each in one.differences
    ]
    return f"{_row(one.row)} *{escape(one.code)}* {' · '.join(parts)}"


def _doubles(plan: Plan, page: Page[Any]) -> list[Block]:
    blocks = []
    if len(plan.undecided) > 1:
        blocks.append(
            actions(
                button(_("Keep all open ones apart"), verb("decide-all", "apart"), Decision.APART.value),
                button(_("All open ones are the same: skip"), verb("decide-all", "same"), Decision.SAME.value),
            )
        )
    blocks += [_double(one) for one in plan.doubles[page.before :][: page.size]]
    return blocks or [section(_("No name looks like another one."))]


def _double(one: Double) -> Block:
    row = one.entry.row
    options = [
        option(_("Keep apart"), value_of(row, Decision.APART)),
        option(_("It is the same: skip"), value_of(row, Decision.SAME)),
    ]
    chosen = value_of(row, one.decision) if one.decision else None
    menu = select_menu(verb("decide", row), _("Decide"), options, initial=chosen)
    others = "\n".join(f"• {_other(alike)}" for alike in one.alike)
    return section(f"{_row(row)} *{fitting(one.entry.name, LONGEST_NAME)}* {_('looks like')}\n{others}", accessory=menu)


def _other(alike: Alike) -> str:
    other = alike.other
    code = f"*{escape(other.code)}* " if other.code else ""
    place = _("an agency you have") if other.row is None else _("row {row} of the file").format(row=other.row)
    why = {
        Likeness.ACRONYM: _("one is the acronym of the other"),
        Likeness.SPELLING: _("spelt nearly alike"),
        Likeness.PART: _("one name is part of the other"),
    }[alike.likeness]
    return f"{code}{fitting(other.name, LONGEST_NAME)} ({place} · {why})"
