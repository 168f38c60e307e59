"""Other sources as messages, ordinary and as large as they can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from commands.funding.rules.sources.allocations import NO_PLAN, Allocation
from commands.funding.rules.sources.budgets import periods_of
from commands.funding.rules.sources.pace import Pace, Reported
from commands.funding.views.imports.message import import_card
from commands.funding.views.picture import plan_card
from commands.funding.views.sources.beside import (
    allocated_line,
    covid_line,
    own_lines,
    pace_line,
    pooled_lines,
    requirement_line,
)
from commands.funding.views.sources.books import books_card, period_card
from commands.funding.views.sources.pooled import pooled_card
from commands.kit.cards import Card
from storage.funding.imports import ImportKind, ImportState
from storage.funding.model import PlanRequirement
from storage.funding.source_figures import FigureKind, FundTotal, SourceFigure
from tests.funding.import_samples import an_import, preview
from tests.funding.view_samples import PLAN

TODAY = date(2035, 3, 5)
DAY = date(2035, 2, 28)
LONG = "<&>" * 60


def amount(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def fund(kind: FigureKind, name: str, granted: str, spent: str | None = None, rows: int = 2, **more: Any) -> FundTotal:
    values = {"year": 2035, "committed": None, "as_of": DAY, **more}
    return FundTotal(kind=kind, fund=name, rows=rows, granted=amount(granted), spent=amount(spent), **values)


def figure(kind: FigureKind, title: str, granted: str, committed: str, spent: str, **more: Any) -> SourceFigure:
    fixed: dict[str, Any] = {
        "kind": kind,
        "fund": "peacebuilding",
        "code": title,
        "title": title,
        "party": "UNDP",
        "period": "",
        "granted": amount(granted),
        "committed": amount(committed),
        "spent": amount(spent),
        "ends": date(2035, 9, 30),
    }
    return SourceFigure(**{**fixed, **more})


def line(title: str, granted: str, committed: str, spent: str, **more: Any) -> SourceFigure:
    values = {"fund": "programmatic", "period": "2034/35", "ends": date(2035, 6, 30), **more}
    return figure(FigureKind.MISSION_BUDGET, title, granted, committed, spent, **values)


GIVEN = fund(FigureKind.POOLED_CONTRIBUTIONS, "CERF", "6000000", "4500000.25")
ALLOCATED = fund(FigureKind.POOLED_PROJECTS, "CERF", "3500000.50")
EVERYWHERE = fund(FigureKind.POOLED_PROJECTS, "CERF", "4400000.50", rows=3)
WHO = "World Health Organization"
TO_AGENCIES = [
    Allocation(PLAN.key, WHO, "CERF", Decimal(2_000_000), 1, is_taken=True),
    Allocation(PLAN.key, "World Food Programme", "CERF", Decimal("1500000.50"), 1, is_taken=False),
    Allocation(NO_PLAN, "IOM & partners", "CBPF South Sudan", Decimal(900_000), 2, is_taken=False),
]
PERIODS = periods_of(
    [
        line("Mobile courts", "400000", "250000", "100000"),
        line("Community radio", "50000", "50000", "0", fund="quick_impact"),
        line("Market bridge", "50000", "35000", "30000", fund="quick_impact", period="2033/34", ends=date(2034, 6, 30)),
    ]
)
PROJECTS = [
    figure(FigureKind.FUND_PROJECTS, "Women mediators", "1200000", "840000", "420000", share=Decimal(60)),
    figure(FigureKind.FUND_PROJECTS, "Women mediators", "800000", "560000", "300000", party="UN Women"),
]
DAYS = {("mission_budget", "programmatic"): DAY, ("fund_projects", "peacebuilding"): date(2035, 1, 31)}
PACE = Pace(
    "SSD",
    Reported(2035, TODAY, Decimal(12_300_000), Decimal(5_000), Decimal(60_000_000)),
    Reported(2034, date(2034, 3, 5), Decimal(10_100_000), Decimal(0), None),
)
ASKED = PlanRequirement(
    original_requirements=Decimal(6_000_000),
    requirements=Decimal(7_000_000),
    prioritised_requirements=Decimal(2_500_000),
)
TOTALS = [
    {"country": country, "year": 2035, "plan_key": "CERF", "name": "CERF", "before": 0, "after": after}
    | {"without_missing": after, "asked_before": 0, "asked_after": asked}
    for country, after, asked in (("SSD", 350_000_050, 0), ("KEN", 90_000_000, 0), ("ETH", 10_000_000, 0))
]


def beside_plan() -> Card:
    lines = [requirement_line(ASKED), covid_line([PlanRequirement(funding=Decimal(150_000))])]
    return plan_card(PLAN, may_write=False, beside=[*lines, allocated_line(TO_AGENCIES[:2])])


def beside_all() -> Card:
    own = [fund(FigureKind.MISSION_BUDGET, "programmatic", "400000", "100000", committed=Decimal(250_000))]
    own.append(fund(FigureKind.FUND_PROJECTS, "peacebuilding", "2000000", "720000", committed=Decimal(1_400_000)))
    text = "\n".join([pace_line(PACE), *pooled_lines([GIVEN, ALLOCATED], TODAY), *own_lines(own, TODAY)])
    return Card(text, ())


def pooled(totals: list[FundTotal], allocated: list[Allocation]) -> Card:
    plans = {PLAN.key: "HUPV35"}
    return pooled_card(totals, {("CERF", 2035): EVERYWHERE}, allocated, plans, TODAY, may_write=True)


def imported_budget() -> Card:
    totals = [
        {**TOTALS[0], "country": "", "plan_key": "quick_impact", "name": "quick_impact", "asked_after": 3_500_000}
    ]
    counts = {"new": 1, "changed": 1, "unchanged": 0, "missing": 1, "refused": 0, "withdrawn": 1}
    return import_card(
        an_import(ImportState.DONE, kind=ImportKind.MISSION_BUDGET, scope={}, counts=counts, totals=totals)
    )


MESSAGES: dict[str, Callable[[], Card]] = {
    "pooled": lambda: pooled([GIVEN, ALLOCATED], TO_AGENCIES),
    "pooled_none": lambda: pooled_card([], {}, [], {}, TODAY, may_write=False),
    "books": lambda: books_card(PERIODS, PROJECTS, DAYS, TODAY, may_write=True),
    "books_none": lambda: books_card([], [], {}, TODAY, may_write=False),
    "period_ends": lambda: period_card(PERIODS[0], date(2035, 6, 16)),
    "period_ended": lambda: period_card(PERIODS[0], date(2035, 7, 1)),
    "beside_plan": beside_plan,
    "beside_all": beside_all,
    "import_pooled": lambda: preview(
        kind=ImportKind.POOLED_PROJECTS,
        layout="cerf projects",
        scope={"countries": ["", *map(str, range(100, 122))], "years": [2035]},
        totals=TOTALS,
        options={"countries": ["SSD"]},
    ),
    "import_budget": imported_budget,
}


WORST_MESSAGES: dict[str, Callable[[], Card]] = {
    "pooled": lambda: pooled(
        [fund(FigureKind.POOLED_PROJECTS, LONG, "9" * 13) for _ in range(40)],
        [Allocation(LONG, LONG, LONG, Decimal(10**13), 10**6, is_taken=True) for _ in range(300)],
    ),
    "books": lambda: books_card(
        periods_of([line(LONG, "9" * 13, "1", "1", period=str(n), ends=date(2000 + n, 1, 1)) for n in range(30)]),
        [figure(FigureKind.FUND_PROJECTS, LONG, "9" * 13, "1", "1", party=LONG, fund=str(n % 9)) for n in range(300)],
        DAYS,
        TODAY,
        may_write=True,
    ),
    "period": lambda: period_card(periods_of([line(LONG, "9" * 13, "1", "1") for _ in range(200)])[0], TODAY),
}
