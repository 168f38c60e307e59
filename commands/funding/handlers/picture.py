"""Reading the picture: plans with their clusters, groups of flows, and what moved since the last summary."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from commands.funding.handlers.checking import checks_of
from commands.funding.rules.changes import moved
from commands.funding.rules.differences import Check
from commands.funding.rules.opening import NOT_SPECIFIED
from commands.funding.rules.plan_keys import key_of, plan_key_of, scope_of
from commands.funding.rules.rows import NOTHING, Age, Figures, Picture, PlanPicture
from commands.funding.rules.years import present_first, present_year
from commands.funding.views.picture import row_name
from commands.kit.words import _
from commands.kit.work import Work
from storage.funding.answers import countries_in_part
from storage.funding.model import Level, PlanRequirement
from storage.funding.summaries import FundingSummary, last_summary
from storage.funding.totals import ALL, By, PlanLine, Scope, Sum, plan_lines, requirements, sums, total


def read_picture(work: Work, keys: Collection[str] = (), *, since: FundingSummary | None = None) -> Picture:
    """Every plan, or those with these keys, this year's first; compared with a summary: one given, or the newest."""
    all_lines = plan_lines(work.session, work.mission.id)
    all_lines.sort(key=lambda one: present_first(one.year, work.today.year))
    checks = checks_of(work, all_lines)
    lines = [one for one in all_lines if not keys or key_of(one) in keys]
    since = since or last_summary(work.session, work.mission.id)
    clusters = _clusters(work)
    several = len({one.year for one in lines}) > 1
    drawn = [_plan(one, clusters, with_year=several) for one in lines if one.plan_key]
    plans = tuple(_compared(work, _checked(one, checks), since) for one in drawn)
    unplanned = [one for one in lines if not one.plan_key]
    return Picture(
        plans=plans,
        countries=() if keys else tuple(_countries(work)),
        unplanned=_together(unplanned) if unplanned else None,
        age=_age_of_all(work, plans),
        parts={} if keys else _parts(work),
        checks=tuple(one for one in checks if not keys or _key(one) in keys),
    )


def read_plan(work: Work, key: str) -> PlanPicture | None:
    """One plan with its clusters; None when there is none of this key."""
    of_country = plan_lines(work.session, work.mission.id, Scope(scope_of(key).country))
    line = next((one for one in of_country if key_of(one) == key), None)
    if line is None:
        return None
    plan = _checked(_plan(line, _clusters(work, scope_of(key))), checks_of(work, of_country))
    if not plan.clusters:
        rows = groups(work, By.CLUSTER, scope_of(key))
        plan = replace(plan, clusters=tuple(rows) if len(rows) > 1 else ())
    places = requirements(work.session, work.mission.id, Level.LOCATION, scope_of(key))
    plan = replace(plan, locations=tuple(map(_cluster, places)))
    return _compared(work, plan, last_summary(work.session, work.mission.id))


def _plan(line: PlanLine, clusters: dict[str, list[Figures]], *, with_year: bool = False) -> PlanPicture:
    flows = line.flows
    name = line.name or line.code or line.plan_key
    rows = clusters.get(key_of(line), [])
    required, funded = (line.requirement, line.funding) if line.published or not rows else _added(rows)
    figures = Figures(
        f"{name} ({line.year})" if with_year and line.year and str(line.year) not in name else name,
        required,
        funded,
        flows.paid,
        flows.commitment,
        flows.pledged,
        key=key_of(line),
    )
    return PlanPicture(
        key=key_of(line),
        code=line.code,
        total=figures,
        clusters=tuple(rows),
        age=_age(line.published.as_of if line.published else None, flows),
    )


def _key(check: Check) -> str | None:
    return None if check.plan_key is None else plan_key_of(check.country, check.year, check.plan_key)


def _checked(plan: PlanPicture, checks: Sequence[Check]) -> PlanPicture:
    return replace(plan, check=next((one for one in checks if _key(one) == plan.key), None))


