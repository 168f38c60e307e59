"""Figures of sources beside FTS: pooled funds, lists of projects of a fund, and the mission's own budget.

None of them is ever added to FTS's: what a pooled fund gives stands in FTS as well, and the mission's books are its
own. Rows are versions, as those of flows are (`storage.funding.model`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, SQLColumnExpression, String, Text, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Cents, ExactDecimal, OfMission
from storage.funding.imports import FundingImport
from storage.funding.model import Flow


class FigureKind(StrEnum):
    """What a row is. The values are kinds of imports too."""

    POOLED_CONTRIBUTIONS = "contributions"
    POOLED_PROJECTS = "allocations"
    FUND_PROJECTS = "fund_projects"
    MISSION_BUDGET = "mission_budget"


POOLED = (FigureKind.POOLED_CONTRIBUTIONS, FigureKind.POOLED_PROJECTS)
OWN = (FigureKind.FUND_PROJECTS, FigureKind.MISSION_BUDGET)


class SourceFigure(OfMission, Base):
    """One version of one row of a source, in US dollars.

    A row is known by `kind`, `fund`, `code`, `part` and `period`: the contribution or project of a pooled fund; a
    project of a fund and the organisation (`part`) that has a share of it; a line of the mission's budget in a period.
    `fund` is what the source is called (`CERF`, `CBPF Afghanistan`, a code of ours for the Peacebuilding Fund or a kind
    of budget), `label` the code as people know it, `party` the donor or the organisation that receives. `country` is ""
    where a row is for no single one.

    What the three amounts are depends on the kind; None is unknown, which is not zero.

    * `granted`: pledged to the fund; approved for the project or its part; allotted.
    * `committed`: committed to the fund; transferred to the organisation; obligated.
    * `spent`: received by the fund; expenditure.

    `share` is a part's percentage as the file has it. `decided_on` is the newest day of the row on which something was
    decided or paid.
    """

    __tablename__ = "funding_source_figures"
    kept = "one version of each figure: what was true when must stay readable"
    __table_args__ = (
        Index(
            "uq_funding_source_figures_current",
            "mission_id",
            "kind",
            "fund",
            "code",
            "part",
            "period",
            unique=True,
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
        # The key too: what an import brings is looked for by it, once for each current figure.
        Index("ix_funding_source_figures_import_id", "import_id", "kind", "fund", "code", "part", "period"),
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

    kind: Mapped[str] = mapped_column(String(16))
    fund: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(160))
    part: Mapped[str] = mapped_column(String(160), default="")
    period: Mapped[str] = mapped_column(String(40), default="")
    label: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text, default="")
    party: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(Text, default="")
    plan_code: Mapped[str] = mapped_column(Text, default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    year: Mapped[int | None]
    starts: Mapped[date | None] = mapped_column(Date)
    ends: Mapped[date | None] = mapped_column(Date)
    decided_on: Mapped[date | None] = mapped_column(Date)
    granted: Mapped[Decimal | None] = mapped_column(Cents)
    committed: Mapped[Decimal | None] = mapped_column(Cents)
    spent: Mapped[Decimal | None] = mapped_column(Cents)
    share: Mapped[Decimal | None] = mapped_column(ExactDecimal)


@dataclass(frozen=True, slots=True)
class FundTotal:
    """What a fund has in a year: rows and their amounts together, and the oldest day that their sources are of.

    Amounts are None where no row has one.
    """

    kind: str
    fund: str
    year: int | None
    rows: int
    granted: Decimal | None
    committed: Decimal | None
    spent: Decimal | None
    as_of: date | None


def figures_of(
    session: Session,
    mission_id: str,
    kinds: Collection[str],
    *,
    countries: Collection[str] | None = None,
    year: int | None = None,
) -> list[SourceFigure]:
    """Current figures of these kinds, newest year first, by fund and code; those of no country too."""
    query = select(SourceFigure).where(*_held(mission_id, kinds, countries))
    if year is not None:
        query = query.where(SourceFigure.year == year)
    one = SourceFigure
    order = (func.coalesce(one.year, 0).desc(), one.fund, one.period.desc(), one.code, one.part, one.id)
    return list(session.scalars(query.order_by(*order)))


def fund_totals(
    session: Session, mission_id: str, kinds: Collection[str], *, countries: Collection[str] | None = None
) -> list[FundTotal]:
    """Sums by fund and year, newest year first; `countries` as in `figures_of`."""
    one = SourceFigure
    columns = (one.kind, one.fund, one.year)
    sums = (func.sum(one.granted), func.sum(one.committed), func.sum(one.spent))
    query = select(*columns, func.count(), *sums, func.min(FundingImport.as_of))
    query = query.join(FundingImport, FundingImport.id == one.import_id)
    query = query.where(*_held(mission_id, kinds, countries)).group_by(*columns)
    order = (func.coalesce(one.year, 0).desc(), one.kind, one.fund)
    return [FundTotal(*row) for row in session.execute(query.order_by(*order))]


def newest_decision(session: Session, import_id: int, today: date) -> date | None:
    """The newest day on which something in a file that waits to be confirmed was decided, `today` at the latest."""
    one = SourceFigure
    query = select(func.max(one.decided_on)).where(one.import_id == import_id, one.valid_from.is_(None))
    return session.scalar(query.where(one.decided_on <= today))


def unobligated(session: Session, kept: FundingImport, today: date) -> list[tuple[int, str, Decimal]]:
    """Lines of a budget that waits to be confirmed whose period is over: row, title and what is not obligated."""
    one = SourceFigure
    if kept.kind != FigureKind.MISSION_BUDGET:
        return []
    query = select(one).where(one.import_id == kept.id, one.valid_from.is_(None), one.ends < today)
    lines = session.scalars(query.order_by(one.row_number))
    left = [(line, (line.granted or Decimal(0)) - (line.committed or Decimal(0))) for line in lines]
    return [(line.row_number, line.title, amount) for line, amount in left if amount > 0]


def _held(
    mission_id: str, kinds: Collection[str], countries: Collection[str] | None
) -> list[SQLColumnExpression[bool]]:
    one = SourceFigure
    wanted: list[SQLColumnExpression[bool]] = [
        one.mission_id == mission_id,
        one.is_current,
        ~one.is_withdrawn,
        one.kind.in_(kinds),
    ]
    return [*wanted, one.country.in_(("", *countries))] if countries is not None else wanted


def flows_of_pooled_funds(session: Session, mission_id: str) -> list[tuple[str, str, str, int | None, str]]:
    """Where FTS says which plan a pooled fund's money is for: code, description, country, year and key of the plan."""
    columns = (Flow.ref_code, Flow.description, Flow.country, Flow.year, Flow.plan_key)
    query = select(*columns).where(
        Flow.mission_id == mission_id,
        Flow.is_current,
        ~Flow.is_withdrawn,
        Flow.plan_key != "",
        Flow.src_organization_types.contains("ooled"),
    )
    return [(ref, told, country, year, plan) for ref, told, country, year, plan in session.execute(query.distinct())]
