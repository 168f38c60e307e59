"""What an import would do to the figures as they are now: counts, totals, what is odd, what would go back in time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.withdrawing import NEWER_FILE
from commands.kit.work import Work
from storage.funding.comparing import PlanTotal, compare, plan_totals, under_another_boundary
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.model import Flow, Level, settings_to_change
from storage.funding.newer import day_of, newest_day, older_rows
from storage.funding.staging import scope_of
from storage.funding.totals import requirements

PLANS_KEPT = 200
OTHER_BOUNDARIES_TOLD = OLDER_TOLD = 200


def compare_now(work: Work, kept: FundingImport) -> None:
    """Work out what an import would do to the figures as they are now."""
    session, issues = work.session, Issues.from_json(kept.issues)
    kept.seen_version = settings_to_change(session, work.mission.id).version
    kept.scope = scope_of(session, kept)
    kept.as_of = kept.as_of or _newest_update(work, kept)
    counts = compare(session, kept)
    kept.counts = {**asdict(counts), "refused": issues.refused_rows, "others": issues.rows_of_others}
    totals = plan_totals(session, kept)
    kept.totals = [asdict(one) for one in totals[:PLANS_KEPT]]
    issues.drop(Kind.OTHER_BOUNDARY, Kind.CLUSTERS_DIFFER)
    for row, fts_id, boundary in under_another_boundary(session, kept, limit=OTHER_BOUNDARIES_TOLD):
        issues.add(Kind.OTHER_BOUNDARY, row, "boundary", f"{fts_id}: {boundary}")
    if kept.kind not in {ImportKind.FLOWS, ImportKind.PLANS}:
        _compare_with_plans(work, totals, issues)
    _compare_days(session, kept, issues)
    kept.issues = issues.as_json()
    kept.state = ImportState.READY


def _compare_days(session: Session, kept: FundingImport, issues: Issues) -> None:
    """Note which rows would go back in time, and whether the whole file is older than what is on record."""
    issues.drop(Kind.OLDER)
    told = list(older_rows(session, kept, limit=OLDER_TOLD)) if kept.counts["older"] else []
    for place, one in enumerate(told):
        days = " < ".join(day.isoformat() if day else "?" for day in one.days)
        amounts = " ≠ ".join("?" if amount is None else f"{amount:,}" for amount in one.amounts)
        count = kept.counts["older"] - len(told) + 1 if place == 0 else 1
        issues.add(Kind.OLDER, one.row, one.name, f"{days}; {amounts}", count=count)
    newer = newest_day(session, kept)
    kept.options = {name: value for name, value in kept.options.items() if name != NEWER_FILE}
    if newer is not None:
        kept.options = {**kept.options, NEWER_FILE: newer.isoformat()}


def _compare_with_plans(work: Work, totals: list[PlanTotal], issues: Issues) -> None:
    plans = {
        (one.country, one.year, one.plan_key): one for one in requirements(work.session, work.mission.id, Level.PLAN)
    }
    for total in totals:
        plan = plans.get((total.country, total.year or 0, total.plan_key))
        if plan is None:
            continue
        whole = (int((plan.requirements or 0) * 100), int((plan.funding or 0) * 100))
        if whole != (total.asked_after, total.after):
            sums = f"{total.asked_after // 100:,} / {total.after // 100:,}"
            issues.add(Kind.CLUSTERS_DIFFER, 0, total.name, f"{sums} ≠ {whole[0] // 100:,} / {whole[1] // 100:,}")


def _newest_update(work: Work, kept: FundingImport) -> date:
    if kept.kind != ImportKind.FLOWS:
        return work.today
    newest = select(func.max(day_of(Flow))).where(Flow.import_id == kept.id, Flow.valid_from.is_(None))
    return work.session.scalar(newest) or work.today
