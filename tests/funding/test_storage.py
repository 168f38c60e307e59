"""Versions of flows in the database: sums, past moments, changes and the flows behind a figure, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.funding.changes import ChangeKind, changes_between
from storage.funding.flows import Figure, flows_behind
from storage.funding.imports import FundingImport, ImportState
from storage.funding.kept_sums import renew_all
from storage.funding.model import Flow
from storage.funding.totals import By, Scope, plan_lines, sums, total
from storage.missions import get_mission

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MISSION = "T1"


def an_import(session: Session) -> FundingImport:
    get_mission(session, MISSION)
    kept = FundingImport(
        mission_id=MISSION,
        file_name="flows.csv",
        file_hash="0" * 64,
        file_size=1,
        state=ImportState.DONE,
        created_by="U1",
        created_at=NOW,
    )
    session.add(kept)
    session.flush()
    return kept


def a_flow(kept: FundingImport, fts_id: str, amount: str, **values: Any) -> Flow:
    fixed = {
        "mission_id": MISSION,
        "import_id": kept.id,
        "is_current": True,
        "valid_from": NOW,
        "fingerprint": f"{fts_id} {amount} {values}"[:32],
        "fts_id": fts_id,
        "country": "AFG",
        "year": 2026,
        "boundary": "incoming",
        "on_boundary": "single",
        "status": "paid",
        "is_counted": True,
        "amount_usd": Decimal(amount),
    }
    return Flow(**{**fixed, **values})


def test_sums_are_exact_and_pledges_are_apart(database: Database) -> None:
    with database.transaction() as session:
        kept = an_import(session)
        session.add_all(
            [
                a_flow(kept, "1", "0.10", src_organization="Donor A", lag_days=3, plan_key="929", dest_plan="Plan"),
                a_flow(kept, "2", "0.20", src_organization="Donor A", lag_days=9, status="commitment"),
                a_flow(kept, "3", "99999999999999.99", src_organization="Donor B", lag_days=-1),
                a_flow(kept, "4", "7", is_counted=False, status="pledge"),
                a_flow(kept, "5", "8", is_counted=False, on_boundary="shared", year=None),
                a_flow(kept, "6", "9", is_counted=False, boundary="internal"),
                a_flow(kept, "7", "10", is_counted=False, is_withdrawn=True),
                a_flow(kept, "8", "11", is_current=False, valid_from=None),
            ]
        )
        renew_all(session, MISSION)
    with database.reading() as session:
        whole = total(session, MISSION, Scope("AFG"))
        assert (whole.funding, whole.pledged, whole.shared) == (
            Decimal("100000000000000.29"),
            Decimal("7.00"),
            Decimal("8.00"),
        )
        assert (whole.counted_flows, whole.flows, whole.median_lag_days) == (3, 5, 3)
        assert [(one.name, one.funding) for one in sums(session, MISSION, By.DONOR)][1:] == [
            ("Donor A", Decimal("0.30")),
            ("", Decimal(0)),
        ]
        lines = [(line.plan_key, line.name, line.year, line.funding) for line in plan_lines(session, MISSION)]
        assert lines[0] == ("929", "Plan", 2026, Decimal("0.10"))
        behind = flows_behind(session, MISSION, Figure(by=By.DONOR, name="Donor A"), limit=1)
        assert ([flow.fts_id for flow in behind.flows], behind.count, behind.total) == (["2"], 2, Decimal("0.30"))
        assert total(session, "T2").funding == 0


def test_a_past_moment_keeps_its_figures_and_the_change_is_explained(database: Database) -> None:
    later = NOW + timedelta(days=7)
    with database.transaction() as session:
        kept = an_import(session)
        ended = {"is_current": False, "valid_to": later}
        session.add_all(
            [
                a_flow(kept, "1", "100", **ended),
                a_flow(kept, "1", "150", valid_from=later),
                a_flow(kept, "2", "40", **ended),
                a_flow(kept, "2", "40", valid_from=later, is_counted=False, is_withdrawn=True),
                a_flow(kept, "3", "5", valid_from=later, updated_on=date(2026, 3, 1)),
                a_flow(kept, "4", "1000"),
            ]
        )
    with database.reading() as session:
        assert total(session, MISSION, at=NOW - timedelta(days=1)).funding == 0
        assert total(session, MISSION, at=NOW).funding == 1140
        assert total(session, MISSION).funding == 1155
        changes = changes_between(session, MISSION, NOW, later)
        assert [(one.kind, one.flow.fts_id, one.difference) for one in changes] == [
            (ChangeKind.CHANGED, "1", 50),
            (ChangeKind.WITHDRAWN, "2", -40),
            (ChangeKind.NEW, "3", 5),
        ]


def test_a_flow_has_one_current_version_and_no_fraction_of_a_cent(database: Database) -> None:
    with database.transaction() as session:
        first = a_flow(an_import(session), "1", "1")
        session.add(first)
    with pytest.raises(NotNowError):
        save(database, "1", "2")
    with pytest.raises(StatementError):
        save(database, "2", "0.001")


def save(database: Database, fts_id: str, amount: str) -> None:
    with database.transaction() as session:
        session.add(a_flow(an_import(session), fts_id, amount))
