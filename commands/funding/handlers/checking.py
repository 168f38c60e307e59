"""What FTS says beside what the flows here add up to, by country and plan, with what explains a difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from commands.funding.rules.differences import Check, Known, Reason, Why, explain
from commands.funding.rules.imports.answers import ANSWER, Answer, standing_of
from commands.kit.work import Work
from storage.base import Json
from storage.funding.allocations import Allocated, allocated
from storage.funding.imports import FundingImport
from storage.funding.totals import ZERO, PlanLine, Scope, plan_lines

Place = tuple[str, int | None]
CHECKS_KEPT = 200


def checks_of(work: Work, lines: Sequence[PlanLine]) -> list[Check]:
    """A check for each country and year that FTS publishes whole, then for each plan with both figures.

    `lines` are all plans of these countries. Nothing is checked where either side is not imported.
    """
    # A plan without any flow of its own has none, where others of its country and year have some.
    with_flows = {(line.country, line.year) for line in lines if line.flows.flows}
    both = [line for line in lines if _said(line) is not None and (line.country, line.year) in with_flows]
    differing = {line.country for line in both if _said(line) != line.flows.funding}
    inside = allocated(work.session, work.mission.id, differing) if differing else []
    return [*_of_countries(lines), *(_of_plan(line, lines, inside) for line in both)]


def _said(line: PlanLine) -> Decimal | None:
    return line.published.funding if line.published is not None else None


def _of_countries(lines: Sequence[PlanLine]) -> list[Check]:
    """FTS's figures of all plans and of money without one are all that came to the country."""
    places: dict[Place, list[PlanLine]] = {}
    for line in lines:
        places.setdefault((line.country, line.year), []).append(line)
    found = []
    for (country, year), some in places.items():
        is_whole = any(not line.plan_key and line.published for line in some)
        if is_whole and any(line.flows.flows for line in some):
            said = sum((_said(line) or ZERO for line in some), ZERO)
            counted = sum((line.flows.funding for line in some), ZERO)
            found.append(Check(country, year, None, "", said, counted))
    return found


def _of_plan(line: PlanLine, lines: Sequence[PlanLine], inside: Sequence[Allocated]) -> Check:
    said = _said(line) or ZERO
    check = Check(line.country, line.year, line.plan_key, line.name or line.code, said, line.flows.funding)
    if not check.difference:
        return check
    return replace(check, why=explain(check.difference, _known(line, lines, inside), is_no_plan=not line.plan_key))


def _known(line: PlanLine, lines: Sequence[PlanLine], inside: Sequence[Allocated]) -> Known:
    here = [one for one in inside if (one.country, one.year) == (line.country, line.year)]
    others = [one for one in lines if (one.country, one.plan_key) == (line.country, line.plan_key)]
    days: list[date] = [one.flows.updated_on for one in lines if one.flows.updated_on and one.country == line.country]
    return Known(
        allocations=[one for one in here if bool(one.plan_key) and one.plan_key == (line.plan_key or one.plan_key)],
        shared=line.flows.shared,
        other_years=sum((one.flows.funding for one in others if one.year != line.year), ZERO),
        has_internal=bool(here),
        published_on=line.published.as_of if line.published else None,
        flows_on=max(days, default=None),
    )


def checks_of_import(work: Work, kept: FundingImport) -> list[Json]:
    """The checks of what an import is about, as the figures are now: first what its own pages say, then the others."""
    lines = [one for name in kept.scope["countries"] for one in plan_lines(work.session, work.mission.id, Scope(name))]
    found = [one for one in checks_of(work, lines) if one.year in kept.scope["years"]]
    ordered = sorted(found, key=lambda one: (one.plan_key is not None, not one.difference))
    return [one.as_json() for one in [*_of_pages(kept, lines), *ordered][:CHECKS_KEPT]]


def _of_pages(kept: FundingImport, lines: Sequence[PlanLine]) -> list[Check]:
    """What pages say of their answer, where it is clear what they are about: a country in a year, or one plan of it."""
    standing = standing_of(kept.options)
    if standing is None or len(kept.scope["countries"]) != 1 or len(kept.scope["years"]) != 1:
        return []
    (country,), (year,) = kept.scope["countries"], kept.scope["years"]
    # A part of an answer may be of one plan by chance.
    plan = kept.scope.get("only_plan") if standing.is_complete else None
    mine = [one for one in lines if one.year == year and plan in {None, one.plan_key}]
    name = next((one.name for one in mine), "") if plan else ""
    answer, found = Answer.from_json(kept.options[ANSWER]), sum((one.flows.funding for one in mine), ZERO)
    check = Check(country, year, plan, name, Decimal(answer.funding) / 100, found)
    have = sum(one.flows.flows for one in mine)
    if not check.difference:
        return [check]
    if have < answer.incoming:
        return [replace(check, why=(Why(Reason.PART, ZERO, (), str(have), str(answer.incoming)),))]
    return [replace(check, why=(Why(Reason.UNKNOWN),))] if standing.is_complete else []
