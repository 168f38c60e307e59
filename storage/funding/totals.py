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

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.base import Cents
from storage.funding.kept_sums import DIMENSIONS, INCOMING, KeptSum
from storage.funding.model import Flow, FlowStatus, Level, OnBoundary, PlanRequirement, held_at

ZERO = Decimal("0.00")


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
    `median_lag_days` is the lower median over the counted flows that have both dates, where it was asked for.
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


def within(scope: Scope, table: type[Flow | PlanRequirement | KeptSum] = Flow) -> list[ColumnElement[bool]]:
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
    """Incoming money by group, most funding first. Withdrawn flows are left out.

    As things stand now, donors, agencies and clusters come from the sums that are kept, without their median lag.
    """
    is_kept = at is None and by.value in DIMENSIONS
    columns = (GROUPED_BY[by],)
    found = _kept(session, mission_id, by, scope) if is_kept else _grouped(session, mission_id, columns, scope, at)
    return sorted(found.values(), key=lambda one: (-one.funding, one.name))


def total(session: Session, mission_id: str, scope: Scope = ALL, *, at: datetime | None = None) -> Sum:
    """Incoming money of a whole scope: the country total, when the scope is a country."""
    return next(iter(_grouped(session, mission_id, (), scope, at).values()))


Group = tuple[Any, ...]
Columns = tuple[InstrumentedAttribute[Any], ...]
# What the money of a group is divided by, in the order of the index: one pass over it gives sums and lags.
_DIVIDED = (Flow.is_counted, Flow.on_boundary, Flow.status, Flow.lag_days)
_ORDER: Columns = (Flow.country, Flow.year, Flow.plan_key)
_MEASURED = (func.sum(Flow.amount_usd), func.count(), func.max(Flow.updated_on))


def _grouped(
    session: Session, mission_id: str, columns: Columns, scope: Scope, at: datetime | None
) -> dict[Group, Sum]:
    # Whatever the index is ordered by is divided finer than asked for, and put together here.
    finer = _ORDER if set(columns) <= set(_ORDER) else columns
    query = (
        select(*finer, *_DIVIDED, *_MEASURED)
        .where(Flow.mission_id == mission_id, held_at(Flow, at), INCOMING, ~Flow.is_withdrawn, *within(scope))
        .group_by(*finer, *_DIVIDED)
    )
    places = [finer.index(column) for column in columns]
    found: dict[Group, _Gathered] = {} if columns else {(): _Gathered()}
    for row in session.execute(query):
        group = tuple(row[place] for place in places)
        if group not in found:
            found[group] = _Gathered()
        found[group].add(*row[len(finer) :])
    return {group: gathered.as_sum(group) for group, gathered in found.items()}


def _kept(session: Session, mission_id: str, by: By, scope: Scope) -> dict[Group, Sum]:
    alike = (KeptSum.name, KeptSum.is_counted, KeptSum.on_boundary, KeptSum.status)
    added = (func.sum(KeptSum.amount_usd), func.sum(KeptSum.flows), func.max(KeptSum.updated_on))
    query = select(*alike, *added).where(KeptSum.mission_id == mission_id, KeptSum.grouped_by == by.value)
    query = query.where(*within(scope, KeptSum)).group_by(*alike)
    found: dict[Group, _Gathered] = {}
    for name, is_counted, on_boundary, status, amount, count, updated in session.execute(query):
        group = found.setdefault((name,), _Gathered())
        group.add(is_counted, on_boundary, status, None, amount, int(count), updated)
    return {group: gathered.as_sum(group) for group, gathered in found.items()}


class _Gathered:
    """Adds up the parts of one group."""

    def __init__(self) -> None:
        self.paid = self.commitment = self.pledged = self.shared = ZERO
        self.counted = self.flows = 0
        self.lags: dict[int, int] = {}
        self.updated: date | None = None

    def add(
        self,
        is_counted: bool,
        on_boundary: str,
        status: str,
        lag: int | None,
        amount: Decimal,
        count: int,
        updated: date | None,
    ) -> None:
        """One part: flows of the same kind and reporting lag."""
        self.flows += count
        if updated is not None and (self.updated is None or updated > self.updated):
            self.updated = updated
        if on_boundary == OnBoundary.SHARED:
            self.shared += amount
        elif status == FlowStatus.PLEDGE:
            self.pledged += amount
        if not is_counted:
            return
        self.counted += count
        if status == FlowStatus.PAID:
            self.paid += amount
        else:
            self.commitment += amount
        if lag is not None:
            self.lags[lag] = self.lags.get(lag, 0) + count

    def as_sum(self, group: Group) -> Sum:
        """The group as readers get it."""
        return Sum(
            name="" if not group or group[-1] is None else str(group[-1]),
            paid=self.paid,
            commitment=self.commitment,
            pledged=self.pledged,
            shared=self.shared,
            counted_flows=self.counted,
            flows=self.flows,
            median_lag_days=lower_median(self.lags.items()) if self.lags else None,
            updated_on=self.updated,
        )


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
    names = _names_in_flows(session, mission_id, by_flows.keys() - published.keys(), at)
    return sorted((_line(key, published.get(key), by_flows.get(key), names) for key in keys), key=_order)


def _line(key: Group, row: PlanRequirement | None, flows: Sum | None, names: dict[str, tuple[str, str]]) -> PlanLine:
    country, year, plan_key = key
    name, code = (row.plan_name, row.plan_code) if row else names.get(plan_key, ("", ""))
    return PlanLine(country, year, plan_key, name if plan_key else "", code, row, flows or Sum(plan_key))


def _order(line: PlanLine) -> tuple[Any, ...]:
    biggest = (-(line.requirement or ZERO), -line.funding, line.name)
    return (line.country, -(line.year or 0), not line.plan_key, *biggest)


def _names_in_flows(
    session: Session, mission_id: str, groups: Iterable[Group], at: datetime | None
) -> dict[str, tuple[str, str]]:
    """Name and code of plans that only flows name, of any one flow each: few are asked for, each from the index."""
    names: dict[str, tuple[str, str]] = {}
    for country, year, plan_key in groups:
        one = Scope(country, year, plan_key)
        query = select(Flow.dest_plan, Flow.dest_plan_code).where(
            Flow.mission_id == mission_id, held_at(Flow, at), INCOMING, ~Flow.is_withdrawn, *within(one)
        )
        row = session.execute(query.limit(1)).first() if plan_key else None
        if row is not None:
            names[plan_key] = (row.dest_plan, row.dest_plan_code)
    return names


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
