"""Importing without Slack: a file goes through the same steps as the worker's, on any database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from commands.funding.handlers.imports import steps
from commands.kit.work import Work
from storage.database import Database
from storage.funding.imports import FundingImport, ImportState, keep_content
from storage.missions import get_mission
from storage.people import Person, get_person
from storage.subjects import Subject

MISSION, PERSON = "TFUNDING", "UFUNDING"
NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)


def run(
    database: Database,
    content: bytes,
    *,
    countries: Sequence[str] = ("SSD",),
    withdraw: bool = False,
    now: datetime = NOW,
    save: bool = True,
    name: str = "file",
    as_of_day: date | None = None,
    **options: Any,
) -> FundingImport:
    """Import a file for these countries; gives its record. `as_of_day` is the day that somebody says it is of."""
    with database.transaction() as session:
        import_id = _begin(session, content, countries, now, name, options)
        session.get_one(FundingImport, import_id).as_of = as_of_day
    while state_of(database, import_id) == ImportState.READING:
        with database.reading() as session:
            read = steps.read_rows(Work(session, get_mission(session, MISSION), now), Subject.of(import_id))
        _step(database, import_id, now, partial(steps.keep_rows, read=read))
    if save and state_of(database, import_id) == ImportState.READY:
        with database.transaction() as session:
            kept = session.get_one(FundingImport, import_id)
            kept.state, kept.options = ImportState.SAVING, {**kept.options, "withdraw": withdraw}
        _step(database, import_id, now, steps.save_step)
    with database.reading() as session:
        return session.get_one(FundingImport, import_id)


def undo(database: Database, import_id: int, *, now: datetime = NOW) -> None:
    """Take an import back."""
    with database.transaction() as session:
        session.get_one(FundingImport, import_id).state = ImportState.UNDOING
    _step(database, import_id, now, steps.undo_step)


def _begin(
    session: Session, content: bytes, countries: Sequence[str], now: datetime, name: str, options: dict[str, Any]
) -> int:
    mission = get_mission(session, MISSION)
    mission.set_up_at = now
    if get_person(session, MISSION, PERSON) is None:
        session.add(Person(mission_id=MISSION, user_id=PERSON, seen_at=now))
    kept = FundingImport(
        mission_id=MISSION,
        file_name=name,
        file_hash=hashlib.sha256(content).hexdigest(),
        file_size=len(content),
        created_by=PERSON,
        created_at=now,
        options={"countries": list(countries), "as_of": now.date().isoformat(), **options},
    )
    session.add(kept)
    session.flush()
    keep_content(session, kept, content)
    return kept.id


def state_of(database: Database, import_id: int) -> str:
    """Where an import stands."""
    with database.reading() as session:
        return session.get_one(FundingImport, import_id).state


def _step(database: Database, import_id: int, now: datetime, step: Any) -> None:
    with database.transaction() as session:
        step(Work(session, get_mission(session, MISSION), now), Subject.of(import_id))
