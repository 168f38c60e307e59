"""Kept sums are the sums: after any imports, withdrawals, renamings and undos, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from storage.database import Database
from storage.funding.imports import FundingImport, ImportState
from storage.funding.kept_sums import KeptSum
from storage.funding.totals import ALL, By, Scope, sums
from storage.migrate import upgrade
from tests.databases import Postgres, sqlite_url, take_back
from tests.funding import samples
from tests.funding.importing import MISSION, NOW, run, undo
from tests.properties import examples

KEPT = (By.DONOR, By.AGENCY, By.CLUSTER)
SCOPES = (ALL, Scope("SSD"), Scope("SSD", 2034), Scope("SSD", 2035), Scope(plan_key="5000"), Scope("SSD", None, "HX1"))
BEFORE_SUMS = "20261130_0402"
LATER = NOW + timedelta(days=400)


def a_flow(fts_id: int, columns: dict[str, Any]) -> dict[str, str]:
    code = columns.pop("code")
    return samples.flow(
        fts_id, columns.pop("amount"), destPlanId="", destPlanCode=code, destPlan="Plan" if code else "", **columns
    )


FLOW = st.fixed_dictionaries(
    {
        "amount": st.integers(0, 10**9),
        "status": st.sampled_from(["paid", "commitment", "pledge"]),
        "onBoundary": st.sampled_from(["single", "single", "shared"]),
        "boundary": st.sampled_from(["incoming", "incoming", "internal"]),
        "destUsageYearStart": st.sampled_from(["2034", "2035"]),
        "srcOrganization": st.sampled_from(["Northland", "Southland", ""]),
        "destOrganization": st.sampled_from(["World Food Programme", "UNICEF"]),
        "destGlobalClusters": st.sampled_from(["", "Health", "Health,Nutrition"]),
        "updatedAt": st.sampled_from(["2035-02-13", "2035-02-20"]),
        "code": st.sampled_from(["", "HX0", "HX1"]),
    }
)
FLOWS = st.dictionaries(st.integers(1, 8), FLOW, min_size=1, max_size=8).map(
    lambda flows: samples.flows_csv([a_flow(fts_id, dict(columns)) for fts_id, columns in flows.items()])
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("flows"), FLOWS, st.booleans()),
        st.tuples(st.sampled_from(["codes", "ids", "undo"]), st.just(b""), st.just(False)),
    ),
    min_size=2,
    max_size=7,
)


def codes() -> bytes:
    """Two plans in HAPI's layout, which names them by their codes alone."""
    period = {"reference_period_start": "2035-01-01", "reference_period_end": "2035-12-31"}
    rows = [
        {"location_code": "SSD", "appeal_code": f"HX{one}", "appeal_name": "Plan", "requirements_usd": "9", **period}
        for one in range(2)
    ]
    return samples.as_csv(samples.HAPI_TITLES, rows)


def ids() -> bytes:
    """The same plans with FTS's ids: their flows are renamed."""
    return samples.as_csv(samples.PLAN_TITLES, [samples.plan_row(id=5000 + one, code=f"HX{one}") for one in range(2)])


@contextmanager
def fresh(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database."""
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            database = Database(sqlite_url(Path(folder)))
            yield database
            database.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh() as url:
        database = Database(url)
        yield database
        database.dispose()


def differing(database: Database) -> list[Any]:
    """Kept sums that are not what the flows add up to; a question about a moment adds up the flows."""
    with database.reading() as session:
        return [
            (by, scope, kept, added)
            for by in KEPT
            for scope in SCOPES
            if (kept := sums(session, MISSION, by, scope))
            != (added := [replace(one, median_lag_days=None) for one in sums(session, MISSION, by, scope, at=LATER)])
        ]


def newest_done(database: Database) -> int | None:
    with database.reading() as session:
        done = select(func.max(FundingImport.id)).where(FundingImport.state == ImportState.DONE)
        return session.scalar(done)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_kept_is_what_the_flows_add_up_to(
    kind: str, request: pytest.FixtureRequest, steps: list[tuple[str, bytes, bool]]
) -> None:
    with fresh(kind, request) as database:
        for place, (what, content, withdraw) in enumerate(steps):
            now = NOW + timedelta(days=place)
            newest = newest_done(database)
            if what == "undo" and newest is not None:
                undo(database, newest, now=now)
            elif what != "undo":
                files = {"flows": content, "codes": codes(), "ids": ids()}
                run(database, files[what], withdraw=withdraw, now=now)
            assert differing(database) == []


def test_an_upgrade_adds_up_the_flows_that_are_there(database: Database) -> None:
    run(database, samples.flows_csv([*samples.FLOWS, *samples.INTERNAL]))
    with database.reading() as session:
        before = {by: sums(session, MISSION, by) for by in KEPT}
    assert all(before.values())
    take_back(database, BEFORE_SUMS)
    upgrade(database)
    with database.reading() as session:
        assert {by: sums(session, MISSION, by) for by in KEPT} == before
    assert differing(database) == []


def test_a_question_about_now_reads_what_is_kept_and_one_about_then_the_flows(sqlite_database: Database) -> None:
    run(sqlite_database, samples.flows_csv(samples.FLOWS))
    with sqlite_database.transaction() as session:
        session.execute(delete(KeptSum))
    with sqlite_database.reading() as session:
        assert sums(session, MISSION, By.DONOR) == []
        assert len(sums(session, MISSION, By.DONOR, at=LATER)) == 2
