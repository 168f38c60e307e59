"""Figures of funding: sums of flows by plan, donor, agency and cluster, and published requirements.

Every function takes `at`: the figures as they stood at that moment; without it, as they stand now. Amounts are US
dollars, exact to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.base import Cents
from storage.funding import Boundary, Flow, FlowStatus, Level, OnBoundary, PlanRequirement, held_at

ZERO = Decimal("0.00")
COUNTED_STATUSES = (FlowStatus.PAID, FlowStatus.COMMITMENT)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which flows or requirements: those of a country, a usage year, a plan; None means any.

    `plan_key` "" is money for no plan; None is any plan.
    """

    country: str | None = None
    year: int | None = None
    plan_key: str | None = None


ALL = Scope()


class By(StrEnum):
    """What incoming money is grouped by."""

    PLAN = "plan"
    DONOR = "donor"
    AGENCY = "agency"
    CLUSTER = "cluster"
    YEAR = "year"
    COUNTRY = "country"


GROUPED_BY: dict[By, InstrumentedAttribute[Any]] = {
    By.PLAN: Flow.plan_key,
    By.DONOR: Flow.src_organization,
    By.AGENCY: Flow.dest_organization,
    By.CLUSTER: Flow.cluster,
    By.YEAR: Flow.year,
    By.COUNTRY: Flow.country,
}


@dataclass(frozen=True, slots=True)
class Sum:
    """Incoming flows of one group. `name` is "" for "Not specified".

    `pledged` is recorded and in no total; `shared` lies across this country or year and others, and is in no total.
    `median_lag_days` is the lower median over the counted flows that have both dates.
    """

    name: str
    paid: Decimal = ZERO
    commitment: Decimal = ZERO
    pledged: Decimal = ZERO
    shared: Decimal = ZERO
    counted_flows: int = 0
    flows: int = 0
    median_lag_days: int | None = None
    updated_on: date | None = None

    @property
    def funding(self) -> Decimal:
        """Paid and committed: what FTS counts."""
        return self.paid + self.commitment


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a country and year: what it asks as published, and what its flows sum up to.

    `published` is None where only flows name it; `year` is None for flows that name no single one.
    """

    country: str
    year: int | None
    plan_key: str
    name: str
    code: str
    published: PlanRequirement | None
    flows: Sum

    @property
    def requirement(self) -> Decimal | None:
        """What the plan asks; None where nothing is published, which is not zero."""
        return self.published.requirements if self.published else None

    @property
    def funding(self) -> Decimal:
        """What FTS publishes as the plan's funding; the sum of its flows where it publishes none."""
        if self.published is not None and self.published.funding is not None:
            return self.published.funding
        return self.flows.funding


def within(scope: Scope, table: type[Flow | PlanRequirement] = Flow) -> list[ColumnElement[bool]]:
    """A scope as conditions."""
    wanted: list[ColumnElement[bool]] = []
    if scope.country is not None:
        wanted.append(table.country == scope.country)
    if scope.year is not None:
        wanted.append(table.year == scope.year)
    if scope.plan_key is not None:
        wanted.append(table.plan_key == scope.plan_key)
    return wanted


def sums(session: Session, mission_id: str, by: By, scope: Scope = ALL, *, at: datetime | None = None) -> list[Sum]:
    """Incoming money by group, most funding first. Withdrawn flows are left out."""
    found = _grouped(session, mission_id, (GROUPED_BY[by],), scope, at)
    return sorted(found.values(), key=lambda one: (-one.funding, one.name))


def total(session: Session, mission_id: str, scope: Scope = ALL, *, at: datetime | None = None) -> Sum:
    """Incoming money of a whole scope: the country total, when the scope is a country."""
    return next(iter(_grouped(session, mission_id, (), scope, at).values()))


Group = tuple[Any, ...]
Columns = tuple[InstrumentedAttribute[Any], ...]


def _grouped(
    session: Session, mission_id: str, columns: Columns, scope: Scope, at: datetime | None
) -> dict[Group, Sum]:
    lags = _median_lags(session, mission_id, columns, scope, at)
    query = _incoming(mission_id, scope, at, *columns, *_SUMS).group_by(*columns)
    width = len(columns)
    return {(group := tuple(row[:width])): _sum_of(group, row, lags.get(group)) for row in session.execute(query)}


def _amount(condition: ColumnElement[bool]) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(case((condition, Flow.amount_usd), else_=literal(ZERO, Cents))), literal(ZERO, Cents))


