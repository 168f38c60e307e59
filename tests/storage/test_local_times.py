"""What was planned before local times were kept gets those of the mission's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.database import Database
from storage.duty import DutyTurn
from storage.escalations.model import Escalation
from storage.migrate import upgrade
from storage.missions import get_mission
from tests.databases import take_back

BEFORE = "20261130_0825"
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


def an_escalation(number: int, question: str = "") -> Escalation:
    moments = dict.fromkeys(("raised_at", "touched_at", "ack_due_at", "decide_due_at", "updated_at"), NOON)
    return Escalation(
        mission_id="T1",
        number=number,
        asks="guidance",
        summary="Road",
        severity="routine",
        raised_by="U1",
        state="waiting",
        paused_until=NOON,
        question=question,
        chain={},
        **moments,
    )


def test_local_times_are_written_for_what_is_planned_already(database: Database) -> None:
    hours = timedelta(hours=8)
    with database.transaction() as session:
        get_mission(session, "T1").zone = "Asia/Kathmandu"
        turn = DutyTurn(
            mission_id="T1",
            user_id="U1",
            kind="shift",
            entered_by="U1",
            starts_at=NOON,
            ends_at=NOON + hours,
            entered_at=NOON,
        )
        session.add_all([turn, an_escalation(1), an_escalation(2, question="How many trucks?")])
    take_back(database, BEFORE)
    upgrade(database)
    with database.transaction() as session:
        (kept,) = session.query(DutyTurn).all()
        assert kept.local_times == {"starts_at": "2026-12-07T17:45:00", "ends_at": "2026-12-08T01:45:00"}
        held, asked = session.query(Escalation).order_by(Escalation.number).all()
        assert held.local_times == {"paused_until": "2026-12-07T17:45:00"}
        assert asked.local_times == {}
        assert session.scalar(text("select count(*) from duty_turns")) == 1
