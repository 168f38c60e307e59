"""The clock: slots on a grid, catch-up after a pause, several workers, timers that raise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock.clock import Clock, slot_of, slots_to_run
from bot.observe import Metrics
from bot.rooms import House, open_house
from commands.kit.room import CatchUp, Room, Schedule
from commands.kit.work import Work
from storage import ticks
from storage.audit import AuditEntry
from storage.database import Database
from storage.missions import get_mission
from storage.subjects import Key, Subject
from storage.timers import Timer, TimerState, set_timer
from tests.databases import Postgres

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
grids = st.sampled_from([timedelta(minutes=1), timedelta(minutes=7), HOUR, timedelta(days=1)])


@given(moments, grids)
def test_a_slot_lies_on_the_grid_and_not_in_the_future(moment: datetime, every: timedelta) -> None:
    slot = slot_of(moment, every)
    assert slot <= moment < slot + every
    assert slot_of(slot, every) == slot


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), grids)
def test_each_runs_every_missed_slot_once_and_in_order(last: datetime, pause: timedelta, every: timedelta) -> None:
    schedule = Schedule(every, lambda work: None, CatchUp.EACH)
    first = slot_of(last, every)
    due = slots_to_run(first, first + pause, schedule)
    expected = [first + every * (number + 1) for number in range(pause // every)]
    assert due == expected[-500:]


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), grids)
def test_once_runs_at_most_the_newest(last: datetime, pause: timedelta, every: timedelta) -> None:
    first = slot_of(last, every)
    due = slots_to_run(first, first + pause, Schedule(every, lambda work: None, CatchUp.ONCE))
    assert due == ([slot_of(first + pause, every)] if pause >= every else [])


def test_skip_leaves_out_what_is_late() -> None:
    schedule = Schedule(HOUR, lambda work: None, CatchUp.SKIP)
    assert slots_to_run(NOW - 5 * HOUR, NOW + timedelta(minutes=20), schedule) == []
    assert slots_to_run(NOW - 5 * HOUR, NOW + timedelta(seconds=20), schedule) == [NOW]


class Bell:
    """A room that writes down when it was rung, or raises."""

    def __init__(self, *, broken: bool = False) -> None:
        self.rung: list[datetime] = []
        self.heard: list[str] = []
        self.broken = broken

    def ring(self, work: Work) -> None:
        if self.broken:
            raise RuntimeError
        self.rung.append(work.now)

    def hear(self, work: Work, subject: Subject) -> None:
        if self.broken:
            raise RuntimeError
        self.heard.append(str(subject))

    def house(self, catch_up: CatchUp = CatchUp.EACH) -> House:
        schedules = {"ring": Schedule(HOUR, self.ring, catch_up)}
        return open_house([Room("bell", "", schedules=schedules, timers={"hear": self.hear})])


class GivenTime:
    """The time that tests pass in."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def clock_of(database: Database, house: House, present: GivenTime, owner: str = "w1") -> Clock:
    return Clock(database, house, present, owner, Metrics(), lambda: "T1")


@pytest.fixture
def mission(database: Database) -> Database:
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = NOW
    return database


