"""What an import would do to the figures as they are now: counts, totals, what is odd, what would go back in time."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.withdrawing import NEWER_FILE
from commands.kit.work import Work
from storage.funding.comparing import PlanTotal, compare, plan_totals, under_another_boundary
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.model import Level, settings_to_change
from storage.funding.newer import note_days, older_rows
from storage.funding.source_figures import unobligated
from storage.funding.staging import scope_of
from storage.funding.totals import requirements

PLANS_KEPT = 200
# What divides the money of a plan anew, and so must add up to it.
PARTS_OF_PLANS = frozenset({ImportKind.CLUSTERS, ImportKind.GLOBAL_CLUSTERS, ImportKind.LOCATIONS})
OTHER_BOUNDARIES_TOLD = OLDER_TOLD = 200


def compare_now(work: Work, kept: FundingImport) -> None:
    """Work out what an import would do to the figures as they are now."""
    session, issues = work.session, Issues.from_json(kept.issues)
    kept.seen_version = settings_to_change(session, work.mission.id).version
    kept.scope = scope_of(session, kept)
    newer = note_days(session, kept)
    counts = compare(session, kept)
    kept.counts = {**asdict(counts), "refused": issues.refused_rows, "others": issues.rows_of_others}
    totals = plan_totals(session, kept)
    kept.totals = [asdict(one) for one in totals[:PLANS_KEPT]]
    issues.drop(Kind.OTHER_BOUNDARY, Kind.CLUSTERS_DIFFER, Kind.UNOBLIGATED)
    for row, title, left in unobligated(session, kept, work.today):
        issues.add(Kind.UNOBLIGATED, row, "", f"{title}: {left:,}")
    for row, fts_id, boundary in under_another_boundary(session, kept, limit=OTHER_BOUNDARIES_TOLD):
        issues.add(Kind.OTHER_BOUNDARY, row, "boundary", f"{fts_id}: {boundary}")
    if kept.kind in PARTS_OF_PLANS:
        _compare_with_plans(work, totals, issues)
    _note_older(session, kept, issues)
    kept.options = {**kept.options, NEWER_FILE: newer.isoformat() if newer else ""}
    kept.issues = issues.as_json()
    kept.state = ImportState.READY


def _note_older(session: Session, kept: FundingImport, issues: Issues) -> None:
    """Note which rows would go back in time."""
    issues.drop(Kind.OLDER)
    told = list(older_rows(session, kept, limit=OLDER_TOLD)) if kept.counts["older"] else []
    for place, one in enumerate(told):
        days = " < ".join(day.isoformat() if day else "?" for day in one.days)
        amounts = " ≠ ".join("?" if amount is None else f"{amount:,}" for amount in one.amounts)
        count = kept.counts["older"] - len(told) + 1 if place == 0 else 1
        issues.add(Kind.OLDER, one.row, one.name, f"{days}; {amounts}", count=count)


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
