"""The database goes away while it commits: what it did is not known, and nobody is told that nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from storage.database import Database
from storage.updates.returns import ReturnVersion
from tests.databases import Postgres
from tests.faults.postgres_line import Line, a_line
from tests.updates.rounds import a_round
from tests.updates.test_answering import DONE, writes
from tests.world import World, a_world

WFP = "WFP focal point"


@contextmanager
def a_mission(postgres: Postgres) -> Iterator[tuple[World, Line, Database]]:
    """A mission with a round that begins to write over a line, and its database without one."""
    with postgres.fresh() as url, a_line(url) as (line, address), a_world(address) as world:
        world.set_up()
        a_round(world)
        database = Database(url)
        yield world, line, database
        line.mend()
        database.dispose()


def kept(database: Database) -> list[object]:
    with database.reading() as session:
        return [one.answers["q1"] for one in session.scalars(select(ReturnVersion))]


def test_when_the_database_comes_back_at_once_the_act_is_done_once(postgres: Postgres) -> None:
    with a_mission(postgres) as (world, line, database):
        form = writes(world, WFP).fill(DONE, "Convoys.")
        line.lose_commits = 1
        assert form.submit() is None
        assert kept(database) == ["Convoys."]


def test_when_it_stays_away_nobody_is_told_that_nothing_was_changed(postgres: Postgres) -> None:
    with a_mission(postgres) as (world, line, database):
        form = writes(world, WFP).fill(DONE, "Convoys.")
        line.lose_commits, line.stays_cut = 1, True
        refused = form.submit()
        assert refused is not None
        told = " ".join(refused.errors.values())
        assert "could not learn whether this was saved" in told
        assert "nothing was changed" not in told
        assert kept(database) == ["Convoys."]
        # What never reached the database is told as before.
        assert "Could not save, nothing was changed" in world.person("IOM focal point").runs("/update nil").text
