"""Which year is looked at where nobody chose one: the present one before all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.funding.rules.plan_keys import scope_of
from commands.funding.rules.rows import PlanPicture


def present_first(year: int | None, this: int) -> tuple[int, int]:
    """Sorts years: this one, those to come, those that passed from the newest on; several years together last."""
    if year is None:
        return 3, 0
    return (0, 0) if year == this else (1, year) if year > this else (2, -year)


def present_year(years: Iterable[int], this: int) -> int | None:
    """This year, else the newest that passed, else the next; None where there is no year."""
    known = set(years)
    passed = [year for year in known if year <= this]
    return max(passed) if passed else min(known, default=None)


def present_plans(plans: Sequence[PlanPicture], this: int) -> list[PlanPicture]:
    """The plans of each country in its present year: money is missing now, not in an appeal of long ago."""
    scopes = {plan.key: scope_of(plan.key) for plan in plans}
    years: dict[str | None, set[int]] = {}
    for scope in scopes.values():
        years.setdefault(scope.country, set()).update([scope.year] if scope.year else [])
    present = {country: present_year(some, this) for country, some in years.items()}
    return [plan for plan in plans if scopes[plan.key].year == present[scopes[plan.key].country]]
