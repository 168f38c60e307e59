"""Statements that are put into words once give what the unit of work gives, and keep to its rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.audit import AuditEntry, record_each
from storage.base import Json
from storage.connection.ready import Ready
from storage.database import Database, WritesError
from storage.missions import Mission, get_mission
from storage.people import Person
from storage.upsert import insert_new, put_over

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VALUES = ("user_id", "name", "is_guest", "dm_channel", "home_opened_at", "seen_at")
ONE = select(*(getattr(Person, name) for name in VALUES)).where(Person.user_id == bindparam("user"))
READ, HELD = Ready(ONE), Ready(ONE, held=[Person])
RENAME = Ready(update(Person).where(Person.user_id == bindparam("user")).values(name=bindparam("new")))

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.fixture
def mission(database: Database) -> Database:
    with database.transaction() as session:
        get_mission(session, "T1")
        session.add(Person(mission_id="T1", user_id="U1", name="Ayen", seen_at=NOW))
    return database


def name_of(session: Session) -> str:
    found = READ.first(session, {"user": "U1"})
    assert found is not None
    return str(found[1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts, st.booleans(), st.none() | texts, st.none() | moments, moments)
def test_what_is_written_with_one_way_is_read_with_the_other(
    mission: Database, name: str, is_guest: bool, channel: str | None, opened: datetime | None, seen: datetime
) -> None:
    values = dict(zip(VALUES, ("U2", name, is_guest, channel, opened, seen), strict=True))
    with mission.transaction() as session:
        put_over(session, Person, {"mission_id": "T1", **values})
        person = session.get_one(Person, ("T1", "U2"))
        assert {one: getattr(person, one) for one in VALUES} == values
        (row,) = READ.rows(session, {"user": "U2"})
        assert dict(zip(VALUES, row, strict=True)) == values


def test_what_the_unit_of_work_has_changed_is_written_first(mission: Database) -> None:
    with mission.transaction() as session:
        session.get_one(Person, ("T1", "U1")).name = "Ayen Deng"
        assert name_of(session) == "Ayen Deng"


def test_whoever_looks_writes_nothing_and_holds_nothing(mission: Database) -> None:
    assert mission.work(lambda session: HELD.first(session, {"user": "U1"}), reads_only=True) is not None
    with pytest.raises(WritesError):
        mission.work(lambda session: RENAME.run(session, {"user": "U1", "new": "X"}), reads_only=True)
    with mission.reading() as session:
        assert name_of(session) == "Ayen"


def test_a_change_counts_its_rows(mission: Database) -> None:
    with mission.transaction() as session:
        assert RENAME.run(session, {"user": "U1", "new": "Deng"}) == 1
        assert RENAME.run(session, {"user": "U9", "new": "Deng"}) == 0
        assert name_of(session) == "Deng"


def test_what_a_row_does_not_say_begins_as_the_table_has_it(mission: Database) -> None:
    with mission.transaction() as session:
        assert insert_new(session, Mission, {"id": "T2"})
        assert not insert_new(session, Mission, {"id": "T2"})
        made = session.get_one(Mission, "T2")
        assert (made.zone, made.working_days, made.languages, made.set_up_at) == ("UTC", [0, 1, 2, 3, 4], ["en"], None)


def test_many_acts_go_on_record_with_one_statement(mission: Database) -> None:
    details: Json = {"name": "é", "lines": [1, None]}
    with mission.transaction() as session:
        for count in (0, 1, 3):
            subjects = [("person", number) for number in range(count)]
            at = NOW + timedelta(hours=count)
            record_each(session, "T1", at=at, actor="U1", verb="read", subjects=subjects, **details)
        found = session.query(AuditEntry).order_by(AuditEntry.id).all()
        assert [one.subject_id for one in found] == ["0", "0", "1", "2"]
        assert all(one.details == details for one in found)
