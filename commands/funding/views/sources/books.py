"""The mission's budget by period, and projects of funds with what their organisations were given and spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from commands.funding.rules.sources.budgets import NOTHING, BudgetPeriod, left_of, share_of
from commands.funding.views.money import percent, usd
from commands.funding.views.sources.pooled import age_of
from commands.funding.views.sources.words import fund_name
from commands.funding.views.tables import data_table, money_cell, name_cell, share_cell, text_cell
from commands.funding.views.texts import pair, safe
from commands.kit.cards import Block, Card, actions, button, context, header, section
from commands.kit.dates import day_text
from commands.kit.numbers import number_text
from commands.kit.pages import left_note
from commands.kit.words import _, ngettext
from storage.funding.source_figures import FigureKind, SourceFigure

# Several tables stand in one message, which holds about 12,000 characters.
PERIODS, FUNDS, ROWS = 2, 2, 12
NAMED = 5
NAME = 60
ON_A_PHONE = 30
SOON = timedelta(days=90)


def books_card(
    periods: Sequence[BudgetPeriod],
    projects: Sequence[SourceFigure],
    days: Mapping[tuple[str, str], date | None],
    today: date,
    *,
    may_write: bool,
) -> Card:
    """Budget periods, the newest first, then projects. `days` is what day figures are of, by kind and fund."""
    title = _("Budget and projects")
    blocks: list[Block] = [header(title)]
    if not periods and not projects:
        text = _(
            "Neither a budget nor a list of projects is imported yet. Import the mission's budget (line, period, "
            "allotment, obligations, expenditure), or the projects of the Peacebuilding Fund or of a trust fund."
        )
        return Card(text, (*blocks, section(text), *_doors(may_write=may_write)))
    for period in periods[:PERIODS]:
        blocks += _period(period, today)
    if len(periods) > PERIODS:
        blocks += left_note(periods, PERIODS)
    if projects:
        blocks += _projects(projects)
    blocks.append(context(*_sources(days, today), _("The mission's own books: they are in no figure of FTS.")))
    lines = [period_line(one) for one in periods[:PERIODS]] + ([projects_line(projects)] if projects else [])
    return Card(f"{title}: {'; '.join(lines)}", (*blocks, *_doors(may_write=may_write)))


def _sources(days: Mapping[tuple[str, str], date | None], today: date) -> list[str]:
    found = {FigureKind.MISSION_BUDGET: _("Budget"), FigureKind.FUND_PROJECTS: _("Projects")}
    texts = []
    for kind, name in found.items():
        known = [day for (of, _fund), day in days.items() if of == kind and day is not None]
        if known:
            texts.append(pair(name, age_of(min(known), today)))
    return texts


def period_line(period: BudgetPeriod) -> str:
    """A period in a sentence."""
    return _("{period}: {obligated} of {allotted} obligated ({share}), {spent} spent, {left} not obligated").format(
        period=safe(period.name, NAME),
        obligated=usd(period.obligated),
        allotted=usd(period.allotted),
        share=percent(share_of(period.obligated, period.allotted)),
        spent=usd(period.spent),
        left=usd(period.left),
    )


def _period(period: BudgetPeriod, today: date) -> list[Block]:
    lines = [f"*{_('Budget period')}* {period_line(period)}", *warning_lines(period, today)]
    rows = [
        [
            name_cell(line.title, ON_A_PHONE),
            money_cell(left_of(line)),
            money_cell(line.granted),
            money_cell(line.committed),
            money_cell(line.spent),
            name_cell(fund_name(line.fund), ON_A_PHONE),
        ]
        for line in period.lines
    ]
    caption = ngettext("{period}: {count} line, in US dollars", "{period}: {count} lines, in US dollars", len(rows))
    titles = [_("Line"), _("Not obligated"), _("Allotted"), _("Obligated"), _("Spent"), _("Kind")]
    table = data_table(caption.format(period=period.name, count=number_text(len(rows))), titles, rows[:ROWS])
    return [section("\n".join(lines)), table, *left_note(rows, ROWS)]


def warning_lines(period: BudgetPeriod, today: date) -> list[str]:
    """What is said about money that is not obligated when a period is over, or soon will be."""
    if not period.left or period.ends > today + SOON:
        return []
    amounts = {"left": usd(period.left), "day": day_text(period.ends)}
    if period.is_over(today):
        return [_(":warning: The period ended on {day} with {left} not obligated.").format(**amounts)]
    return [_(":warning: The period ends on {day}, and {left} is not obligated.").format(**amounts)]


def left_lines(period: BudgetPeriod) -> list[str]:
    """The lines that have most left."""
    some = [line for line in period.lines if left_of(line)]
    lines = [f"• {pair(safe(line.title, NAME), usd(left_of(line)))}" for line in some[:NAMED]]
    if len(some) > NAMED:
        more = ngettext("{count} more line", "{count} more lines", len(some) - NAMED)
        lines.append(more.format(count=number_text(len(some) - NAMED)))
    return lines


def projects_line(projects: Sequence[SourceFigure]) -> str:
    """Projects in a sentence: their amounts together and the delivery rate."""
    granted, moved, spent = (_sum(projects, name) for name in ("granted", "committed", "spent"))
    count = len({(one.fund, one.code) for one in projects})
    text = ngettext(
        "{count} project: {granted} approved, {moved} transferred, {spent} spent (delivery rate {rate})",
        "{count} projects: {granted} approved, {moved} transferred, {spent} spent (delivery rate {rate})",
        count,
    )
    rate = percent(share_of(spent, moved))
    return text.format(count=number_text(count), granted=usd(granted), moved=usd(moved), spent=usd(spent), rate=rate)


def _sum(projects: Sequence[SourceFigure], name: str) -> Decimal | None:
    known = [amount for one in projects if (amount := getattr(one, name)) is not None]
    return sum(known, NOTHING) if known else None


def _projects(projects: Sequence[SourceFigure]) -> list[Block]:
    blocks: list[Block] = []
    funds = list(dict.fromkeys(one.fund for one in projects))
    for fund in funds[:FUNDS]:
        some = [one for one in projects if one.fund == fund]
        blocks.append(section(f"*{safe(fund_name(fund), NAME)}* {projects_line(some)}"))
        blocks += _table(some)
    blocks += left_note(funds, FUNDS)
    return blocks


def _table(projects: Sequence[SourceFigure]) -> list[Block]:
    rows = [
        [
            name_cell(one.title or one.label, ON_A_PHONE),
            name_cell(one.party, ON_A_PHONE),
            share_cell(share_of(one.spent, one.committed)),
            money_cell(one.granted),
            money_cell(one.committed),
            money_cell(one.spent),
            text_cell("" if one.share is None else percent(one.share)),
            text_cell(day_text(one.ends) if one.ends else ""),
        ]
        for one in projects
    ]
    caption = ngettext("{count} row, in US dollars", "{count} rows, in US dollars", len(rows))
    titles = [_("Project"), _("Organisation"), _("Delivery rate"), _("Approved"), _("Transferred"), _("Spent")]
    titles += [_("Share"), _("Ends")]
    table = data_table(caption.format(count=number_text(len(rows))), titles, rows[:ROWS])
    return [table, *left_note(rows, ROWS)]


def period_card(period: BudgetPeriod, today: date) -> Card:
    """What whoever imported a budget is told when its period is about to end, or has ended, with money left."""
    warning = "\n".join(warning_lines(period, today))
    head = f"*{_('Budget period')} {safe(period.name, NAME)}*"
    text = "\n".join([head, warning, *left_lines(period)])
    press = button(_("Budget and projects"), "funding:budget")
    return Card(f"{_('Budget period')} {period.name}: {warning}", (section(text), actions(press)))


def _doors(*, may_write: bool) -> list[Block]:
    buttons = [button(_("Pooled funds"), "funding:pooled"), button(_("Own figures"), "funding:lines")]
    if may_write:
        buttons.append(button(_("Import a file"), "funding:open-import"))
    return [actions(*buttons)]
