"""Twice the rows are twice the work, whatever is imported, on both databases: counted, never timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.funding.imports import FundingImport, ImportState
from storage.funding.model import PlanRequirement
from tests.counting import counting
from tests.databases import Postgres, sqlite_url
from tests.funding import samples
from tests.funding.importing import run, undo

ROWS = 400
# Work that grows with the square would be four times as much.
TWICE = 2.5


def flows(count: int, first: int = 1, **columns: Any) -> bytes:
    return samples.flows_csv(samples.flow(number, number, **columns) for number in range(first, first + count))


def plans(count: int, **columns: Any) -> bytes:
    rows = [samples.plan_row(id=5000 + one, code=f"HX{one}", name=f"Plan {one}", **columns) for one in range(count)]
    return samples.as_csv(samples.PLAN_TITLES, rows)


def clusters(count: int, times: int = 1) -> bytes:
    rows = [
        samples.plan_row(
            id=5000 + one // 20, code=f"HX{one // 20}", clusterCode=7000 + one % 20, cluster=f"C{one % 20}"
        )
        for one in range(count)
    ]
    return samples.as_csv(samples.CLUSTER_TITLES, rows * times)


def without_ids(count: int) -> bytes:
    """HAPI's layout, where plans have codes alone."""
    fixed = {
        "location_code": samples.SSD,
        "has_hrp": "True",
        "in_gho": "True",
        "appeal_type": "Humanitarian response plan",
        "requirements_usd": "100",
        "funding_usd": "50",
        "funding_pct": "50",
        "reference_period_start": "2035-01-01 00:00:00",
        "reference_period_end": "2035-12-31 00:00:00",
    }
    rows = [{**fixed, "appeal_code": f"HX{one}", "appeal_name": f"Plan {one}"} for one in range(count)]
    return samples.as_csv(samples.HAPI_TITLES, rows)


def done(database: Database, content: bytes, *, withdraw: bool = False) -> FundingImport:
    kept = run(database, content, withdraw=withdraw)
    assert kept.state == ImportState.DONE
    return kept


def again(database: Database, rows: int) -> None:
    assert done(database, flows(rows)).counts["unchanged"] == rows


def changed(database: Database, rows: int) -> None:
    assert done(database, flows(rows, srcOrganization="Southland")).counts["changed"] == rows


def half_of_it(database: Database, rows: int) -> None:
    kept = done(database, flows(rows // 2), withdraw=True)
    assert kept.counts["withdrawn"] == rows - rows // 2
    undo(database, kept.id)


def under_another(database: Database, rows: int) -> None:
    done(database, flows(rows, boundary="internal"))


def plans_again(database: Database, rows: int) -> None:
    done(database, plans(rows))
    assert done(database, plans(rows)).counts["unchanged"] == rows
    assert done(database, plans(rows, requirements=7)).counts["changed"] == rows


def ids_for_codes(database: Database, rows: int) -> None:
    done(database, without_ids(rows))
    done(database, plans(rows))
    with database.reading() as session:
        keys = select(PlanRequirement.plan_key).where(PlanRequirement.is_current).distinct()
        assert set(session.scalars(keys)) == {str(5000 + one) for one in range(rows)}


def clusters_half(database: Database, rows: int) -> None:
    done(database, clusters(rows))
    assert done(database, clusters(rows // 2), withdraw=True).counts["withdrawn"] == rows - rows // 2


def clusters_twice(database: Database, rows: int) -> None:
    assert done(database, clusters(rows, times=2)).counts["new"] == rows


WORK: tuple[Callable[[Database, int], None], ...] = (
    again,
    changed,
    half_of_it,
    under_another,
    plans_again,
    ids_for_codes,
    clusters_half,
    clusters_twice,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two fresh migrated databases of one kind."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            urls = [sqlite_url(tmp_path), sqlite_url(tmp_path)]
        else:
            server: Postgres = request.getfixturevalue("postgres")
            urls = [stack.enter_context(server.fresh()) for _one in range(2)]
        few, many = (Database(url) for url in urls)
        stack.callback(few.dispose)
        stack.callback(many.dispose)
        yield few, many


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_twice_the_rows_are_twice_the_work(
    work: Callable[[Database, int], None], two: tuple[Database, Database]
) -> None:
    amounts = []
    for database, rows in zip(two, (ROWS, ROWS * 2), strict=True):
        done(database, flows(rows))
        with counting(database) as counted:
            work(database, rows)
        amounts.append(counted.amount)
    assert amounts[0] > ROWS, "next to nothing was counted"
    assert amounts[1] < TWICE * amounts[0]


def test_a_second_code_of_a_plan_finds_what_the_first_has_taken(database: Database) -> None:
    done(database, without_ids(2))
    one_plan = [
        samples.plan_row(id=1, code="HX0"),
        samples.plan_row(id=1, code="HX1", year=2036, startDate="2036-01-01", endDate="2036-12-31"),
    ]
    done(database, samples.as_csv(samples.PLAN_TITLES, one_plan))
    with database.reading() as session:
        keys = select(PlanRequirement.plan_key, PlanRequirement.year).where(PlanRequirement.is_current)
        assert {tuple(row) for row in session.execute(keys)} == {("1", 2035), ("HX1", 2035), ("1", 2036)}
