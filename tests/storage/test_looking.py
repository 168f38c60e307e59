"""A unit of work that only looks waits for nobody who writes, and cannot write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.database import Database, WritesError
from storage.missions import Mission, get_mission
from tests.waiting import PATIENCE


@pytest.fixture
def mission(database: Database) -> Database:
    """A database with a mission in it."""
    with database.transaction() as session:
        get_mission(session, "T1").name = "Before"
    return database


def changes_an_object(session: Session) -> None:
    session.get_one(Mission, "T1").name = "After"


def changes_rows(session: Session) -> None:
    session.execute(update(Mission).values(name="After"))


def makes_a_row(session: Session) -> None:
    get_mission(session, "T2")


@pytest.mark.parametrize("unit", [changes_an_object, changes_rows, makes_a_row])
def test_whoever_looks_cannot_write(mission: Database, unit: object) -> None:
    with pytest.raises(WritesError):
        mission.work(unit, reads_only=True)  # type: ignore[arg-type]
    with mission.reading() as session:
        assert [(one.id, one.name) for one in session.scalars(select(Mission))] == [("T1", "Before")]


def test_whoever_looks_waits_for_nobody_who_holds_the_rows(mission: Database) -> None:
    held = select(Mission).with_for_update()
    with ThreadPoolExecutor(1) as other, mission.transaction() as session:
        session.scalars(held).one().name = "After"
        session.flush()
        # What is read through the usual query for changing is not held, and is what was committed.
        seen = other.submit(mission.work, lambda looking: looking.scalars(held).one().name, reads_only=True)
        assert seen.result(PATIENCE) == "Before"
