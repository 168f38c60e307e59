"""The demo's other sources: what CERF gave, a project of the Peacebuilding Fund, and two periods of a budget."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commands.funding.demo.published import COUNTRY, UNICEF, WFP
from commands.funding.rules.sources.periods import Period, named
from commands.funding.rules.sources.rows import CERF, PEACEBUILDING_FUND, PROGRAMMATIC, QUICK_IMPACT
from commands.kit.work import Work
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.source_figures import SourceFigure


def enter_other_sources(work: Work, owner: str) -> None:
    """Enter what files of other sources would have brought."""
    year = work.today.year
    now, before = (_period(work.today.year - (work.today.month < 7) - back) for back in (0, 1))
    cerf = _file(work, owner, ImportKind.POOLED_PROJECTS, "cerf-projects.xlsx", work.today - timedelta(days=12))
    for number, (agency, title, amount) in enumerate(
        ((WFP, "Food for the lower valley", 7_640_000), (UNICEF, "Therapeutic food", 4_200_000)), start=1
    ):
        code = f"CERF-XVA-{year % 100}-RR-{number:03}"
        own = {"code": code, "label": code, "title": title, "party": agency, "country": COUNTRY, "year": year}
        _add(work, cerf, CERF, granted=amount, committed=None, spent=None, **own)
    projects = _file(work, owner, ImportKind.FUND_PROJECTS, "pbf-projects.xlsx", work.today - timedelta(days=20))
    for party, share, granted, moved, spent in (
        ("UNDP", 60, 1_440_000, 1_008_000, 655_000),
        ("UN Women", 40, 960_000, 672_000, 302_000),
    ):
        own = {"code": "PBF/XVA/A-1", "label": "PBF/XVA/A-1", "title": "Women mediators in the valley", "part": party}
        own |= {"party": party, "share": Decimal(share), "year": year, "ends": work.today + timedelta(days=110)}
        _add(work, projects, PEACEBUILDING_FUND, granted=granted, committed=moved, spent=spent, **own)
    budget = _file(work, owner, ImportKind.MISSION_BUDGET, "budget.xlsx", work.today - timedelta(days=5))
    for kind, title, period, granted, obligated, spent in (
        (PROGRAMMATIC, "Mobile courts", now, 900_000, 610_000, 385_000),
        (QUICK_IMPACT, "Market bridge", now, 50_000, 48_500, 20_000),
        (PROGRAMMATIC, "Mobile courts", before, 800_000, 765_000, 765_000),
    ):
        own = {"code": title, "title": title, "period": period.name, "starts": period.first, "ends": period.last}
        _add(work, budget, kind, granted=granted, committed=obligated, spent=spent, year=period.last.year, **own)


def _period(year: int) -> Period:
    return named(date(year, 7, 1), date(year + 1, 6, 30))


def _file(work: Work, owner: str, kind: ImportKind, name: str, as_of: date) -> FundingImport:
    kept = FundingImport(
        mission_id=work.mission.id,
        kind=kind,
        file_name=name,
        file_hash="0" * 64,
        file_size=1,
        state=ImportState.DONE,
        options={"countries": [COUNTRY]},
        as_of=as_of,
        created_by=owner,
        created_at=work.now,
        decided_by=owner,
        decided_at=work.now,
    )
    work.session.add(kept)
    work.session.flush()
    return kept


def _add(
    work: Work, kept: FundingImport, fund: str, *, granted: int, committed: int | None, spent: int | None, **own: Any
) -> None:
    amounts = {"granted": granted, "committed": committed, "spent": spent}
    figure = SourceFigure(
        mission_id=work.mission.id,
        import_id=kept.id,
        kind=kept.kind,
        fund=fund,
        is_current=True,
        valid_from=work.now,
        fingerprint=f"{fund} {own['code']}"[:32],
        **{name: None if amount is None else Decimal(amount) for name, amount in amounts.items()},
        **own,
    )
    work.session.add(figure)