_SINGLE = Flow.on_boundary == OnBoundary.SINGLE
_SUMS = (
    _amount(and_(Flow.is_counted, Flow.status == FlowStatus.PAID)).label("paid"),
    _amount(and_(Flow.is_counted, Flow.status == FlowStatus.COMMITMENT)).label("commitment"),
    _amount(and_(_SINGLE, Flow.status == FlowStatus.PLEDGE)).label("pledged"),
    _amount(~_SINGLE).label("shared"),
    func.coalesce(func.sum(case((Flow.is_counted, 1), else_=0)), 0).label("counted_flows"),
    func.count().label("flows"),
    func.max(Flow.updated_on).label("updated_on"),
)


def _incoming(mission_id: str, scope: Scope, at: datetime | None, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        Flow.mission_id == mission_id,
        held_at(Flow, at),
        Flow.boundary == Boundary.INCOMING,
        ~Flow.is_withdrawn,
        *within(scope),
    )


def _sum_of(group: Group, row: Any, lag: int | None) -> Sum:
    return Sum(
        name="" if not group or group[-1] is None else str(group[-1]),
        paid=row.paid,
        commitment=row.commitment,
        pledged=row.pledged,
        shared=row.shared,
        counted_flows=int(row.counted_flows),
        flows=row.flows,
        median_lag_days=lag,
        updated_on=row.updated_on,
    )


def _median_lags(
    session: Session, mission_id: str, columns: Columns, scope: Scope, at: datetime | None
) -> dict[Group, int]:
    query = _incoming(mission_id, scope, at, *columns, Flow.lag_days, func.count())
    query = query.where(Flow.is_counted, Flow.lag_days.is_not(None)).group_by(*columns, Flow.lag_days)
    found: dict[Group, list[tuple[int, int]]] = {}
    for *group, lag, count in session.execute(query):
        found.setdefault(tuple(group), []).append((lag, count))
    return {group: lower_median(counts) for group, counts in found.items()}


def lower_median(counts: Iterable[tuple[int, int]]) -> int:
    """The median of values given with how often each occurs; the lower of the two in the middle."""
    ordered = sorted(counts)
    middle = (sum(count for _value, count in ordered) + 1) // 2
    for value, count in ordered:
        middle -= count
        if middle <= 0:
            return value
    raise ValueError("no values")


def plan_lines(session: Session, mission_id: str, scope: Scope = ALL, *, at: datetime | None = None) -> list[PlanLine]:
    """Every plan of a scope by country and year, newest year first, within it the largest requirement first.

    "Not specified" (`plan_key` "") comes last. Flows shared with other years or countries make no line.
    """
    by_flows = _grouped(session, mission_id, (Flow.country, Flow.year, Flow.plan_key), scope, at)
    by_flows = {group: one for group, one in by_flows.items() if one.counted_flows or one.pledged}
    published = {
        (one.country, one.year, one.plan_key): one
        for one in requirements(session, mission_id, Level.PLAN, scope, at=at)
    }
    keys: set[Group] = {*by_flows, *published}
    names = _names_in_flows(session, mission_id, {key[2] for key in by_flows.keys() - published.keys()}, at)
    return sorted((_line(key, published.get(key), by_flows.get(key), names) for key in keys), key=_order)


def _line(key: Group, row: PlanRequirement | None, flows: Sum | None, names: dict[str, tuple[str, str]]) -> PlanLine:
    country, year, plan_key = key
    name, code = (row.plan_name, row.plan_code) if row else names.get(plan_key, ("", ""))
    return PlanLine(country, year, plan_key, name if plan_key else "", code, row, flows or Sum(plan_key))


def _order(line: PlanLine) -> tuple[Any, ...]:
    biggest = (-(line.requirement or ZERO), -line.funding, line.name)
    return (line.country, -(line.year or 0), not line.plan_key, *biggest)


def _names_in_flows(
    session: Session, mission_id: str, keys: Iterable[str], at: datetime | None
) -> dict[str, tuple[str, str]]:
    query = select(Flow.plan_key, func.max(Flow.dest_plan), func.max(Flow.dest_plan_code)).where(
        Flow.mission_id == mission_id, held_at(Flow, at), Flow.plan_key.in_(list(keys))
    )
    return {key: (name, code) for key, name, code in session.execute(query.group_by(Flow.plan_key))}


def requirements(
    session: Session, mission_id: str, level: Level, scope: Scope = ALL, *, at: datetime | None = None
) -> list[PlanRequirement]:
    """Published requirements of one level, largest first; withdrawn ones are left out."""
    query = select(PlanRequirement).where(
        PlanRequirement.mission_id == mission_id,
        PlanRequirement.level == level,
        held_at(PlanRequirement, at),
        ~PlanRequirement.is_withdrawn,
        *within(scope, PlanRequirement),
    )
    order = (func.coalesce(PlanRequirement.requirements, literal(ZERO, Cents)).desc(), PlanRequirement.id)
    return list(session.scalars(query.order_by(*order)))
