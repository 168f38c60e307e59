"""What pooled funds allocated, by plan and agency: joined to the plans of FTS, never added to them.

A fund says for which plan a project is by the plan's code, or FTS does, where a flow of the fund names the project.
Where neither does, the only plan of the country and year that asks for money is taken, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

NO_PLAN = ""
_AROUND = "()[]{},.;:\"'"
SHORTEST_CODE = 6


class Project(Protocol):
    """What of a project its allocation follows from."""

    fund: str
    label: str
    party: str
    plan_code: str
    country: str
    year: int | None
    granted: Decimal | None


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan on record: its key, its code, its country and year, and whether it asks for money."""

    key: str
    code: str
    country: str
    year: int | None
    asks: bool


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a fund allocated to an agency for a plan; `plan` is a plan's key, NO_PLAN where none is named.

    `is_taken`: the plan is the only one there is, and nobody named it.
    """

    plan: str
    agency: str
    fund: str
    amount: Decimal
    projects: int
    is_taken: bool


def codes_in(text: str) -> set[str]:
    """The words of a text that may be codes of projects."""
    words = (word.strip(_AROUND) for word in text.split())
    return {word for word in words if len(word) >= SHORTEST_CODE and any(letter.isdigit() for letter in word)}


def allocations(
    projects: Iterable[Project], plans: Sequence[KnownPlan], named_by_flows: Mapping[str, str]
) -> list[Allocation]:
    """Allocations by plan, agency and fund, the largest first; `named_by_flows` are plans' keys by projects' codes."""
    by_code = {plan.code: plan.key for plan in plans if plan.code}
    found: dict[tuple[str, str, str, bool], list[Decimal]] = {}
    for one in projects:
        key, is_taken = by_code.get(one.plan_code) or named_by_flows.get(one.label), False
        if key is None:
            key = _only_plan(plans, one.country, one.year)
            is_taken = key != NO_PLAN
        found.setdefault((key, one.party, one.fund, is_taken), []).append(one.granted or Decimal(0))
    made = [
        Allocation(plan, agency, fund, sum(amounts, Decimal(0)), len(amounts), is_taken)
        for (plan, agency, fund, is_taken), amounts in found.items()
    ]
    return sorted(made, key=lambda one: (-one.amount, one.plan, one.agency, one.fund))


def _only_plan(plans: Sequence[KnownPlan], country: str, year: int | None) -> str:
    asking = [plan.key for plan in plans if plan.asks and (plan.country, plan.year) == (country, year)]
    return asking[0] if len(asking) == 1 else NO_PLAN
