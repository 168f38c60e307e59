"""A claim costs the same however much waits behind what leaves first: counted in steps of the database, on both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage import outbox
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import Call
from tests.counting import counting

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FEW, MANY, HANDS = 400, 4000, 8


def message(number: int, lane: str, due: datetime = NOW) -> Call:
    said = {"channel": lane, "text": str(number)}
    return Call(key=f"k{number}", method="chat.postMessage", arguments=said, lane=lane, not_before=due)  # type: ignore[arg-type]


def in_a_few_lanes(count: int) -> list[Call]:
    return [message(number, f"dm:U{number % 13}") for number in range(count)]


def each_in_its_own(count: int) -> list[Call]:
    return [message(number, f"dm:U{number}") for number in range(count)]


def put_off_until_morning(count: int) -> list[Call]:
    late = [message(number, f"dm:U{number}", NOW + timedelta(hours=9)) for number in range(count)]
    return [*late, *(message(count + number, f"C{number}") for number in range(2 * HANDS))]


def behind_one_busy_channel(count: int) -> list[Call]:
    busy = [message(number, "C1", NOW - timedelta(hours=1)) for number in range(count)]
    return [*busy, *(message(count + number, f"dm:U{number}") for number in range(20))]


def waiting(database: Database, calls: list[Call]) -> None:
    """These wait, and nothing else; PostgreSQL has looked at its tables, as it does by itself from time to time."""
    with database.transaction() as session:
        get_mission(session, "T1")
        session.execute(text("DELETE FROM outbox" if database.is_sqlite else "TRUNCATE outbox"))
        outbox.put_many(session, "T1", calls, NOW - SECOND)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def cost(database: Database) -> int:
    """What a claim looks at, with the first messages in hand already."""
    values: dict[str, Any] = {"mission_id": "T1", "pace": SECOND}
    with database.transaction() as session:
        assert len(outbox.claim(session, "w1", NOW, HANDS, **values)) == HANDS
    with counting(database) as counted, database.transaction() as session:
        assert outbox.claim(session, "w2", NOW, HANDS, **values)
        assert outbox.has_due(session, "T1", NOW, pace=SECOND) in {True, False}
    return counted.amount


@pytest.mark.parametrize(
    "backlog",
    [in_a_few_lanes, each_in_its_own, put_off_until_morning, behind_one_busy_channel],
)
def test_a_claim_costs_the_same_however_much_waits(database: Database, backlog: Callable[[int], list[Call]]) -> None:
    waiting(database, backlog(FEW))
    few = cost(database)
    waiting(database, backlog(MANY))
    many = cost(database)
    # PostgreSQL's indexes are one block deeper by then, and what it counts comes with some delay.
    assert many <= few * (1.2 if database.is_sqlite else 3)


def test_a_busy_channel_keeps_nobody_else_back(database: Database) -> None:
    waiting(database, behind_one_busy_channel(FEW))
    with database.transaction() as session:
        taken = outbox.claim(session, "w1", NOW, HANDS, mission_id="T1")
    assert [row.lane for row in taken] == ["C1", *(f"dm:U{number}" for number in range(HANDS - 1))]


def test_lanes_of_every_mission_are_found_behind_a_busy_channel(database: Database) -> None:
    waiting(database, behind_one_busy_channel(FEW))
    with database.transaction() as session:
        get_mission(session, "T2")
        outbox.put(session, "T2", message(1, "C9"), NOW)
    with database.transaction() as session:
        taken = outbox.claim(session, "w1", NOW, 100)
    assert {(row.mission_id, row.lane) for row in taken} == {
        ("T1", "C1"),
        ("T2", "C9"),
        *(("T1", f"dm:U{number}") for number in range(20)),
    }
