"""Other sources than FTS, for whoever reads: pooled funds with what they allocated, projects, the mission's budget."""

from __future__ import annotations

from datetime import date

from commands.funding.rules.plan_keys import key_of
from commands.funding.rules.rights import WRITE
from commands.funding.rules.sources.allocations import Allocation, KnownPlan, allocations, codes_in
from commands.funding.rules.sources.budgets import periods_of
from commands.funding.rules.sources.pace import Pace, Reported, a_year_before
from commands.funding.views.sources.beside import (
    allocated_line,
    covid_line,
    own_lines,
    pace_line,
    pooled_lines,
    requirement_line,
)
from commands.funding.views.sources.books import books_card
from commands.funding.views.sources.pooled import pooled_card
from commands.kit.work import Answer, Request, Work
from storage.funding.model import Level, funding_settings
from storage.funding.pace import reported_by, required_in
from storage.funding.source_figures import (
    OWN,
    POOLED,
    FigureKind,
    FundTotal,
    figures_of,
    flows_of_pooled_funds,
    fund_totals,
)
from storage.funding.totals import PlanLine, Scope, plan_lines, requirements


def show_pooled(request: Request) -> Answer:
    """What pooled funds received and allocated in the mission's countries."""
    session, mission = request.session, request.mission.id
    countries = funding_settings(session, mission).countries
    lines = plan_lines(session, mission)
    everywhere = fund_totals(session, mission, [FigureKind.POOLED_PROJECTS])
    card = pooled_card(
        fund_totals(session, mission, POOLED, countries=countries),
        {(one.fund, one.year): one for one in everywhere},
        allocated(request, lines, countries),
        {key_of(line): line.code or line.name for line in lines},
        request.today,
        may_write=WRITE.is_met_by(request.who),
    )
    return Answer(say=card)


def allocated(work: Work, lines: list[PlanLine], countries: list[str]) -> list[Allocation]:
    """What pooled funds allocated in these countries, by plan, agency and fund."""
    projects = figures_of(work.session, work.mission.id, [FigureKind.POOLED_PROJECTS], countries=countries)
    if not projects:
        return []
    plans = [
        KnownPlan(key_of(line), line.code, line.country, line.year, line.requirement is not None)
        for line in lines
        if line.plan_key
    ]
    keys = {(line.country, line.year, line.plan_key): key_of(line) for line in lines}
    named = {
        code: keys[country, year, plan]
        for ref, text, country, year, plan in flows_of_pooled_funds(work.session, work.mission.id)
        if (country, year, plan) in keys
        for code in codes_in(f"{ref} {text}")
    }
    return allocations(projects, plans, named)


def show_budget(request: Request) -> Answer:
    """The mission's budget by period, and the projects of funds."""
    session, mission = request.session, request.mission.id
    lines = figures_of(session, mission, [FigureKind.MISSION_BUDGET])
    projects = figures_of(session, mission, [FigureKind.FUND_PROJECTS])
    days = {(one.kind, one.fund): one.as_of for one in fund_totals(session, mission, OWN)}
    may_write = WRITE.is_met_by(request.who)
    return Answer(say=books_card(periods_of(lines), projects, days, request.today, may_write=may_write))


def beside_overview(work: Work) -> list[str]:
    """What other sources say, in a line for each: below what FTS says, and never added to it."""
    countries = funding_settings(work.session, work.mission.id).countries
    totals = fund_totals(work.session, work.mission.id, (*POOLED, *OWN), countries=countries)
    own = [one for one in totals if one.kind in OWN]
    pace = [pace_line(one) for country in countries if (one := pace_of(work, country)) is not None]
    return [*pace, *pooled_lines(_newest(totals, POOLED), work.today), *own_lines(own, work.today)]


def pace_of(work: Work, country: str) -> Pace | None:
    """This year's funding of a country beside last year's at the same day; None without flows of both years."""
    day = work.today
    now, before = (_reported(work, country, one) for one in (day, a_year_before(day)))
    if not (now.funded or now.undated) or not (before.funded or before.undated):
        return None
    return Pace(country, now, before)


def _reported(work: Work, country: str, day: date) -> Reported:
    funded, undated = reported_by(work.session, work.mission.id, country, day.year, day)
    return Reported(day.year, day, funded, undated, required_in(work.session, work.mission.id, country, day.year))


def _newest(totals: list[FundTotal], kinds: tuple[FigureKind, ...]) -> list[FundTotal]:
    """The newest year of each fund and kind."""
    found: dict[tuple[str, str], FundTotal] = {}
    for one in totals:
        if one.kind in kinds:
            found.setdefault((one.kind, one.fund), one)
    return list(found.values())


def beside_plan(work: Work, key: str) -> list[str]:
    """What is known of a plan beside its figures: how its requirement came about, and what pooled funds gave for it."""
    session, mission = work.session, work.mission.id
    lines = plan_lines(session, mission)
    plan = next((line for line in lines if key_of(line) == key), None)
    if plan is None:
        return []
    covid = requirements(session, mission, Level.COVID, Scope(plan.country, plan.year, plan.plan_key))
    countries = funding_settings(session, mission).countries
    for_it = [one for one in allocated(work, lines, countries) if one.plan == key]
    found = [requirement_line(plan.published), covid_line(covid), allocated_line(for_it)]
    return [line for line in found if line]
