"""Figures of a fictional plan as an import leaves them: flows with versions, requirements of a plan and clusters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.kept_sums import renew_all
from storage.funding.model import Flow, Level, PlanRequirement

PLAN_KEY = "AFG:2035:77"
CLUSTERS = {"Health": ("4000000", "1000000"), "Protection": ("1000000", "1170000"), "Education": ("2000000", "0")}


def an_import(session: Session, mission_id: str, at: datetime, kind: ImportKind = ImportKind.FLOWS) -> FundingImport:
    """A file that was imported."""
    kept = FundingImport(
        mission_id=mission_id,
        kind=kind,
        file_name="flows.csv",
        file_hash="0" * 64,
        file_size=1,
        state=ImportState.DONE,
        scope={"countries": ["AFG"], "boundaries": ["incoming"]},
        as_of=at.date(),
        created_by="U1",
        created_at=at,
    )
    session.add(kept)
    session.flush()
    return kept


def a_flow(kept: FundingImport, fts_id: str, amount: str, at: datetime, **values: Any) -> Flow:
    """One incoming flow that counts, unless `values` say otherwise."""
    fixed: dict[str, Any] = {
        "mission_id": kept.mission_id,
        "import_id": kept.id,
        "is_current": True,
        "valid_from": at,
        "fingerprint": f"{fts_id} {amount}"[:32],
        "fts_id": fts_id,
        "country": "AFG",
        "dest_locations": "AFG",
        "year": 2035,
        "dest_usage_year_start": 2035,
        "dest_usage_year_end": 2035,
        "boundary": "incoming",
        "on_boundary": "single",
        "status": "paid",
        "is_counted": True,
        "amount_usd": Decimal(amount),
        "plan_key": "77",
        "dest_plan": "Upper Valley Response Plan",
        "dest_plan_code": "HUPV35",
        "dest_plan_id": "77",
        "src_organization": "Donor North",
        "dest_organization": "World Food Programme",
        "dest_global_clusters": "Health",
        "cluster": "Health",
        "flow_date": date(2035, 1, 10),
        "decision_date": date(2035, 1, 10),
        "first_reported_date": date(2035, 1, 31),
        "lag_days": 21,
        "updated_on": date(2035, 2, 1),
    }
    return Flow(**{**fixed, **values})


def publish(session: Session, mission_id: str, at: datetime) -> None:
    """A plan of three clusters with four flows: 2,170,000 of 7,000,000 funded, one pledge apart, one without a plan."""
    kept = an_import(session, mission_id, at)
    protection = {"cluster": "Protection", "dest_global_clusters": "Protection", "src_organization": "Donor South"}
    session.add_all(
        [
            a_flow(kept, "1", "1000000", at),
            a_flow(kept, "2", "1170000", at, status="commitment", **protection),
            a_flow(kept, "3", "50000", at, status="pledge", is_counted=False),
            a_flow(kept, "4", "30000", at, plan_key="", dest_plan="", dest_plan_code="", dest_plan_id="", cluster=""),
            a_flow(kept, "5", "900000", at, src_organization="Donor of old", year=2034, dest_usage_year_start=2034),
        ]
    )
    renew_all(session, mission_id)
    asked = an_import(session, mission_id, at, ImportKind.CLUSTERS)
    rows: list[tuple[Level, str, str, str | None]] = [(Level.PLAN, "", "7000000", "2170000")]
    rows += [(Level.CLUSTER, name, required, funded) for name, (required, funded) in CLUSTERS.items()]
    for number, (level, cluster, required, funded) in enumerate(rows):
        session.add(
            PlanRequirement(
                mission_id=mission_id,
                import_id=asked.id,
                is_current=True,
                valid_from=at,
                fingerprint=str(number),
                country="AFG",
                level=level,
                plan_key="77",
                plan_id="77",
                plan_code="HUPV35",
                plan_name="Upper Valley Response Plan",
                year=2035,
                start_date=date(2035, 1, 1),
                end_date=date(2035, 12, 31),
                cluster=cluster,
                cluster_code=str(5000 + number) if cluster else "",
                requirements=Decimal(required),
                funding=Decimal(funded) if funded else None,
                as_of=at.date(),
            )
        )
    session.flush()


def add_flow(session: Session, mission_id: str, at: datetime, fts_id: str, amount: str, **values: Any) -> None:
    """A later import brings one more flow, and FTS's sums move with it."""
    kept = an_import(session, mission_id, at)
    session.add(a_flow(kept, fts_id, amount, at, **values))
    renew_all(session, mission_id)
    for cluster in ("", str(values.get("cluster", "Health"))):
        query = select(PlanRequirement).where(
            PlanRequirement.mission_id == mission_id,
            PlanRequirement.is_current,
            PlanRequirement.cluster == cluster,
        )
        row = session.scalars(query).one()
        session.execute(
            update(PlanRequirement)
            .where(PlanRequirement.id == row.id)
            .values(funding=(row.funding or Decimal(0)) + Decimal(amount), as_of=at.date())
        )
    session.flush()