def test_three_workers_run_each_slot_once(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    clocks = [clock_of(mission, bell.house(), present, f"w{number}") for number in range(3)]
    for _hour in range(6):
        with ThreadPoolExecutor(3) as workers:
            list(workers.map(lambda clock: clock.run_all(), clocks))
        present.now += HOUR
    assert bell.rung == [NOW + HOUR * number for number in range(6)]


def test_after_downtime_each_missed_slot_runs(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    clock_of(mission, bell.house(), present).run_all()
    present.now += 4 * HOUR
    clock_of(mission, bell.house(), present).run_all()
    assert len(bell.rung) == 5


def test_a_slot_left_unfinished_is_taken_over_once_its_lease_ran_out(mission: Database) -> None:
    broken, whole, present = Bell(broken=True), Bell(), GivenTime()
    clock_of(mission, broken.house(), present, "w1").run_all()
    second = clock_of(mission, whole.house(), present, "w2")
    second.run_all()
    assert whole.rung == []
    present.now += ticks.TICK_LEASE + timedelta(seconds=1)
    second.run_all()
    second.run_all()
    assert len(whole.rung) == 1


def test_a_clock_that_jumps_back_runs_nothing_twice(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    clock = clock_of(mission, bell.house(), present)
    clock.run_all()
    present.now += 2 * HOUR
    clock.run_all()
    rung = list(bell.rung)
    present.now -= 2 * HOUR
    clock.run_all()
    assert bell.rung == rung


@pytest.mark.parametrize("catch_up", list(CatchUp))
def test_a_clock_that_was_ahead_for_a_moment_does_not_silence_the_schedules(
    mission: Database, catch_up: CatchUp
) -> None:
    bell, present = Bell(), GivenTime()
    clock = clock_of(mission, bell.house(catch_up), present)
    clock.run_all()
    present.now += 24 * HOUR
    clock.run_all()
    present.now = NOW
    for _hour in range(26):
        present.now += HOUR
        clock.run_all()
    slots = [ticks_of(mission).count(NOW + HOUR * number) for number in range(27)]
    assert slots == [1] * 27


def ticks_of(database: Database) -> list[datetime]:
    with database.reading() as session:
        return list(session.scalars(select(ticks.Tick.slot).where(ticks.Tick.schedule == "T1/bell:ring")))


def test_a_slow_worker_that_was_taken_over_leaves_no_trace(postgres: Postgres) -> None:
    # Only where several can write at once: on SQLite nobody can take over inside a transaction.
    present = GivenTime()
    with postgres.fresh() as url:
        database = Database(url)
        with database.transaction() as session:
            get_mission(session, "T1").set_up_at = NOW

        def ring(work: Work) -> None:
            work.record("bell:rung", ("slot", "1"))
            present.now += ticks.TICK_LEASE + timedelta(seconds=1)
            with database.transaction() as session:
                assert ticks.claim_tick(session, "T1/bell:ring", NOW, "w2", present.now)
                assert ticks.finish_tick(session, "T1/bell:ring", NOW, "w2", present.now)

        clock_of(database, open_house([Room("bell", "", schedules={"ring": Schedule(HOUR, ring)})]), present).run_all()
        with database.reading() as session:
            assert session.query(AuditEntry).count() == 0
        database.dispose()


def test_forgetting_keeps_what_catching_up_begins_with(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    clock = clock_of(mission, bell.house(), present)
    clock.run_all()
    present.now += HOUR
    clock.run_all()
    with mission.transaction() as session:
        ticks.forget_ticks(session, NOW + 1000 * HOUR)
    assert ticks_of(mission) == [NOW + HOUR]


def test_schedules_of_rooms_wait_for_set_up(database: Database) -> None:
    bell = Bell()
    clock_of(database, bell.house(), GivenTime()).run_all()
    assert bell.rung == []


def test_a_timer_runs_once_when_it_is_due(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    with mission.transaction() as session:
        set_timer(session, "T1", key=Key("k"), verb="bell:hear", subject=Subject.parse("7"), due_at=NOW + HOUR)
    clock = clock_of(mission, bell.house(), present)
    assert clock.run_timers() == 0
    present.now += HOUR
    assert clock.run_timers() == 1
    assert clock.run_timers() == 0
    assert bell.heard == ["7"]


def test_a_timer_that_raises_is_pushed_forward_and_at_last_given_up(mission: Database) -> None:
    bell, present = Bell(broken=True), GivenTime()
    with mission.transaction() as session:
        set_timer(session, "T1", key=Key("k"), verb="bell:hear", subject=Subject.parse("7"), due_at=NOW)
    clock = clock_of(mission, bell.house(), present)
    attempts = 0
    while clock.run_timers() or attempts == 0 or present.now < NOW + timedelta(days=2):
        attempts += 1
        present.now += HOUR * 4
    with mission.reading() as session:
        timer = session.query(Timer).one()
        assert (timer.state, timer.attempts, timer.error) == (TimerState.FAILED, 8, "RuntimeError")


def test_a_broken_timer_keeps_no_other_waiting(mission: Database) -> None:
    bell, present = Bell(), GivenTime()
    with mission.transaction() as session:
        set_timer(session, "T1", key=Key("a"), verb="bell:unknown", subject=Subject.parse("1"), due_at=NOW)
        set_timer(session, "T1", key=Key("b"), verb="bell:hear", subject=Subject.parse("2"), due_at=NOW)
    clock_of(mission, bell.house(), present).run_timers()
    assert bell.heard == ["2"]
