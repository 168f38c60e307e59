"""What pooled funds received and allocated, beside FTS: funds in a line each, allocations in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from commands.funding.rules.sources.allocations import NO_PLAN, Allocation
from commands.funding.rules.sources.budgets import share_of
from commands.funding.views.money import as_of_text, percent, usd
from commands.funding.views.sources.words import fund_name
from commands.funding.views.tables import data_table, how_many_fit, money_cell, name_cell, text_cell
from commands.funding.views.texts import safe
from commands.kit.cards import Block, Card, actions, button, context, header, section
from commands.kit.numbers import number_text
from commands.kit.pages import left_note
from commands.kit.words import _, ngettext
from storage.funding.source_figures import FigureKind, FundTotal

LINES = 8
NAME = 60
ON_A_PHONE = 30
TAKEN = "*"


def pooled_card(
    totals: Sequence[FundTotal],
    everywhere: Mapping[tuple[str, int | None], FundTotal],
    allocated: Sequence[Allocation],
    plans: Mapping[str, str],
    today: date,
    *,
    may_write: bool,
) -> Card:
    """Funds with what they received and approved, and what agencies got for each plan.

    `everywhere` are a fund's projects in all countries by its name and year, `plans` the names of plans by their keys.
    """
    title = _("Pooled funds, beside FTS")
    blocks: list[Block] = [header(title)]
    if not totals:
        text = _(
            "No figures of pooled funds are imported yet. Import contributions or projects of CERF or of a "
            "country-based pooled fund."
        )
        return Card(text, (*blocks, section(text), *_doors(may_write=may_write)))
    lines = [fund_line(one, everywhere.get((one.fund, one.year)), today) for one in totals[:LINES]]
    blocks.append(section("\n".join(lines)))
    blocks += left_note(totals, LINES)
    if allocated:
        blocks += _allocations(allocated, plans)
    blocks.append(context(_("What pooled funds give stands in FTS as well. Never add the two.")))
    return Card(f"{title}: {'; '.join(lines[:3])}", (*blocks, *_doors(may_write=may_write)))


def fund_line(one: FundTotal, everywhere: FundTotal | None, today: date) -> str:
    """A fund in a year: what it received, or what it approved here and everywhere, and how old that is."""
    name = f"*{safe(fund_name(one.fund), NAME)}* {one.year or ''}".strip()
    if one.kind == FigureKind.POOLED_CONTRIBUTIONS:
        share = percent(share_of(one.spent, one.granted))
        text = _("{name}: {pledged} pledged to the fund, {received} received ({share})").format(
            name=name, pledged=usd(one.granted), received=usd(one.spent), share=share
        )
    else:
        text = ngettext(
            "{name}: {amount} approved for {count} project here",
            "{name}: {amount} approved for {count} projects here",
            one.rows,
        ).format(name=name, amount=usd(one.granted), count=number_text(one.rows))
        if everywhere is not None and everywhere.rows != one.rows:
            text += " " + _("(of {amount} for {count} in all countries)").format(
                amount=usd(everywhere.granted), count=number_text(everywhere.rows)
            )
    return f"{text} · {age_of(one.as_of, today)}"


def age_of(day: date | None, today: date) -> str:
    """The day that figures are of, and how long ago that was."""
    if day is None:
        return as_of_text(None)
    days = max((today - day).days, 0)
    old = ngettext("{count} day old", "{count} days old", days).format(count=number_text(days))
    return f"{as_of_text(day)}, {old}"


def _allocations(allocated: Sequence[Allocation], plans: Mapping[str, str]) -> list[Block]:
    rows = [
        [
            name_cell(_plan_name(one, plans), ON_A_PHONE),
            name_cell(one.agency),
            money_cell(one.amount),
            name_cell(fund_name(one.fund), ON_A_PHONE),
            text_cell(number_text(one.projects)),
        ]
        for one in allocated
    ]
    caption = ngettext(
        "Allocated by pooled funds, in US dollars: {count} row",
        "Allocated by pooled funds, in US dollars: {count} rows",
        len(rows),
    )
    titles = [_("Plan"), _("Agency"), _("Allocated"), _("Fund"), _("Projects")]
    blocks: list[Block] = [data_table(caption.format(count=number_text(len(rows))), titles, rows)]
    fitting = how_many_fit(rows)
    if fitting < len(rows):
        blocks += left_note(rows, fitting)
    if any(one.is_taken for one in allocated):
        blocks.append(
            context(
                _(
                    "{mark} The fund names no plan: this is the only one of its country and year that asks for money."
                ).format(mark=TAKEN)
            )
        )
    return blocks


def _plan_name(one: Allocation, plans: Mapping[str, str]) -> str:
    name = _("No plan named") if one.plan == NO_PLAN else plans.get(one.plan, one.plan)
    return f"{name}{TAKEN}" if one.is_taken else name


def _doors(*, may_write: bool) -> list[Block]:
    buttons = [button(_("Budget and projects"), "funding:budget")]
    if may_write:
        buttons.append(button(_("Import a file"), "funding:open-import"))
    return [actions(*buttons)]
