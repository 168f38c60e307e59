"""No table grows for ever unless somebody meant it: each says how long its rows stay, or why for good.

The machine and the rooms declare what forgets rows. A room with something to forget has `tests/ROOM/leftovers.py`,
whose `leave_rows` puts a row of each kind into a mission at work; here the rows grow old.
"""

from __future__ import annotations

import importlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.clock.housekeeping import forgetting, machine_schedules
from bot.rooms import DuplicateError, House, find_rooms, open_house
from commands.kit.cards import Card
from commands.kit.post import show, tell
from commands.kit.room import Forgetting, Room
from commands.kit.work import Work
from storage import inbox
from storage.base import Base
from storage.form_drafts import save_form
from storage.limits import spend
from storage.migrate import all_tables
from storage.missions import get_mission
from storage.outbox import FAILED_KEPT, OutboxRow, State
from storage.subjects import Key
from storage.ticks import Tick
from storage.timers import Timer, TimerState
from tests.databases import sqlite_url
from tests.updates.rounds import a_round
from tests.updates.test_answering import submitted, writes
from tests.world import World, a_world

WFP = "WFP focal point"


def tables() -> list[type[Base]]:
    all_tables()
    return sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda one: str(one.__tablename__))


LIMITED = [one for one in tables() if isinstance(one.kept, timedelta)]


def test_every_table_says_how_long_its_rows_stay_or_why() -> None:
    silent = [one.__name__ for one in tables() if not isinstance(getattr(one, "kept", None), timedelta | str)]
    assert silent == [], "give these a `kept` and, when it is a span of time, something that forgets them"
    assert [one.__name__ for one in tables() if isinstance(one.kept, str) and len(one.kept.split()) < 2] == []


def test_what_has_a_time_is_forgotten_after_it_by_exactly_one_function(tmp_path: Path) -> None:
    house = find_rooms()
    with a_world(sqlite_url(tmp_path)) as world:
        leaves_something_everywhere(world, house)
        assert [one.__name__ for one in LIMITED if not world.count_rows(one)] == [], "nothing there to forget"
        world.jump_to(world.now + FAILED_KEPT + timedelta(days=1))
        emptied = {forget: what_shrinks(world, forget) for forget in forgetting(house)}
        assert [forget.__name__ for forget, where in emptied.items() if not where] == [], "forgets nothing"
        reached = {table.__name__: sum(table in where for where in emptied.values()) for table in LIMITED}
        assert reached == dict.fromkeys(reached, 1)
        with world.database() as session:
            work = Work(session, get_mission(session, world.mission_id), world.now)
            machine_schedules(house)["machine:forget"].run(work)
        with world.product.database.reading() as session:
            newest = session.scalar(select(func.count(Tick.schedule.distinct())))
            waiting = session.scalar(select(func.count()).where(Timer.state == TimerState.WAITING))
        left = {one.__name__: world.count_rows(one) for one in LIMITED}
        # Catching up begins at each schedule's newest slot, and what has not run yet is not done with.
        assert left == {**dict.fromkeys(left, 0), "Tick": newest, "Timer": waiting}
        assert [forget.__name__ for forget in forgetting(house) if what_shrinks(world, forget)] == []


def test_two_rooms_cannot_forget_the_same() -> None:
    with pytest.raises(DuplicateError):
        open_house([Room("a", "", forgets=(inbox.forget_old,)), Room("b", "", forgets=(inbox.forget_old,))])


def leaves_something_everywhere(world: World, house: House) -> None:
    """A mission at work: an answered round, a half-filled form, a refused message, and what the rooms leave."""
    world.set_up()
    a_round(world)
    submitted(writes(world, WFP), "Done.")
    chief = world.user_id("Chief of staff")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        tell(work, chief, Card("refused"), key=Key("test:refused"))
        show(work, world.channel_id("cabinet"), "test:board", Card("shown"))
        save_form(session, world.mission_id, chief, "plan:new", {"title": "Half"}, world.now)
    for room in house.rooms:
        if room.forgets:
            importlib.import_module(f"tests.{room.name}.leftovers").leave_rows(world)
    world.pass_time(days=4)
    with world.database() as session:
        refused = update(OutboxRow).where(OutboxRow.key == "test:refused")
        session.execute(refused.values(state=State.FAILED, error="is_archived"))
        assert inbox.first_time(session, world.mission_id, "event:last", world.now)
        spend(session, world.mission_id, "U1", "messages", world.now, 1)


def what_shrinks(world: World, forget: Forgetting) -> set[type[Base]]:
    """The tables from which a function takes rows now; they are given back."""
    with world.database() as session:
        before = {one: session.scalar(select(func.count()).select_from(one)) for one in tables()}
        forget(session, world.now)
        after = {one: session.scalar(select(func.count()).select_from(one)) for one in tables()}
        session.rollback()
    return {one for one in tables() if after[one] != before[one]}
