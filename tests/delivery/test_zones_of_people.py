"""In whose zone a person lives for whom Slack names none."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.directory import remember_person
from commands.kit.contacts import local_days, zone_of
from commands.kit.dates import WorkCalendar
from commands.kit.times.polite import own_calendar, polite_moment
from storage.database import Database
from storage.missions import get_mission
from storage.people import Person, get_person

HERE = "T1"
JUBA = ZoneInfo("Africa/Juba")
WEEK = WorkCalendar(JUBA, frozenset({0, 1, 2, 3, 4}), time(9), time(17), frozenset())
# Monday, 07:30 in Juba.
EARLY = datetime(2035, 3, 5, 5, 30, tzinfo=UTC)


def met(database: Database, *told: dict[str, object]) -> Person:
    """A person as Slack told of them, each time anew."""
    for one in told:
        database.work(lambda session, one=one: remember_person(session, HERE, {"id": "U1", **one}, EARLY))
    with database.reading() as session:
        person = get_person(session, HERE, "U1")
    assert person is not None
    return person


@pytest.fixture
def mission(database: Database) -> Database:
    """A database that knows one mission."""
    database.work(lambda session: get_mission(session, HERE))
    return database


@pytest.mark.parametrize("told", [{}, {"tz": None}, {"tz": ""}])
def test_who_has_no_zone_lives_in_the_missions(mission: Database, told: dict[str, object]) -> None:
    person = met(mission, told)
    assert zone_of(person, JUBA) == JUBA
    # A question that waits for the morning waits for 09:00 in Juba, not in Greenwich.
    asked = polite_moment(EARLY, own_calendar(WEEK, person))
    assert asked == EARLY + timedelta(hours=1, minutes=30)
    late = datetime(2035, 3, 5, 22, 30, tzinfo=UTC)
    assert local_days(["U1"], {"U1": person}, late, JUBA) == {"U1": late.astimezone(JUBA).date()}


def test_who_has_no_zone_in_an_old_row_lives_in_the_missions_too(mission: Database) -> None:
    mission.work(lambda session: session.add(Person(mission_id=HERE, user_id="U1", zone="UTC", seen_at=EARLY)))
    assert zone_of(met(mission), JUBA) == JUBA
    assert zone_of(met(mission, {"name": "again"}), JUBA) == JUBA


def test_who_is_told_to_live_by_utc_does(mission: Database) -> None:
    person = met(mission, {"tz": "UTC"})
    assert zone_of(person, JUBA).utcoffset(EARLY) == timedelta(0)
    assert polite_moment(EARLY, own_calendar(WEEK, person)) == EARLY.replace(hour=9, minute=0)


def test_a_zone_once_told_stays_until_another_is(mission: Database) -> None:
    assert met(mission, {"tz": "Asia/Kabul"}, {}).zone == "Asia/Kabul"
    assert met(mission, {"tz": "Europe/Oslo"}).zone == "Europe/Oslo"
