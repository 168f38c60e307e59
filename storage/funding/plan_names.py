"""Plans by their names alone: FTS's website says neither the id nor the code of a plan."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.funding.model import Flow, Level, PlanRequirement

# As long as the key of a plan may be.
LONGEST_KEY = 64


def plans_by_name(session: Session, mission_id: str) -> dict[str, tuple[str, str]]:
    """Id and code of the plans on record by their names; without names that several plans have."""
    one = PlanRequirement
    asked = select(one.plan_name, one.plan_id, one.plan_code).where(
        one.mission_id == mission_id, one.is_current, one.level == Level.PLAN, one.plan_id != ""
    )
    found = select(Flow.dest_plan, Flow.dest_plan_id, Flow.dest_plan_code).where(
        Flow.mission_id == mission_id, Flow.is_current, Flow.dest_plan_id != ""
    )
    codes: dict[str, dict[str, str]] = {}
    for name, plan_id, code in (*session.execute(asked.distinct()), *session.execute(found.distinct())):
        ids = codes.setdefault(name, {})
        ids[plan_id] = ids.get(plan_id) or code
    return {name: next(iter(ids.items())) for name, ids in codes.items() if name and len(ids) == 1}


def ids_of_named_plans(session: Session, mission_id: str) -> dict[str, str]:
    """Keys of the plans that current flows know by name alone, and the ids that are on record for these names."""
    named = select(Flow.dest_plan).where(
        Flow.mission_id == mission_id,
        Flow.is_current,
        Flow.dest_plan_id == "",
        Flow.dest_plan_code == "",
        Flow.plan_key != "",
    )
    names = set(session.scalars(named.distinct()))
    if not names:
        return {}
    known = plans_by_name(session, mission_id)
    return {name[:LONGEST_KEY]: known[name][0] for name in sorted(names) if name in known}
