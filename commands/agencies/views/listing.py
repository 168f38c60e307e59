"""The list of agencies: search, twenty a page, buttons."""

from __future__ import annotations

from collections.abc import Sequence

from commands.agencies.rules.search import ListState, lacks_focal_point
from commands.agencies.views.parts import mentions, sector_names, title_line, verb
from commands.kit.cards import Block, Card, actions, button, context, escape, section, shorten
from commands.kit.forms import field_block, modal, text_input
from commands.kit.names.agencies import kind_name
from commands.kit.pages import SEARCH_LIMIT, Page, turning, with_span
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.people import Role

LONGEST_TYPED = 60


def list_form(page: Page[Agency], look: ListState, *, may_change: bool) -> Block:
    """A page of the list. `look` comes back with every press."""
    blocks = [_search_field(look), *_tools(look, may_change=may_change), context(_count_line(page, look))]
    blocks += [*(_entry(agency) for agency in page.items), *turning(page, verb("page"))]
    # Slack wants a button for a form that has a field: it searches, like Enter in the field.
    return modal(verb("list"), _("Agencies"), blocks, submit=_("Search"), close=_("Close"), notes=look)


def _search_field(look: ListState) -> Block:
    typed = text_input(
        initial=look.query,
        placeholder=_("Code, name, kind or sector, then Enter"),
        most=SEARCH_LIMIT,
        action=verb("search"),
    )
    return field_block(look.field, pgettext("field", "Search"), typed, optional=True, acts=True)


def _tools(look: ListState, *, may_change: bool) -> list[Block]:
    buttons = []
    if may_change:
        buttons += [
            button(_("Add an agency"), verb("add"), style="primary"),
            button(_("Import a list"), verb("import")),
        ]
    buttons.append(button(_("Export"), verb("export")))
    if look.unanswered or look.query:
        buttons.append(button(_("Show all"), verb("all")))
    return [actions(*buttons)]


def _count_line(page: Page[Agency], look: ListState) -> str:
    if not page.count:
        if look.query or look.unanswered:
            return _("No agency fits. Search for less, or show all.")
        return _("There is no agency yet. An admin adds them one by one or imports a list.")
    words = ngettext("{of} agency", "{of} agencies", page.count)
    if look.unanswered:
        words = ngettext("{of} agency without a focal point", "{of} agencies without a focal point", page.count)
    return with_span(words.format(of=page.count), page)


def _entry(agency: Agency) -> Block:
    about = [kind_name(agency.kind), sector_names(agency.sectors)]
    focal = agency.holders(Role.FOCAL_POINT)
    if focal:
        about.append(mentions(focal[:2]))
    elif lacks_focal_point(agency):
        about.append(_("no focal point"))
    line = " · ".join(filter(None, about))
    opener = button(_("Open"), verb("show"), str(agency.id), label=_("Open {code}").format(code=agency.code))
    return section(f"{title_line(agency)}\n{line}", accessory=opener)


def unknown_card(text: str, near: Sequence[Agency], action: str) -> Card:
    """No agency has this code: the nearest ones, each with a button that does what was meant."""
    typed = escape(shorten(text, LONGEST_TYPED))
    if not near:
        words = _("No agency is called “{text}”, nor anything near it.").format(text=typed)
    else:
        words = _("No agency has the code “{text}”. Did you mean one of these?").format(text=typed)
    rows = [
        section(title_line(agency), accessory=button(agency.code, verb(action, place), str(agency.id)))
        for place, agency in enumerate(near)
    ]
    return Card(words, (section(words), *rows, actions(button(_("All agencies"), verb("list")))))
