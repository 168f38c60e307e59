"""What other sources say, in a line each, below the figures of FTS: never added to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from commands.funding.rules.sources.allocations import Allocation
from commands.funding.rules.sources.budgets import share_of
from commands.funding.rules.sources.pace import Pace
from commands.funding.views.money import percent, usd
from commands.funding.views.sources.pooled import age_of, fund_line
from commands.funding.views.sources.words import fund_name
from commands.funding.views.texts import safe
from commands.kit.dates import day_text
from commands.kit.words import _
from storage.funding.model import PlanRequirement
from storage.funding.source_figures import FigureKind, FundTotal

LINES = 6
NAME = 60


def pooled_lines(totals: Sequence[FundTotal], today: date) -> list[str]:
    """Pooled funds, the newest year of each; nothing where none is imported."""
    if not totals:
        return []
    head = _("*Pooled funds*, in FTS as well and not to be added to it:")
    return [head, *(f"• {fund_line(one, None, today)}" for one in totals[:LINES])]


def own_lines(totals: Sequence[FundTotal], today: date) -> list[str]:
    """The mission's budget and projects of funds, by fund and year; nothing where none is imported."""
    if not totals:
        return []
    head = _("*Budget and projects*, beside FTS and not part of it:")
    return [head, *(f"• {_own_line(one, today)}" for one in totals[:LINES])]


def _own_line(one: FundTotal, today: date) -> str:
    name = f"{safe(fund_name(one.fund), NAME)} {one.year or ''}".strip()
    amounts = {"granted": usd(one.granted), "moved": usd(one.committed), "spent": usd(one.spent)}
    if one.kind == FigureKind.MISSION_BUDGET:
        text = _("{name}: {granted} allotted, {moved} obligated, {spent} spent").format(name=name, **amounts)
    else:
        rate = percent(share_of(one.spent, one.committed))
        text = _("{name}: {granted} approved, {moved} transferred, {spent} spent (delivery rate {rate})").format(
            name=name, rate=rate, **amounts
        )
    return f"{text} · {age_of(one.as_of, today)}"


def allocated_line(allocated: Sequence[Allocation]) -> str:
    """What pooled funds allocated for a plan; empty where nothing is known."""
    if not allocated:
        return ""
    funds: dict[str, Decimal] = {}
    for one in allocated:
        funds[one.fund] = funds.get(one.fund, Decimal(0)) + one.amount
    parts = ", ".join(f"{safe(fund_name(fund), NAME)} {usd(amount)}" for fund, amount in sorted(funds.items()))
    whole = usd(sum(funds.values(), Decimal(0)))
    text = _("Allocated by pooled funds: {amount} ({funds}). It stands in FTS as well and is not added.")
    if any(one.is_taken for one in allocated):
        text += " " + _("Not all of it names this plan: it is the only one of its year that asks for money.")
    return text.format(amount=whole, funds=parts)


def requirement_line(published: PlanRequirement | None) -> str:
    """What a plan asked first, what it asks now, and the part that goes first; empty where only one is published."""
    if published is None:
        return ""
    original, first = published.original_requirements, published.prioritised_requirements
    if original is None and first is None:
        return ""
    parts = [_("revised {amount}").format(amount=usd(published.requirements))]
    if original is not None:
        parts.insert(0, _("original {amount}").format(amount=usd(original)))
    if first is not None:
        parts.append(_("prioritised {amount}").format(amount=usd(first)))
    return _("Requirement: {parts}.").format(parts=", ".join(parts))


def pace_line(pace: Pace) -> str:
    """What was reported by now, beside what was reported by the same day of the year before."""
    text = _(
        "*Pace, {country}:* {now} for {year} reported by {day} ({share}); {before} for {year_before} reported by "
        "{day_before} ({share_before})."
    ).format(
        country=pace.country,
        now=usd(pace.now.funded),
        year=pace.now.year,
        day=day_text(pace.now.by),
        share=percent(pace.now.coverage),
        before=usd(pace.before.funded),
        year_before=pace.before.year,
        day_before=day_text(pace.before.by),
        share_before=percent(pace.before.coverage),
    )
    undated = pace.now.undated + pace.before.undated
    if undated:
        text += " " + _("Without a day and in neither: {amount}.").format(amount=usd(undated))
    return text


def covid_line(found: Sequence[PlanRequirement]) -> str:
    """What of a plan's funding was for COVID-19; empty where no such file was imported."""
    if not found or found[0].funding is None:
        return ""
    return _("Of the funding, {amount} is for COVID-19.").format(amount=usd(found[0].funding))
