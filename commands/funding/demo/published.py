"""The demo's published figures: a fictional plan with clusters and flows, a week of change, and a summary of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select

from commands.funding.handlers.picture import read_picture
from commands.funding.handlers.summarising import set_next
from commands.funding.rules.changes import snapshot_of
from commands.kit.demo import DemoWorkspace
from commands.kit.work import Work
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.kept_sums import renew_all
from storage.funding.model import Flow, Level, PlanRequirement
from storage.funding.summaries import FundingSummary, SummaryPlan

# A code that ISO 3166 leaves to its users, for a country that there is not.
COUNTRY, PLAN_ID, PLAN_CODE = "XVA", "9001", "HUPV"
PLAN = "Upper Valley Humanitarian Response Plan"
LAST_IMPORT, NEW_IMPORT = timedelta(days=8), timedelta(hours=20)
# Cluster and what it requires, in thousands of US dollars.
REQUIRED = {
    "Food Security": 182_400,
    "Health": 74_250,
    "Protection": 38_900,
    "Education": 41_600,
    "Nutrition": 56_300,
    "Water Sanitation Hygiene": 63_750,
    "Emergency Shelter and NFI": 47_100,
    "Logistics": 12_800,
    "Coordination and support services": 9_600,
}


@dataclass(frozen=True, slots=True)
class DemoFlow:
    """One flow: thousands of US dollars, how firm, days since the decision, days until it was reported."""

    donor: str
    recipient: str
    cluster: str
    thousands: int
    status: str = "paid"
    decided: int = 90
    lag: int = 21


WFP, UNICEF, WHO, UNHCR, IOM = (
    "World Food Programme",
    "United Nations Children's Fund",
    "World Health Organization",
    "United Nations High Commissioner for Refugees",
    "International Organization for Migration",
)
NORTH, ISLES, COAST = "Northland, Government of", "Western Isles, Government of", "Amber Coast, Government of"
POOL = "Upper Valley Humanitarian Fund"
FIRST = (
    DemoFlow(NORTH, WFP, "Food Security", 41_250),
    DemoFlow(ISLES, WFP, "Food Security", 18_700, "commitment", 60, 12),
    DemoFlow(COAST, WHO, "Health", 9_120, lag=35),
    DemoFlow(NORTH, UNICEF, "Education", 6_400, decided=120, lag=9),
    DemoFlow(POOL, UNICEF, "Nutrition", 11_350, lag=14),
    DemoFlow(ISLES, UNHCR, "Protection", 43_275, decided=75, lag=28),
    DemoFlow(COAST, IOM, "Emergency Shelter and NFI", 8_800, "commitment", 40, 30),
    DemoFlow(POOL, WFP, "Logistics", 7_640, lag=5),
    DemoFlow(NORTH, UNICEF, "Water Sanitation Hygiene", 15_980, decided=100, lag=62),
    DemoFlow(NORTH, WHO, "Health", 5_000, "pledge", 20, 6),
)
NEW = (
    DemoFlow(COAST, WFP, "Food Security", 12_500, "commitment", 12, 4),
    DemoFlow(POOL, WHO, "Health", 3_275, decided=9, lag=3),
)
BEFORE = (DemoFlow("Southern Federation, Government of", WFP, "Food Security", 22_000, decided=460),)


def enter_published_figures(work: Work, place: DemoWorkspace, owner: str) -> None:
    """Two imports with a week between them, and the weekly summary of one owner."""
    session, now = work.session, work.now
    year = now.astimezone(work.zone).year
    first = _import(work, now - LAST_IMPORT)
    _flows(work, first, FIRST, now - LAST_IMPORT, year, start=1)
    _flows(work, first, BEFORE, now - LAST_IMPORT, year - 1, start=900, plan="9000")
    _requirements(work, first, FIRST, now - LAST_IMPORT, year)
    plan = _summary_plan(work, place, owner)
    # What was sent a week ago, before the newest import: the next summary has something to explain.
    week_ago = now - timedelta(days=7)
    content = {"figures": snapshot_of(read_picture(work)), "changed": True}
    session.add(
        FundingSummary(mission_id=work.mission.id, plan_id=plan.id, slot=week_ago, sent_at=week_ago, content=content)
    )
    second = _import(work, now - NEW_IMPORT)
    _end_old(work, now - NEW_IMPORT)
    _flows(work, second, NEW, now - NEW_IMPORT, year, start=20)
    _requirements(work, second, FIRST + NEW, now - NEW_IMPORT, year)


def _import(work: Work, at: datetime) -> FundingImport:
    kept = FundingImport(
        mission_id=work.mission.id,
        kind=ImportKind.FLOWS,
        layout="csv",
        file_name="fts_incoming_funding.csv",
        file_hash="0" * 64,
        file_size=1,
        state=ImportState.DONE,
        scope={"countries": [COUNTRY], "boundaries": ["incoming"]},
        as_of=at.date(),
        created_by=work.actor,
        created_at=at,
        decided_at=at,
    )
    work.session.add(kept)
    work.session.flush()
    return kept


def _flows(
    work: Work,
    kept: FundingImport,
    given: tuple[DemoFlow, ...],
    at: datetime,
    year: int,
    *,
    start: int,
    plan: str = PLAN_ID,
) -> None:
    work.session.add_all(_flow(kept, one, at, year, number, plan) for number, one in enumerate(given, start))
    renew_all(work.session, work.mission.id)


def _flow(kept: FundingImport, one: DemoFlow, at: datetime, year: int, number: int, plan_id: str) -> Flow:
    decided = at.date() - timedelta(days=one.decided)
    return Flow(
        mission_id=kept.mission_id,
        import_id=kept.id,
        row_number=number + 1,
        is_current=True,
        valid_from=at,
        fingerprint=f"demo-{number}",
        fts_id=str(340_000 + number),
        country=COUNTRY,
        year=year,
        plan_key=plan_id,
        cluster=one.cluster,
        is_counted=one.status != "pledge",
        lag_days=one.lag,
        flow_date=decided,
        description=f"Contribution to {one.cluster.lower()} in the Upper Valley",
        amount_usd=Decimal(one.thousands * 1000),
        src_organization=one.donor,
        src_organization_types="Pooled fund" if one.donor == POOL else "Government",
        dest_plan=f"{PLAN} {year}",
        dest_plan_code=f"{PLAN_CODE}{year % 100}",
        dest_plan_id=plan_id,
        dest_organization=one.recipient,
        dest_organization_types="UN agency",
        dest_global_clusters=one.cluster,
        dest_locations=COUNTRY,
        dest_usage_year_start=year,
        dest_usage_year_end=year,
        contribution_type="financial",
        flow_type="Standard",
        boundary="incoming",
        on_boundary="single",
        status=one.status,
        first_reported_date=decided + timedelta(days=one.lag),
        decision_date=decided,
        updated_on=at.date(),
    )


def _requirements(
    work: Work,
    kept: FundingImport,
    given: tuple[DemoFlow, ...],
    at: datetime,
    year: int,
) -> None:
    funded = {
        name: sum(one.thousands for one in given if one.cluster == name and one.status != "pledge") for name in REQUIRED
    }
    rows = [(Level.PLAN, "", sum(REQUIRED.values()), sum(funded.values()))]
    rows += [(Level.CLUSTER, name, required, funded[name]) for name, required in REQUIRED.items()]
    for number, (level, cluster, required, money) in enumerate(rows):
        row = PlanRequirement(
            mission_id=work.mission.id,
            import_id=kept.id,
            row_number=number + 1,
            is_current=True,
            valid_from=at,
            fingerprint=f"demo-{number}",
            country=COUNTRY,
            level=level,
            plan_key=PLAN_ID,
            plan_id=PLAN_ID,
            plan_code=f"{PLAN_CODE}{year % 100}",
            plan_name=f"{PLAN} {year}",
            plan_type="Humanitarian response plan",
            start_date=date(year, 1, 1),
            end_date=date(year, 12, 31),
            year=year,
            cluster=cluster,
            cluster_code=str(5000 + number) if cluster else "",
            requirements=Decimal(required * 1000),
            funding=Decimal(money * 1000),
            source="csv",
            as_of=at.date(),
        )
        work.session.add(row)
    work.session.flush()


def _end_old(work: Work, at: datetime) -> None:
    current = select(PlanRequirement).where(PlanRequirement.mission_id == work.mission.id, PlanRequirement.is_current)
    for row in work.session.scalars(current):
        row.is_current, row.valid_to = False, at
    work.session.flush()


def _summary_plan(work: Work, place: DemoWorkspace, owner: str) -> SummaryPlan:
    plan = SummaryPlan(
        mission_id=work.mission.id,
        title="Weekly funding summary",
        weekdays=[(work.now.astimezone(work.zone).weekday() + 1) % 7],
        at=time(8),
        zone=work.mission.zone,
        scope=[],
        channels=[place.channels["cabinet-office"], place.channels["cabinet"]],
        created_by=owner,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(plan)
    work.session.flush()
    set_next(work, plan)
    return plan
