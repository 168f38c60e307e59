"""The one-page brief: what Typst needs to know, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands.funding.rules.rows import Figures, Picture, PlanPicture
from commands.funding.views.money import percent, usd
from commands.funding.views.picture import age_text, change_text, country_text, mix_text, plan_line, row_name
from commands.kit.say import shorten
from commands.kit.words import _, ngettext

TEMPLATE = Path(__file__).with_name("brief.typ")
ROWS = 24
NAME = 60
# What the page has left for the chart, in millimetres, for each row of the table.
ROOM, ROOM_OF_A_ROW, LEAST_ROOM = 150, 5, 45


def brief_of_plan(plan: PlanPicture, made: str, chart: bytes) -> dict[str, Any]:
    """The brief of one plan and its clusters."""
    notes = [change_text(plan), mix_text(plan.total)]
    return _page(row_name(plan.total.name), plan.total, plan.clusters, notes, age_text(plan.age), made, chart)


def brief_of_all(picture: Picture, made: str, chart: bytes) -> dict[str, Any]:
    """The brief of all plans together, without adding up what is no sum: headline figures are those of the largest."""
    rows = [plan.total for plan in picture.plans]
    largest = rows[0] if rows else Figures(_("No plan"))
    notes = [country_text(one).replace("*", "") for one in picture.countries[:4]]
    notes += [plan_line(plan) for plan in picture.plans[:1]]
    return _page(_("Funding of the mission's plans"), largest, rows, notes, age_text(picture.age), made, chart)


def _page(
    title: str, total: Figures, rows: Sequence[Figures], notes: Sequence[str], age: str, made: str, chart: bytes
) -> dict[str, Any]:
    shown = rows[:ROWS]
    left = len(rows) - len(shown)
    more = ngettext("{count} more row is in the workbook.", "{count} more rows are in the workbook.", left)
    return {
        "title": title,
        "subtitle": age,
        "headline": [list(one) for one in _headline(total)],
        "notes": [note.replace("*", "") for note in notes if note],
        "titles": [_("Name"), _("Required"), _("Funded"), _("Coverage"), _("Unmet")],
        "rows": [_row(one) for one in shown],
        "more": more.format(count=left) if left else "",
        "chart": list(chart),
        "room": max(LEAST_ROOM, ROOM - ROOM_OF_A_ROW * len(shown)),
        "alt": _("Funded and unmet, the figures of the table as bars"),
        "footer": _("Source: FTS (OCHA), CC BY-IGO. Pledges are recorded and not counted."),
        "made": made,
    }


def _headline(row: Figures) -> list[tuple[str, str]]:
    return [
        (_("Required"), usd(row.required)),
        (_("Funded"), usd(row.funded)),
        (_("Coverage"), percent(row.coverage)),
        (_("Unmet"), usd(row.unmet)),
    ]


def _row(row: Figures) -> list[str]:
    name = shorten(row_name(row.name), NAME)
    return [name, usd(row.required), usd(row.funded), percent(row.coverage), usd(row.unmet)]
