"""The list of imports, the newest first."""

from __future__ import annotations

from commands.funding.views.imports.message import about, title_of
from commands.kit.cards import Card, actions, button, header, section
from commands.kit.numbers import number_text
from commands.kit.pages import Page, turning
from commands.kit.pressed import value_of
from commands.kit.words import _
from storage.funding.imports import FundingImport


def imports_card(page: Page[FundingImport]) -> Card:
    """Imports, the newest first."""
    title = _("Imports from FTS")
    if not page.items:
        text = _("Nothing was imported yet.")
        return Card(text, (section(text), actions(button(_("Import a file"), "funding:open-import", style="primary"))))
    blocks = [header(title)]
    for kept in page.items:
        counts = kept.counts
        text = f"{title_of(kept)}: {about(kept)}"
        if counts:
            text += "\n" + _("New: {new} · changed: {changed} · withdrawn: {withdrawn} · refused: {refused}").format(
                **{name: number_text(counts.get(name, 0)) for name in ("new", "changed", "withdrawn", "refused")}
            )
        blocks.append(
            section(
                text, accessory=button(_("Open"), f"funding:show-import:{kept.id}", str(kept.id), label=kept.file_name)
            )
        )
    blocks += turning(page, "funding:imports", lambda number: value_of("page", number))
    return Card(title, (*blocks, actions(button(_("Import a file"), "funding:open-import", style="primary"))))
