"""Funding as OCHA's Financial Tracking Service (FTS) publishes it: flows and requirements, each with its history.

Rows are versions and never change: a newer import ends the version it replaces (`valid_to`) and adds its own. What
holds now is `is_current`; what held at a past moment lies between `valid_from` and `valid_to`. A row with neither waits
for its import to be confirmed. `ended_by` is the import that ended a version.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, SQLColumnExpression, String, Text, and_, or_, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Cents, ExactDecimal, OfMission
from storage.upsert import find_or_make

NOT_SPECIFIED = ""


class Boundary(StrEnum):
    """How a flow lies to the country: money that arrives, that moves inside, that leaves."""

    INCOMING = "incoming"
    INTERNAL = "internal"
    OUTGOING = "outgoing"


class OnBoundary(StrEnum):
    """Whether a flow is wholly for this country and year, or shared with others (and then counted nowhere)."""

    SINGLE = "single"
    SHARED = "shared"


class FlowStatus(StrEnum):
    """How firm a contribution is. Pledges are recorded and not counted."""

    PAID = "paid"
    COMMITMENT = "commitment"
    PLEDGE = "pledge"


class Level(StrEnum):
    """What a published requirement is for: a whole plan, or a part of it: a cluster, a global cluster, a location.

    The parts of each level are the same money divided anew: levels are never added to each other. `covid` is the part
    of a plan that was for COVID-19; `emergency` is a plan of an emergency in several countries (`country` is "",
    `cluster_code` the emergency's id), which belongs to none of them alone.
    """

    PLAN = "plan"
    CLUSTER = "cluster"
    GLOBAL_CLUSTER = "global_cluster"
    LOCATION = "location"
    COVID = "covid"
    EMERGENCY = "emergency"


class Flow(Base):
    """One version of one flow: the 37 columns FTS publishes, and what follows from them.

    `country` (ISO 3166 alpha-3) is the country of the file, for which `boundary` holds; a flow is known by country,
    boundary and `fts_id`. Texts are as published, lists joined by commas; empty is "". `year` is the usage year in the
    country, None where several. `plan_key` names the plan ("" is "Not specified"), `cluster` the one global cluster
    ("" is "Not specified", SHARED_CLUSTERS where several). `is_counted`: incoming, single, paid or commitment, and not
    withdrawn. `lag_days` is the time from decision to first report, negative where the report came first.
    """

    __tablename__ = "funding_flows"
    kept = "one version of each published flow: what was true when must stay readable"
    __table_args__ = (
        Index(
            "uq_funding_flows_current",
            "mission_id",
            "country",
            "boundary",
            "fts_id",
            unique=True,
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
        Index(
            "ix_funding_flows_totals",
            "mission_id",
            "country",
            "year",
            "plan_key",
            "is_counted",
            "on_boundary",
            "status",
            "lag_days",
            "amount_usd",
            "updated_on",
            # The rest only lets the index answer alone.
            "is_current",
            "is_withdrawn",
            "boundary",
            sqlite_where=text("is_current = 1 AND is_withdrawn = 0 AND boundary = 'incoming'"),
            postgresql_where=text("is_current AND NOT is_withdrawn AND boundary = 'incoming'"),
        ),
        Index("ix_funding_flows_import_id", "import_id", "boundary", "fts_id"),
        Index(
            "ix_funding_flows_ended",
            "mission_id",
            "fts_id",
            sqlite_where=text("valid_to IS NOT NULL"),
            postgresql_where=text("valid_to IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"))
    import_id: Mapped[int] = mapped_column(ForeignKey("funding_imports.id"))
    row_number: Mapped[int] = mapped_column(default=0)
    is_current: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    ended_by: Mapped[int | None]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    fingerprint: Mapped[str] = mapped_column(String(32))

    fts_id: Mapped[str] = mapped_column(String(32))
    country: Mapped[str] = mapped_column(String(3))
    year: Mapped[int | None]
    plan_key: Mapped[str] = mapped_column(String(64), default=NOT_SPECIFIED)
    cluster: Mapped[str] = mapped_column(Text, default=NOT_SPECIFIED)
    is_counted: Mapped[bool] = mapped_column(default=False)
    lag_days: Mapped[int | None]

    flow_date: Mapped[date | None] = mapped_column(Date)
    budget_year: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    amount_usd: Mapped[Decimal] = mapped_column(Cents)
    src_organization: Mapped[str] = mapped_column(Text, default="")
    src_organization_types: Mapped[str] = mapped_column(Text, default="")
    src_locations: Mapped[str] = mapped_column(Text, default="")
    src_usage_year_start: Mapped[int | None]
    src_usage_year_end: Mapped[int | None]
    dest_plan: Mapped[str] = mapped_column(Text, default="")
    dest_plan_code: Mapped[str] = mapped_column(Text, default="")
    dest_plan_id: Mapped[str] = mapped_column(Text, default="")
    dest_organization: Mapped[str] = mapped_column(Text, default="")
    dest_organization_types: Mapped[str] = mapped_column(Text, default="")
    dest_global_clusters: Mapped[str] = mapped_column(Text, default="")
    dest_locations: Mapped[str] = mapped_column(Text, default="")
    dest_project: Mapped[str] = mapped_column(Text, default="")
    dest_project_code: Mapped[str] = mapped_column(Text, default="")
    dest_emergency: Mapped[str] = mapped_column(Text, default="")
    dest_usage_year_start: Mapped[int | None]
    dest_usage_year_end: Mapped[int | None]
    contribution_type: Mapped[str] = mapped_column(Text, default="")
    flow_type: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    boundary: Mapped[str] = mapped_column(String(16))
    on_boundary: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    first_reported_date: Mapped[date | None] = mapped_column(Date)
    decision_date: Mapped[date | None] = mapped_column(Date)
    keywords: Mapped[str] = mapped_column(Text, default="")
    original_amount: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    original_currency: Mapped[str] = mapped_column(Text, default="")
    exchange_rate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    ref_code: Mapped[str] = mapped_column(Text, default="")
    created_on: Mapped[date | None] = mapped_column(Date)
    updated_on: Mapped[date | None] = mapped_column(Date)


class PlanRequirement(OfMission, Base):
    """One version of what FTS publishes for a plan, a cluster or a global cluster of it, in one country and year.

    `requirements` is None where FTS gives none, which is not zero. `plan_key` is "" for the row "Not specified" (money
    for no plan). `cluster` and `cluster_code` are "" at plan level; at the other levels the rows "Not specified" and
    "Multiple clusters/sectors (shared)" keep their names and have no code. `percent` is FTS's own coverage, as
    published. `as_of` is the day of the source; `source` names its layout.
    """

    __tablename__ = "funding_requirements"
    kept = "one version of each published figure: what was true when must stay readable"
    __table_args__ = (
        Index(
            "uq_funding_requirements_current",
            "mission_id",
            "country",
            "plan_key",
            "year",
            "level",
            "cluster_code",
            "cluster",
            unique=True,
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
        # The key too: what an import brings is looked for by it, once for each current figure.
        Index(
            "ix_funding_requirements_import_id",
            "import_id",
            "country",
            "year",
            "plan_key",
            "level",
            "cluster_code",
            "cluster",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("funding_imports.id"))
    row_number: Mapped[int] = mapped_column(default=0)
    is_current: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    ended_by: Mapped[int | None]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    fingerprint: Mapped[str] = mapped_column(String(32))

    country: Mapped[str] = mapped_column(String(3))
    level: Mapped[str] = mapped_column(String(16))
    plan_key: Mapped[str] = mapped_column(String(64), default=NOT_SPECIFIED)
    plan_id: Mapped[str] = mapped_column(Text, default="")
    plan_code: Mapped[str] = mapped_column(Text, default="")
    plan_name: Mapped[str] = mapped_column(Text, default="")
    plan_type: Mapped[str] = mapped_column(Text, default="")
    start_date: Mapped[date | None] = mapped_column(Date)
    end_date: Mapped[date | None] = mapped_column(Date)
    year: Mapped[int] = mapped_column(default=0)
    cluster_code: Mapped[str] = mapped_column(Text, default="")
    cluster: Mapped[str] = mapped_column(Text, default="")
    requirements: Mapped[Decimal | None] = mapped_column(Cents)
    original_requirements: Mapped[Decimal | None] = mapped_column(Cents)
    prioritised_requirements: Mapped[Decimal | None] = mapped_column(Cents)
    funding: Mapped[Decimal | None] = mapped_column(Cents)
    percent: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(16), default="")
    as_of: Mapped[date] = mapped_column(Date)


class FundingSettings(Base):
    """How a mission looks at funding: its countries (ISO 3166 alpha-3), and when a figure counts as old.

    `version` grows with every change of the figures; whoever changes them holds this row until the end of their
    transaction, so that two imports never meet.
    """

    __tablename__ = "funding_settings"
    kept = "one row for each mission"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    countries: Mapped[list[str]] = mapped_column(default=list)
    stale_after_days: Mapped[int] = mapped_column(default=30)
    version: Mapped[int] = mapped_column(default=1)


def funding_settings(session: Session, mission_id: str) -> FundingSettings:
    """A mission's settings; the defaults, not stored, where it has none yet."""
    kept = session.get(FundingSettings, mission_id)
    return kept or FundingSettings(mission_id=mission_id, countries=[], stale_after_days=30, version=1)


def settings_to_change(session: Session, mission_id: str) -> FundingSettings:
    """A mission's settings, made where there are none, locked until the transaction ends."""
    find_or_make(session, FundingSettings, {"mission_id": mission_id})
    return session.get_one(FundingSettings, mission_id, with_for_update=True, populate_existing=True)


def held_at(table: type[Flow | PlanRequirement], at: datetime | None) -> SQLColumnExpression[bool]:
    """The versions that held at a moment; those that hold now, without one."""
    if at is None:
        return table.is_current
    return and_(table.valid_from <= at, or_(table.valid_to.is_(None), table.valid_to > at))


def get_flow(session: Session, mission_id: str, flow_id: int) -> Flow | None:
    """The version of a flow with this id, if it is of this mission and was ever confirmed."""
    flow = session.get(Flow, flow_id)
    return flow if flow is not None and flow.mission_id == mission_id and flow.valid_from is not None else None
