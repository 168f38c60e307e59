"""The database itself: times keep their zone, transactions roll back, migrations agree with the models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import StatementError

from storage import inbox, ticks, timers
from storage.database import Database
from storage.migrate import all_tables, differences, is_current, upgrade
from storage.missions import Mission, get_mission, holidays_of, replace_holidays
from storage.subjects import Key, Subject
from storage.timers import TimerState
from tests.databases import Postgres, durably, take_back

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path}/empty.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh(migrated=False) as url:
        database = Database(url)
        yield database
        database.dispose()


def test_migrations_and_models_agree(empty: Database) -> None:
    assert not is_current(empty)
    upgrade(empty)
    upgrade(empty)
    assert is_current(empty)
    assert differences(empty) == []


def test_migrations_can_be_taken_back(empty: Database) -> None:
    upgrade(empty)
    take_back(empty)
    assert set(inspect(empty.engine).get_table_names()) <= {"alembic_version"}
    upgrade(empty)
    assert differences(empty) == []


def test_every_table_belongs_to_a_mission() -> None:
    apart = {"missions", "ticks", "machine_facts"}
    without = {
        table.name
        for table in all_tables().tables.values()
        if "mission_id" not in table.columns and table.name not in apart
    }
    assert without == set()


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    juba = timezone(timedelta(hours=2))
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = datetime(2026, 3, 2, 11, tzinfo=juba)
    with database.reading() as session:
        kept = session.get_one(Mission, "T1").set_up_at
    assert kept == NOW
    assert kept is not None
    assert kept.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"), database.transaction() as session:
        get_mission(session, "T1").set_up_at = datetime(2026, 3, 2, 9)


def test_what_raises_is_rolled_back(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as session:
            get_mission(session, "T1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as session:
        assert session.get(Mission, "T1") is None


def test_foreign_keys_are_enforced(database: Database) -> None:
    statement = text("INSERT INTO holidays (mission_id, day, name) VALUES ('nobody', '2026-01-01', '')")
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction() as session:
        session.execute(statement)


def test_sqlite_runs_durably(sqlite_database: Database) -> None:
    with durably(), sqlite_database.reading() as session:
        modes = [session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]


def test_holidays_are_replaced_as_a_whole(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        replace_holidays(session, "T1", {NOW.date(): "first"})
        replace_holidays(session, "T1", {NOW.date(): "again", NOW.date() + timedelta(1): "next"})
        assert [day.name for day in holidays_of(session, "T1")] == ["again", "next"]


def test_a_delivery_is_known_when_it_comes_again(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        assert inbox.first_time(session, "T1", "event:1", NOW)
        inbox.remember_answer(session, "T1", "event:1", {"ack": {"text": "done"}})
    with database.transaction() as session:
        assert not inbox.first_time(session, "T1", "event:1", NOW)
        assert inbox.earlier_answer(session, "T1", "event:1") == {"ack": {"text": "done"}}
        inbox.forget_old(session, NOW + timedelta(3))
        assert inbox.first_time(session, "T1", "event:1", NOW)


def test_a_slot_is_claimed_once_and_taken_over_when_abandoned(database: Database) -> None:
    with database.transaction() as session:
        assert ticks.claim_tick(session, "s", NOW, "w1", NOW)
        assert not ticks.claim_tick(session, "s", NOW, "w2", NOW)
        later = NOW + ticks.TICK_LEASE + timedelta(seconds=1)
        assert ticks.abandoned(session, ["s"], later) == {"s": [NOW]}
        assert ticks.claim_tick(session, "s", NOW, "w2", later)
        assert ticks.finish_tick(session, "s", NOW, "w2", later)
        assert not ticks.claim_tick(session, "s", NOW, "w3", later + timedelta(days=1))
        assert ticks.last_slots(session, ["s", "t"], later) == {"s": NOW, "t": None}


def test_a_timer_moves_while_it_waits_and_runs_once(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    with database.transaction() as session:
        get_mission(session, "T1")
        assert timers.set_timer(session, "T1", key=Key("k"), verb="r:v", subject=Subject.parse("1"), due_at=NOW)
        assert timers.set_timer(session, "T1", key=Key("k"), verb="r:v", subject=Subject.parse("1"), due_at=later)
        assert timers.take_due(session, NOW, "T1") is None
        assert timers.take_due(session, later, "T2") is None
        timer = timers.take_due(session, later, "T1")
        assert timer is not None
        timer.state = TimerState.DONE
        session.flush()
        assert not timers.set_timer(session, "T1", key=Key("k"), verb="r:v", subject=Subject.parse("1"), due_at=NOW)
        assert timers.take_due(session, later, "T1") is None


def test_a_cancelled_timer_does_not_run(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        timers.set_timer(session, "T1", key=Key("a"), verb="r:chase", subject=Subject.parse("1"), due_at=NOW)
        timers.set_timer(session, "T1", key=Key("b"), verb="r:close", subject=Subject.parse("1"), due_at=NOW)
        timers.cancel_timers(session, "T1", "1", verb="r:chase")
        timer = timers.take_due(session, NOW, "T1")
        assert timer is not None
        assert timer.verb == "r:close"
