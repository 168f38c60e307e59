"""Funding by donor, by agency or by cluster: a table, and each row opened to its flows."""

from __future__ import annotations

from collections.abc import Sequence

from commands.funding.rules.opening import FigureRef, mark_of
from commands.funding.rules.rows import Figures
from commands.funding.views.money import usd
from commands.funding.views.picture import CHOICES, row_name
from commands.funding.views.tables import data_table, how_many_fit, money_cell, name_cell
from commands.kit.cards import Block, Card, actions, context, header, option, section, select_menu, shorten
from commands.kit.words import _, ngettext


def by_name(by: str) -> str:
    """A way of grouping in words, for headings."""
    return {
        "donor": _("by donor"),
        "agency": _("by agency"),
        "cluster": _("by cluster"),
        "plan": _("by plan"),
    }[by]


def groups_card(by: str, scope: str, rows: Sequence[Figures], plan_key: str | None) -> Card:
    """Who gave or who received, most first; pledges stand apart and are in no sum."""
    title = _("Funding {by}: {scope}").format(by=by_name(by), scope=scope)
    if not rows:
        text = _("No flow has been imported for this yet.")
        return Card(f"{title}. {text}", (header(title), section(text)))
    table_rows = [_row(one) for one in rows]
    first = rows[0]
    text = _("{title}. First: {name}, {amount}.").format(
        title=title, name=row_name(first.name), amount=usd(first.funded)
    )
    count = ngettext("{count} row, in US dollars", "{count} rows, in US dollars", len(rows)).format(count=len(rows))
    titles = [by_title(by), _("Funded"), _("Paid"), _("Committed"), _("Pledged, not counted")]
    blocks: list[Block] = [header(title), data_table(count, titles, table_rows)]
    left = len(rows) - how_many_fit(table_rows)
    if left > 0:
        more = ngettext("{count} smaller row is in the file.", "{count} smaller rows are in the file.", left)
        blocks.append(context(more.format(count=left)))
    options = [
        option(shorten(row_name(one.name), 75), FigureRef(by, mark_of(one.key), plan_key).written()) for one in rows
    ]
    blocks.append(actions(select_menu("funding:open-row", _("Flows behind a row"), options[:CHOICES])))
    return Card(text, tuple(blocks))


def by_title(by: str) -> str:
    """The title of the first column."""
    return {"donor": _("Donor"), "agency": _("Agency"), "cluster": _("Cluster"), "plan": _("Plan")}[by]


def _row(row: Figures) -> list[Block]:
    return [
        name_cell(row_name(row.name)),
        money_cell(row.funded),
        money_cell(row.paid),
        money_cell(row.commitment),
        money_cell(row.pledged),
    ]
