"""Telling of changes: soon, once for many, in one transaction, and whatever raises keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.clock.clock import Clock
from bot.delivery.telling import Telling
from bot.observe import Metrics
from bot.rooms import DuplicateError, House, open_house
from commands.kit.permission import who_is
from commands.kit.post import note_change, refresh_home
from commands.kit.room import Room
from commands.kit.work import Request, Work
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import Person
from storage.subjects import Subject
from storage.timers import Timer, TimerState, cancel_timers, what_changed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Crier:
    """A room that cries out what has changed; `falls_silent` raises for a subject after it has cried it."""

    def __init__(self, *, falls_silent: str = "") -> None:
        self.cried: list[str] = []
        self.falls_silent = falls_silent

    def cry(self, work: Work, subject: Subject) -> None:
        self.cried.append(str(subject))
        work.record("crier.cried", ("subject", subject))
        if str(subject) == self.falls_silent:
            raise RuntimeError

    def house(self) -> House:
        return open_house([Room("crier", "", tells={"cry": self.cry})])

    def telling(self, database: Database, now: Callable[[], datetime] = lambda: NOW) -> Telling:
        return Telling(database, self.house(), now, Metrics(), lambda: "T1")


@pytest.fixture
def mission(database: Database) -> Database:
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = NOW
    return database


def change(database: Database, *subjects: str) -> None:
    """One request that changes these things."""
    with database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        for subject in subjects:
            note_change(work, "crier:cry", Subject.parse(subject))


def waiting(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [
            (str(what_changed(Subject.parse(timer.subject))), timer.state)
            for timer in session.query(Timer).order_by(Timer.id)
        ]


def test_a_change_is_told_once_and_forgotten(mission: Database) -> None:
    crier = Crier()
    change(mission, "7")
    assert waiting(mission) == [("7", TimerState.WAITING)]
    assert crier.telling(mission).tell() == 1
    assert crier.telling(mission).tell() == 0
    assert (crier.cried, waiting(mission)) == (["7"], [])


def test_a_thing_that_changes_twice_in_one_request_is_one_row(mission: Database) -> None:
    change(mission, "7", "8", "7")
    assert [subject for subject, _state in waiting(mission)] == ["7", "8"]


def test_many_changes_of_one_thing_are_told_once(mission: Database) -> None:
    crier = Crier()
    for _request in range(5):
        change(mission, "7")
    assert crier.telling(mission).tell() == 5
    assert (crier.cried, waiting(mission)) == (["7"], [])


def test_three_workers_tell_each_change_once(mission: Database) -> None:
    crier = Crier()
    change(mission, *map(str, range(1, 13)))
    with ThreadPoolExecutor(3) as workers:
        taken = list(workers.map(lambda _number: crier.telling(mission).tell(), range(3)))
    assert sum(taken) == 12
    assert sorted(crier.cried, key=int) == [str(number) for number in range(1, 13)]


def test_a_worker_that_dies_while_it_tells_has_told_nothing(mission: Database) -> None:
    class Died(BaseException):
        """What nobody catches."""

    def die(_work: Work, _subject: Subject) -> None:
        raise Died

    change(mission, "7")
    dying = Crier()
    dying.cry = die  # type: ignore[method-assign]
    with pytest.raises(Died):
        dying.telling(mission).tell()
    next_one = Crier()
    assert next_one.telling(mission).tell() == 1
    assert next_one.cried == ["7"]


def test_what_raises_is_tried_again_by_the_clock_and_keeps_nobody_waiting(mission: Database) -> None:
    crier = Crier(falls_silent="7")
    change(mission, "7", "8")
    assert crier.telling(mission).tell() == 0
    clock = Clock(mission, crier.house(), lambda: NOW, "w1", Metrics(), lambda: "T1")
    clock.run_timers()
    assert "8" in crier.cried
    assert waiting(mission) == [("7", TimerState.WAITING), ("8", TimerState.DONE)]
    change(mission, "9")
    assert crier.telling(mission).tell() == 1
    crier.falls_silent = ""
    assert crier.telling(mission, lambda: NOW + timedelta(hours=1)).tell() == 1
    assert crier.cried[-2:] == ["9", "7"]


def test_whoever_cancels_the_moments_of_a_thing_does_not_mean_its_change(mission: Database) -> None:
    change(mission, "7")
    with mission.transaction() as session:
        cancel_timers(session, "T1", Subject.parse("7"))
    assert Crier().telling(mission).tell() == 1


def test_what_a_room_follows_by_name_is_told_by_the_worker_and_a_function_at_once(mission: Database) -> None:
    crier, at_once = Crier(), list[str]()
    follows = ("cry", lambda _work, subject: at_once.append(str(subject)))
    house = open_house([Room("crier", "", tells={"cry": crier.cry}, follows={"thing.changed": follows})])
    with mission.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        for number in (7, 8, 7):
            work.record("thing.changed", ("thing", number))
        house.follow(work)
    assert (at_once, crier.cried) == (["thing:7", "thing:8"], [])
    assert [subject for subject, _state in waiting(mission)] == ["thing:7", "thing:8"]
    assert crier.telling(mission).tell() == 2
    assert crier.cried == ["thing:7", "thing:8"]


def test_a_room_follows_with_tellings_that_it_has() -> None:
    with pytest.raises(LookupError):
        open_house([Room("crier", "", follows={"thing.changed": ("cry",)})])


def test_homes_of_a_request_are_drawn_by_the_worker_for_who_has_opened_theirs(mission: Database) -> None:
    def met(name: str, opened: datetime | None) -> Person:
        return Person(mission_id="T1", user_id=name, name=name, seen_at=NOW, home_opened_at=opened)

    with mission.transaction() as session:
        session.add_all([met("UA", NOW), met("UB", None), met("UC", NOW)])
    with mission.transaction() as session:
        person = met("UA", NOW)
        request = Request(
            session=session, mission=get_mission(session, "T1"), now=NOW, who=who_is(session, "T1", person)
        )
        refresh_home(request, ["UC", "UB", "UA", "UNKNOWN"])
        refresh_home(request, ["UA"])
        assert session.scalars(select(OutboxRow)).all() == []
    assert [subject for subject, _state in waiting(mission)] == ["home:UA", "home:UB", "home:UC", "home:UNKNOWN"]
    for _change in range(2):
        Crier().telling(mission).tell()
        with mission.reading() as session:
            assert [row.arguments for row in session.scalars(select(OutboxRow))] == [{"user": "UA"}, {"user": "UC"}]
        with mission.transaction() as session:
            refresh_home(Work(session, get_mission(session, "T1"), NOW), ["UA", "UB", "UC"])


def test_no_timer_has_the_name_of_a_telling() -> None:
    crier = Crier()
    with pytest.raises(DuplicateError):
        open_house([Room("crier", "", tells={"cry": crier.cry}, timers={"cry": crier.cry})])
