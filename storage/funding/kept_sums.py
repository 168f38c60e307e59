"""Sums of incoming flows that are kept: by donor, agency and cluster a million flows take too long to add up each time.

They hold what holds now; a question about an earlier moment adds up the flows themselves. Whoever changes flows renews
them in the same transaction, for the countries and years it touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Cents
from storage.funding.model import Boundary, Flow

Place = tuple[str, int | None]
# What is kept: the word for it in the table, and the column of the flows.
DIMENSIONS = {"donor": Flow.src_organization, "agency": Flow.dest_organization, "cluster": Flow.cluster}
# Said out, not bound: only then does SQLite see that the index of counted money fits.
INCOMING = Flow.boundary == literal_column(f"'{Boundary.INCOMING.value}'")


class KeptSum(Base):
    """The incoming flows of one donor, agency or cluster that are alike in all that a total depends on.

    `grouped_by` says which of the three `name` is; `year` is None for flows over several years. `flows` is how many
    they are, `updated_on` when the newest of them changed at FTS.
    """

    __tablename__ = "funding_sums"
    kept = "as long as the flows that it adds up hold; each import replaces those of its countries and years"
    __table_args__ = (Index("ix_funding_sums_group", "mission_id", "grouped_by", "country", "year", "plan_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"))
    grouped_by: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(3))
    year: Mapped[int | None]
    plan_key: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    on_boundary: Mapped[str] = mapped_column(String(16))
    is_counted: Mapped[bool]
    amount_usd: Mapped[Decimal] = mapped_column(Cents)
    flows: Mapped[int]
    updated_on: Mapped[date | None] = mapped_column(Date)


def places_of_import(session: Session, mission_id: str, import_id: int) -> set[Place]:
    """Countries and years of the flows that an import brought, ended or withdrew; the same for taking it back."""
    places = select(Flow.country, Flow.year).where(Flow.mission_id == mission_id).distinct()
    # Apart, as each has an index of its own.
    brought, ended = Flow.import_id == import_id, and_(Flow.ended_by == import_id, Flow.valid_to.is_not(None))
    return {(country, year) for one in (brought, ended) for country, year in session.execute(places.where(one))}


def places_of_plans(session: Session, mission_id: str, keys: Collection[str]) -> set[Place]:
    """Countries and years of the flows that hold now and are for these plans."""
    wanted = (Flow.mission_id == mission_id, Flow.is_current, Flow.plan_key.in_(keys))
    places = select(Flow.country, Flow.year).where(*wanted).distinct()
    return {(country, year) for country, year in session.execute(places)}


def renew(session: Session, mission_id: str, places: Iterable[Place]) -> None:
    """Add up anew what is kept for these countries and years."""
    for country, year in places:
        # The three are named so that the index is found by country and year too.
        gone = (KeptSum.mission_id == mission_id, KeptSum.grouped_by.in_(DIMENSIONS), KeptSum.country == country)
        session.execute(delete(KeptSum).where(*gone, _in_year(KeptSum, year)))
        for by, column in DIMENSIONS.items():
            session.execute(_added_up(mission_id, country, year, by, column))


def renew_all(session: Session, mission_id: str) -> None:
    """Add up anew everything that is kept of a mission: for flows that came in another way than by an import."""
    session.flush()
    places = select(Flow.country, Flow.year).where(Flow.mission_id == mission_id, Flow.is_current).distinct()
    renew(session, mission_id, [(country, year) for country, year in session.execute(places)])


def _in_year(table: type[Flow | KeptSum], year: int | None) -> Any:
    return table.year.is_(None) if year is None else table.year == year


def _added_up(mission_id: str, country: str, year: int | None, by: str, column: Any) -> Any:
    alike = (Flow.plan_key, Flow.status, Flow.on_boundary, Flow.is_counted)
    values = {
        "mission_id": Flow.mission_id,
        "grouped_by": literal(by),
        "name": column,
        "country": Flow.country,
        "year": Flow.year,
        **{one.key: one for one in alike},
        "amount_usd": func.sum(Flow.amount_usd),
        "flows": func.count(),
        "updated_on": func.max(Flow.updated_on),
    }
    found = select(*values.values()).where(
        Flow.mission_id == mission_id,
        Flow.country == country,
        _in_year(Flow, year),
        Flow.is_current,
        ~Flow.is_withdrawn,
        INCOMING,
    )
    grouped = found.group_by(Flow.mission_id, Flow.country, Flow.year, column, *alike)
    return insert(KeptSum).from_select(list(values), grouped)
