"""A government changes the clocks a week before: the worker notices, and what was planned keeps its local time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from storage.audit import AuditEntry
from storage.funding.summaries import SummaryPlan
from storage.machine import get_facts
from storage.timers import Timer, TimerState
from tests.cabinet.test_series import a_series, meetings
from tests.local_times.test_mission_moves import told
from tests.local_times.zones import HOUR, other_rules, zone_file
from tests.updates.rounds import a_round, the_round
from tests.world import World

JUBA = "Africa/Juba"
# From Saturday on, clocks are an hour ahead of where they were.
DECIDED = zone_file(2 * HOUR, [(datetime(2035, 3, 9, 22, 0, tzinfo=UTC), 3 * HOUR)])


def local_starts(world: World) -> list[str]:
    return [f"{one.starts_at.astimezone(ZoneInfo(JUBA)):%a %d %H:%M}" for one in meetings(world)]


def changes_on_record(world: World) -> list[dict[str, object]]:
    with world.product.database.reading() as session:
        query = select(AuditEntry.details).where(AuditEntry.verb == "mission.clock")
        return [dict(details) for details in session.scalars(query)]


@pytest.mark.usefixtures("database_url")
def test_the_worker_notices_new_rules_and_moves_only_what_they_concern(world: World, tmp_path: Path) -> None:
    a_series(world)
    world.pass_time(hours=1)
    before = meetings(world)
    with other_rules(tmp_path, JUBA, DECIDED):
        assert local_starts(world) == ["Thu 08 10:00", "Thu 15 11:00", "Thu 22 11:00"]
        world.pass_time(hours=1)
        assert local_starts(world) == ["Thu 08 10:00", "Thu 15 10:00", "Thu 22 10:00"]
        assert meetings(world)[0].version == before[0].version  # it is before the change, and nothing is said of it
        assert changes_on_record(world) == [{"zone": JUBA, "rules": [JUBA]}]
        world.pass_time(hours=3)
        assert len(changes_on_record(world)) == 1
    world.pass_time(hours=1)  # the decision is taken back
    assert [one.starts_at for one in meetings(world)] == [one.starts_at for one in before]
    assert len(changes_on_record(world)) == 2


@pytest.mark.usefixtures("database_url")
def test_a_round_that_is_open_is_moved_and_told(world: World, tmp_path: Path) -> None:
    made = a_round(world)
    world.pass_time(hours=1)
    with other_rules(tmp_path, JUBA, zone_file(3 * HOUR)):
        world.pass_time(hours=1)
        assert f"{the_round(world, made).due_at.astimezone(ZoneInfo(JUBA)):%a %H:%M}" == "Wed 16:00"
        assert len(told(world, "WFP focal point", "keeps its local time")) == 1


@pytest.mark.usefixtures("database_url")
def test_rules_of_a_zone_that_only_a_funding_summary_uses_are_watched_too(world: World, tmp_path: Path) -> None:
    from commands.funding.handlers.summarising import set_next  # noqa: PLC0415 - as the room sets it
    from commands.kit.work import Work  # noqa: PLC0415
    from storage.missions import get_mission  # noqa: PLC0415

    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        whose = {"mission_id": world.mission_id, "created_by": "U1", "created_at": world.now, "updated_at": world.now}
        at = datetime(2035, 3, 5, 8, 0).time()
        plan = SummaryPlan(title="Funding", weekdays=[3], at=at, zone="Asia/Kabul", scope=[], channels=[], **whose)
        session.add(plan)
        session.flush()
        set_next(work, plan)
    world.pass_time(hours=1)

    def due() -> str:
        query = select(Timer.due_at).where(Timer.verb == "funding:summary", Timer.state == TimerState.WAITING)
        with world.product.database.reading() as session:
            (moment,) = session.scalars(query)
        return f"{moment.astimezone(ZoneInfo('Asia/Kabul')):%a %H:%M}"

    assert due() == "Thu 08:00"
    with other_rules(tmp_path, "Asia/Kabul", zone_file(5 * HOUR)):
        assert due() == "Thu 08:30"
        world.pass_time(hours=1)
        assert due() == "Thu 08:00"


def test_nothing_is_moved_by_the_first_look_nor_by_the_turn_of_the_year(world: World) -> None:
    a_series(world)
    before = [one.starts_at for one in meetings(world)]
    world.pass_time(hours=2)
    world.jump_to(datetime(2036, 1, 2, 8, 0, tzinfo=UTC))
    world.clock.run_all()
    with world.product.database.reading() as session:
        fact = get_facts(session, world.mission_id)["zone:rules"]
    assert fact.value["first_year"] == 2036
    assert list(fact.value["zones"]) == [JUBA]
    assert changes_on_record(world) == []
    assert [one.starts_at for one in meetings(world)][:3] == before
