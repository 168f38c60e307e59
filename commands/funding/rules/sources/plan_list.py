"""The list of plans that OCHA's API gives (`plan/overview/progress`): what each asked first, and asks now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from commands.funding.rules.imports.columns import PLAN_COLUMNS
from commands.funding.rules.sources.json_files import begins_with_key, text_of
from commands.kit.tables import Header
from commands.kit.tables.grid import NumberedRow
from commands.kit.tables.json_arrays import array_elements

PLANS_KEY = "plans"


def open_plan_list(path: Path) -> tuple[Header, Callable[[], Iterator[NumberedRow]]] | None:
    """Header and rows of a list of plans, as a file of requirements by plan; None for anything else."""
    first = next(array_elements(path, PLANS_KEY), None) if begins_with_key(path, PLANS_KEY) else None
    if not isinstance(first, dict) or not isinstance(first.get("requirements"), dict):
        return None
    names = tuple(column.name for column in PLAN_COLUMNS)
    header = Header(0, None, {name: place for place, name in enumerate(names)}, names)

    def rows() -> Iterator[NumberedRow]:
        for number, plan in enumerate(array_elements(path, PLANS_KEY), start=1):
            cells = _cells(plan if isinstance(plan, dict) else {})
            yield number, tuple(cells.get(name, "") for name in names)

    return header, rows


def _cells(plan: dict[str, Any]) -> dict[str, str]:
    asked, given = plan.get("requirements") or {}, plan.get("funding") or {}
    years = [text_of(one.get("year")) for one in plan.get("usageYears") or []]
    return {
        "countryCode": ",".join(text_of(one.get("iso3")) for one in plan.get("countries") or []),
        "id": text_of(plan.get("id")),
        "name": text_of(plan.get("name")),
        "code": text_of(plan.get("code")),
        "typeName": text_of((plan.get("planType") or {}).get("name")),
        "startDate": text_of(plan.get("startDate"))[:10],
        "endDate": text_of(plan.get("endDate"))[:10],
        "year": min(years, default=""),
        "origRequirements": text_of(asked.get("origRequirements")),
        "requirements": text_of(asked.get("revisedRequirements")),
        "prioritisedRequirements": text_of(asked.get("prioritizedRequirements", asked.get("prioritisedRequirements"))),
        "funding": _whole(given.get("totalFunding")),
        "percentFunded": _whole(given.get("progress")),
    }


def _whole(value: Any) -> str:
    # A list says 7.25 percent where every other file says 7.
    return text_of(value.quantize(Decimal("0.01"))) if isinstance(value, Decimal) else text_of(value)
