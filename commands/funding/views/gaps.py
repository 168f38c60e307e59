"""Where money is missing, who gives no longer, and which figures are old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.funding.rules.rows import Figures, largest_unmet, lowest_coverage
from commands.funding.views.money import as_of_text, percent, usd
from commands.funding.views.picture import row_name
from commands.funding.views.tables import data_table, money_cell, name_cell, share_cell, text_cell
from commands.funding.views.texts import safe
from commands.kit.cards import Block, Card, header, section, sections
from commands.kit.dates import day_text
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext

SHOWN = 8
NAME = 80


@dataclass(frozen=True, slots=True)
class StoppedDonor:
    """A donor who gave in the year before and not in this one."""

    name: str
    before: Figures
    year: int


@dataclass(frozen=True, slots=True)
class OldFigure:
    """A figure older than the mission's limit. `as_of` is None where nobody said the day."""

    name: str
    as_of: date | None
    days: int | None
    what: str


def gap_card(scope: str, rows: Sequence[Figures], stopped: Sequence[StoppedDonor]) -> Card:
    """The largest gaps, the lowest coverage, and donors who stopped."""
    unmet = largest_unmet(rows, SHOWN)
    title = _("Funding gaps: {scope}").format(scope=scope)
    if not unmet:
        text = _("No gap is known: nothing is required, or all that is required is funded.")
        return Card(f"{title}. {text}", (header(title), section(text), *_stopped(stopped)))
    first = unmet[0]
    text = _("{title}. Most is missing for {name}: {amount}.").format(
        title=title, name=row_name(first.name), amount=usd(first.unmet)
    )
    blocks: list[Block] = [header(title), gap_table(unmet), *sections(_lowest(rows)), *_stopped(stopped)]
    return Card(text, tuple(blocks))


def gap_table(rows: Sequence[Figures]) -> Block:
    """The largest gaps as a table."""
    titles = [_("Where"), _("Unmet"), _("Coverage"), _("Required")]
    cells = [
        [name_cell(row_name(one.name)), money_cell(one.unmet), share_cell(one.coverage), money_cell(one.required)]
        for one in rows
    ]
    return data_table(_("Largest unmet requirements, in US dollars"), titles, cells)


def _lowest(rows: Sequence[Figures]) -> str:
    line = _("• {name}: {coverage}, {unmet} missing")
    lines = [
        line.format(name=safe(row_name(one.name), NAME), coverage=percent(one.coverage), unmet=usd(one.unmet))
        for one in lowest_coverage(rows, SHOWN)
    ]
    return "\n".join([_("*Lowest coverage*"), *lines])


def _stopped(stopped: Sequence[StoppedDonor]) -> list[Block]:
    if not stopped:
        return []
    line = _("• {donor}: {amount} in {year}")
    lines = [
        line.format(donor=safe(row_name(one.name), NAME), amount=usd(one.before.funded), year=one.year)
        for one in stopped[:SHOWN]
    ]
    left = len(stopped) - len(lines)
    if left:
        lines.append(left_text(left))
    return sections("\n".join([_("*Gave the year before, nothing yet this year*"), *lines]))


def stale_card(old: Sequence[OldFigure], limit: int) -> Card:
    """Figures older than the mission's limit, the oldest first."""
    days = ngettext("{count} day", "{count} days", limit).format(count=limit)
    if not old:
        text = _("No figure is older than {days}, the limit of this mission.").format(days=days)
        return Card(text, (section(text),))
    text = ngettext(
        "{count} figure is older than {days}, the limit of this mission.",
        "{count} figures are older than {days}, the limit of this mission.",
        len(old),
    ).format(count=len(old), days=days)
    rows = [[name_cell(one.name), text_cell(one.what), text_cell(_age(one))] for one in old]
    table = data_table(_("Old figures, the oldest first"), [_("Figure"), _("Kind"), _("Age")], rows)
    return Card(text, (section(f"*{text}*"), table))


def _age(one: OldFigure) -> str:
    if one.as_of is None or one.days is None:
        return as_of_text(None)
    age = ngettext("{count} day", "{count} days", one.days).format(count=one.days)
    return f"{age} ({day_text(one.as_of)})"