def _added(rows: Sequence[Figures]) -> tuple[Decimal | None, Decimal]:
    """A plan whose own row nobody imported: its clusters add up to it, as long as every row is kept."""
    known = [one.required for one in rows if one.required is not None]
    return (sum(known, NOTHING) if known else None), sum((one.funded for one in rows), NOTHING)


def _clusters(work: Work, scope: Scope = ALL) -> dict[str, list[Figures]]:
    """Clusters as published, by plan: the plan's own list, or the global one where there is no other."""
    found: dict[str, list[Figures]] = {}
    for level in (Level.CLUSTER, Level.GLOBAL_CLUSTER):
        rows: dict[str, list[Figures]] = {}
        for row in requirements(work.session, work.mission.id, level, scope):
            key = f"{row.country}:{row.year}:{row.plan_key}"
            rows.setdefault(key, []).append(_cluster(row))
        found = {**rows, **found}
    return found


def _cluster(row: PlanRequirement) -> Figures:
    name = row.cluster or NOT_SPECIFIED
    return Figures(name, row.requirements, row.funding or NOTHING, key=name)


def _compared(work: Work, plan: PlanPicture, since: FundingSummary | None) -> PlanPicture:
    if since is None or plan.key not in since.content.get("figures", {}):
        return plan  # the last summary was about other plans
    day = since.sent_at.astimezone(work.zone).date()
    return replace(plan, moved=moved(since.content.get("figures", {}), plan), moved_since=day)


def _countries(work: Work) -> list[Figures]:
    """All that came to each country in the present year, or in its newest one."""
    found = []
    for country in sums(work.session, work.mission.id, By.COUNTRY):
        years = sums(work.session, work.mission.id, By.YEAR, Scope(country.name))
        of_year = {int(one.name): one for one in years if one.name}
        present = present_year(of_year, work.today.year)
        if present is not None:
            found.append(_figures(replace(of_year[present], name=f"{country.name} {present}")))
    return found


def _parts(work: Work) -> dict[str, tuple[int, int]]:
    found = countries_in_part(work.session, work.mission.id)
    return {f"{country} {year}": (part.have, part.of) for (country, year), part in found.items()}


def groups(work: Work, by: By, scope: Scope) -> list[Figures]:
    """Incoming money by donor, agency or cluster, most first."""
    return [_figures(one) for one in sums(work.session, work.mission.id, by, scope)]


def _figures(one: Sum) -> Figures:
    return Figures(one.name, None, one.funding, one.paid, one.commitment, one.pledged, key=one.name or NOT_SPECIFIED)


def _together(lines: Sequence[PlanLine]) -> Figures:
    return Figures(
        "",
        None,
        sum((one.funding for one in lines), NOTHING),
        sum((one.flows.paid for one in lines), NOTHING),
        sum((one.flows.commitment for one in lines), NOTHING),
        sum((one.flows.pledged for one in lines), NOTHING),
    )


def _age_of_all(work: Work, plans: Sequence[PlanPicture]) -> Age:
    whole = total(work.session, work.mission.id)
    days: list[date] = [one.age.as_of for one in plans if one.age.as_of]
    return _age(min(days, default=None), whole)


def _age(published: date | None, flows: Sum) -> Age:
    """The day of what is published, and beside it that of the flows, which are another file."""
    return Age(published or flows.updated_on, flows.median_lag_days, flows.flows, flows.updated_on)


def scope_name(work: Work, key: str | None) -> str:
    """What a key names, in words."""
    if key is None:
        return _("all plans")
    plan = next((one for one in plan_lines(work.session, work.mission.id, scope_of(key)) if key_of(one) == key), None)
    return (plan.name or plan.code or _("Not specified")) if plan else _("all plans")


def rows_of_all(plans: Sequence[PlanPicture]) -> list[Figures]:
    """The clusters of plans, a plan itself where it has none; each says its plan where there are several."""
    if len(plans) == 1:
        return list(plans[0].clusters or (plans[0].total,))
    return [
        replace(row, name=f"{row_name(row.name)}, {plan.code or plan.total.name}") if plan.clusters else row
        for plan in plans
        for row in plan.clusters or (plan.total,)
    ]
