"""The golden numbers of the files that came later: FTS's website, pooled funds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select

from storage.funding.model import Flow
from storage.funding.source_figures import POOLED, fund_totals
from tests.funding.importing import MISSION
from tests.funding.sources.real_files import Check, fresh

CASES: list[tuple[str, Check]] = []


def later(check: Check) -> Check:
    """A set of checks on the files that came later."""
    CASES.append(("fts2", check))
    return check


COUNTRIES = "BGD CAF COD HND IRQ JOR MMR MOZ NER NGA PHL SOM SSD SYR TCD YEM".split()  # noqa: SIM905


@later
def website_export(folder: Path) -> list[tuple[str, object, object]]:
    database, kept = fresh(folder / "fts_website_export_2020.xlsx", countries=COUNTRIES)
    with database.reading() as session:
        by_status = select(Flow.status, func.count()).where(Flow.is_current).group_by(Flow.status)
        statuses = dict(session.execute(by_status).tuples().all())
        amount = session.scalar(select(func.sum(Flow.amount_usd)).where(Flow.is_current))
        currencies = set(session.scalars(select(Flow.original_currency).distinct()))
        days = session.scalar(select(func.count()).where(Flow.is_current, Flow.flow_date.is_(None)))
        places = len(set(session.scalars(select(Flow.country).where(Flow.is_current))))
    return [
        ("website, flows", 94, kept.counts["new"]),
        ("website, Amount (USD)", 131_198_415, int(amount or 0)),
        ("website, paid, commitments, pledges", (55, 38, 1), tuple(statuses.get(one) for one in STATUSES)),
        ("website, countries", 16, places),
        ("website, downloaded on", "2021-01-28", str(kept.as_of)),
        ("website, rows without a day", 0, days),
        ("website, currencies by code", True, all(len(one) in {0, 3} for one in currencies)),
        ("website, nothing refused", 0, kept.counts["refused"]),
    ]


STATUSES = ("paid", "commitment", "pledge")


@later
def cerf(folder: Path) -> list[tuple[str, object, object]]:
    file = folder / "cerf_2026.xlsx"
    database, kept = fresh(file, country="SSD", sheet="03_RAW_CERF_Projects")
    with database.reading() as session:
        projects = fund_totals(session, MISSION, ["allocations"])
        ours = fund_totals(session, MISSION, ["allocations"], countries=["SSD"])
    given, _kept = fresh(file, country="SSD", sheet="02_RAW_CERF_Contributions")
    with given.reading() as session:
        contributions = fund_totals(session, MISSION, ["contributions"])
    return [
        ("CERF, projects", (98, Decimal("181736325.16")), (projects[0].rows, projects[0].granted)),
        ("CERF, of South Sudan", (6, Decimal("23000019.73")), (ours[0].rows, ours[0].granted)),
        ("CERF, nothing refused", 0, kept.counts["refused"]),
        ("CERF, contributions", 64, contributions[0].rows),
        ("CERF, pledged", Decimal("463249060.04"), contributions[0].granted),
        ("CERF, received", Decimal("350279113.77"), contributions[0].spent),
    ]


@later
def country_based_pooled_fund(folder: Path) -> list[tuple[str, object, object]]:
    found: list[tuple[str, object, object]] = []
    for ending in ("csv", "json"):
        names = ("Contributions", "ProjectSummary")
        database, _kept = fresh(*(folder / f"{name}.{ending}" for name in names), country="AFG")
        with database.reading() as session:
            amounts = {one.kind: one.granted for one in fund_totals(session, MISSION, POOLED, countries=["AFG"])}
        found.append((f"CBPF as {ending}, pledged", Decimal("371040.00"), amounts.get("contributions")))
        found.append((f"CBPF as {ending}, approved", Decimal("1535993.56"), amounts.get("allocations")))
    return found
