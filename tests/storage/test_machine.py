"""Facts of the machine and the report on the outbox, on a real database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage import outbox
from storage.database import Database
from storage.machine import get_facts, put_fact
from storage.missions import get_mission
from storage.outbox import Call, State
from storage.outbox.report import OutboxReport, report_outbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        get_mission(session, "T1")
        get_mission(session, "T2")
        yield session


def put(session: Session, key: str, lane: str, *, after: timedelta = timedelta(), mission: str = "T1") -> None:
    call = Call(key=key, method="chat.postMessage", arguments={"text": "secret"}, lane=lane, not_before=NOW + after)
    assert outbox.put(session, mission, call, NOW - 10 * MINUTE)


def test_a_fact_is_replaced_and_belongs_to_its_mission(session: Session) -> None:
    put_fact(session, "worker:heartbeat", {"owner": "a"}, NOW)
    put_fact(session, "worker:heartbeat", {"owner": "b"}, NOW + MINUTE)
    put_fact(session, "slack:auth", {"ok": True}, NOW, mission_id="T1")
    put_fact(session, "slack:auth", {"ok": False, "error": "token_revoked"}, NOW, mission_id="T2")
    facts = get_facts(session, "T1")
    assert facts["worker:heartbeat"].value == {"owner": "b"}
    assert facts["worker:heartbeat"].written_at == NOW + MINUTE
    assert facts["slack:auth"].value == {"ok": True}
    assert get_facts(session, "T2")["slack:auth"].value["error"] == "token_revoked"
    assert set(facts) == {"worker:heartbeat", "slack:auth"}


def test_an_empty_outbox_reports_nothing(session: Session) -> None:
    assert report_outbox(session, "T1", NOW) == OutboxReport()


def test_waiting_planned_and_other_missions_are_told_apart(session: Session) -> None:
    put(session, "old", "C1", after=-5 * MINUTE)
    put(session, "new", "C2")
    put(session, "later", "C3", after=60 * MINUTE)
    put(session, "theirs", "C1", mission="T2")
    report = report_outbox(session, "T1", NOW)
    assert (report.waiting, report.oldest_due) == (2, NOW - 5 * MINUTE)
    assert (report.held, report.planned, report.failed) == (0, 1, 0)


def test_a_lane_paused_by_slacks_limit_is_held_with_everything_behind_it(session: Session) -> None:
    put(session, "first", "C1")
    put(session, "second", "C1")
    put(session, "later", "C2", after=60 * MINUTE)
    [row] = outbox.claim(session, "worker", NOW, 1)
    outbox.settle(session, row.id, "worker", not_before=NOW + MINUTE)
    session.expire_all()
    report = report_outbox(session, "T1", NOW)
    assert (report.held, report.next_try) == (2, NOW + MINUTE)
    assert (report.waiting, report.planned) == (0, 1)


def test_failures_name_the_reason_and_the_place_but_never_the_text(session: Session) -> None:
    for number in range(4):
        put(session, f"m{number}", f"C{number}/round:1:board")
    for number, row in enumerate(outbox.claim(session, "worker", NOW, 4)):
        outbox.settle(
            session, row.id, "worker", state=State.FAILED, error="is_archived", settled_at=NOW + number * MINUTE
        )
    session.expire_all()
    report = report_outbox(session, "T1", NOW, failures=3)
    assert report.failed == 4
    assert [(one.place, one.error) for one in report.failures] == [(f"C{n}", "is_archived") for n in (3, 2, 1)]
    assert "secret" not in repr(report)
    assert outbox.retry(session, "T1", report.failures[0].id, NOW)
    session.expire_all()
    assert report_outbox(session, "T1", NOW).failed == 3


def test_thousands_of_waiting_messages_slow_nobody_down(session: Session) -> None:
    for number in range(4000):
        put(session, f"m{number}", f"C{number % 2}")
    # What was just written is not in the statistics yet by which PostgreSQL plans.
    [row, _other] = outbox.claim(session, "worker", NOW, 2)
    outbox.settle(session, row.id, "worker", not_before=NOW + MINUTE)
    looks = []
    for _look in range(5):
        started = time.perf_counter()
        report = report_outbox(session, "T1", NOW)
        assert not outbox.has_due(session, "T1", NOW - MINUTE)
        looks.append(time.perf_counter() - started)
    assert (report.held, report.waiting, report.next_try) == (2000, 2000, NOW + MINUTE)
    # A look at every message behind every other would take seconds, and Slack gives up after three. The fastest look
    # counts, because a busy machine holds some of them up.
    assert min(looks) < 1
