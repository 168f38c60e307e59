"""The one-page brief: what Typst needs to know, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands.funding.rules.rows import Figures, Picture, PlanPicture
from commands.funding.views.checks import check_lines, check_text
from commands.funding.views.drawing import height_of
from commands.funding.views.money import percent, usd
from commands.funding.views.picture import age_text, change_text, country_text, mix_text, row_name
from commands.kit.cards import shorten
from commands.kit.words import _, ngettext

TEMPLATE = Path(__file__).with_name("brief.typ")
ROWS = 24
NAME = 60
# What the page has left for the chart, in millimetres, for each row of the table.
ROOM, ROOM_OF_A_ROW, LEAST_ROOM, PAGE_WIDTH = 200, 4, 45, 174
BARS = 9
CHECKS = 4


def brief_of_plan(plan: PlanPicture, made: str, chart: bytes) -> dict[str, Any]:
    """The brief of one plan and its clusters."""
    notes = [change_text(plan), mix_text(plan.total), check_text(plan.check) if plan.check else ""]
    return _page(
        row_name(plan.total.name), _headline(plan.total), plan.clusters, notes, age_text(plan.age), made, chart
    )


def brief_of_all(picture: Picture, made: str, chart: bytes) -> dict[str, Any]:
    """The brief of all plans. Nothing is added up that is no sum: on top stands what came to each country."""
    rows = [plan.total for plan in picture.plans]
    headline = [(one.name, usd(one.funded)) for one in picture.countries[:4]]
    notes = [mix_text(one) for one in picture.countries[:1]]
    notes += [country_text(one, part) for one in picture.countries if (part := picture.parts.get(one.key))]
    notes += check_lines([one for one in picture.checks if one.plan_key is None or one.difference], CHECKS)
    if picture.unplanned is not None:
        notes.append(_("Funding that names no plan: {amount}.").format(amount=usd(picture.unplanned.funded)))
    return _page(_("Funding of the mission's plans"), headline, rows, notes, age_text(picture.age), made, chart)


def _page(
    title: str,
    headline: Sequence[tuple[str, str]],
    rows: Sequence[Figures],
    notes: Sequence[str],
    age: str,
    made: str,
    chart: bytes,
) -> dict[str, Any]:
    shown = rows[:ROWS]
    left = len(rows) - len(shown)
    more = ngettext("{count} more row is in the workbook.", "{count} more rows are in the workbook.", left)
    return {
        "title": title,
        "subtitle": age,
        "headline": [list(one) for one in headline],
        "notes": [note.replace("*", "") for note in notes if note],
        "titles": [_("Name"), _("Required"), _("Funded"), _("Coverage"), _("Unmet")],
        "rows": [_row(one) for one in shown],
        "more": more.format(count=left) if left else "",
        "chart": list(chart),
        "room": _room(len(rows), len(shown)),
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


def _room(rows: int, shown: int) -> int:
    """How high the chart may be, in millimetres: its own height, as far as the table leaves it."""
    own = round(height_of(min(rows, BARS)) * PAGE_WIDTH)
    return max(LEAST_ROOM, min(ROOM - ROOM_OF_A_ROW * shown, own))
