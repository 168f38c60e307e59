"""No table grows for ever unless somebody meant it: each says how long its rows stay, or why for good."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from bot.clock.housekeeping import forget_the_old
from commands.kit.cards import Card
from commands.kit.post import show, tell
from commands.kit.work import Work
from storage import inbox
from storage.agency_imports import AgencyImport, start_import
from storage.base import Base
from storage.form_drafts import save_form
from storage.migrate import all_tables
from storage.missions import get_mission
from storage.outbox import FAILED_KEPT, OutboxRow, State
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


def test_every_table_says_how_long_its_rows_stay_or_why() -> None:
    silent = [one.__name__ for one in tables() if not isinstance(getattr(one, "kept", None), timedelta | str)]
    assert silent == [], "give these a `kept` and, when it is a span of time, a place among what is forgotten"
    assert [one.__name__ for one in tables() if isinstance(one.kept, str) and len(one.kept.split()) < 2] == []


def test_what_has_a_time_is_forgotten_after_it(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path)) as world:
        leaves_something_everywhere(world)
        limited = [one for one in tables() if isinstance(one.kept, timedelta)]
        assert [one.__name__ for one in limited if not count(world, one)] == [], "nothing there to forget"
        world.jump_to(world.now + FAILED_KEPT + timedelta(days=1))
        with world.database() as session:
            forget_the_old(Work(session, get_mission(session, world.mission_id), world.now))
        with world.product.database.reading() as session:
            newest = session.scalar(select(func.count(Tick.schedule.distinct())))
            waiting = session.scalar(select(func.count()).where(Timer.state == TimerState.WAITING))
        left = {one.__name__: count(world, one) for one in limited}
        # Catching up begins at each schedule's newest slot, and what has not run yet is not done with.
        assert left == {**dict.fromkeys(left, 0), "Tick": newest, "Timer": waiting}
        assert count(world, AgencyImport) == 0


def leaves_something_everywhere(world: World) -> None:
    """A mission at work: an answered round, a half-filled form, an upload that nobody confirmed, a refused message."""
    world.set_up()
    a_round(world)
    submitted(writes(world, WFP), "Done.")
    chief = world.user_id("Chief of staff")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        tell(work, chief, Card("refused"), key="test:refused")
        show(work, world.channel_id("cabinet"), "test:board", Card("shown"))
        save_form(session, world.mission_id, chief, "plan:new", {"title": "Half"}, world.now)
        start_import(session, world.mission_id, "list.csv", {}, {}, chief, world.now)
    world.pass_time(days=4)
    with world.database() as session:
        refused = update(OutboxRow).where(OutboxRow.key == "test:refused")
        session.execute(refused.values(state=State.FAILED, error="is_archived"))
        assert inbox.first_time(session, world.mission_id, "event:last", world.now)


def count(world: World, table: type[Base]) -> int:
    return world.count_rows(table)
