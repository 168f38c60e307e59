"""A mission's first minute: several hands of two workers meet the same people and channels, and none comes to harm."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select

from bot.app import Product, build
from bot.clock.heartbeat import heartbeat
from bot.delivery.dispatch import Delivery
from bot.delivery.pool import Pool
from storage.channels import members_of
from storage.outbox import OutboxRow, State
from storage.people import Person
from tests.databases import sqlite_url
from tests.world import World, a_world

CHIEF = "Chief of staff"
DATABASES = 20
WORKERS, HANDS = 2, 4
PATIENCE = 60
BUGS = "rapporteur_bugs_total"


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """One fresh database after the other."""

    def of_sqlite() -> Iterator[str]:
        for _number in range(DATABASES):
            yield sqlite_url(tmp_path)

    def of_postgres() -> Iterator[str]:
        server = request.getfixturevalue("postgres")
        for _number in range(DATABASES):
            with server.fresh() as url:
                yield url

    return of_sqlite() if request.param == "sqlite" else of_postgres()


def two_private_channels(world: World) -> dict[str, set[str]]:
    """Leadership and its office, with the same people and us in both. Members by channel id."""
    chief = world.person(CHIEF)
    people = {str(one["id"]): str(one["name"]) for one in world.workspace.wire.get("boot")["people"]}
    found: dict[str, set[str]] = {}
    for name in ("leadership", "leadership-office"):
        made = chief.wire.post("channel/create", **{"as": chief.id}, name=name, private=True)["channel"]
        chief.runs("/invite @Rapporteur", in_=f"#{name}")
        for who in people.values():
            if who not in {CHIEF, "Rapporteur"}:
                chief.invites(who, to=name)
        found[str(made["id"])] = set(people)
    return found


def sets_up(world: World) -> None:
    chief = world.person(CHIEF)
    chief.runs("/mission setup")
    form = chief.sees_form("Set up")
    form.fill("Name of the mission", "UN Mission of the demo")
    form.choose("Cabinet channel", "leadership")
    form.choose("Coordinator channel", "leadership-office")
    assert form.submit() is not None


@contextmanager
def two_workers(world: World) -> Iterator[list[Product]]:
    """Both deliver with several hands, until nothing waits."""
    with ExitStack() as stack:
        products = [build(world.product.settings, now=world.product.now) for _number in range(WORKERS)]
        for one in products:
            stack.callback(one.database.dispose)
        yield products


def delivers(products: list[Product], world: World) -> None:
    deadline = time.monotonic() + PATIENCE

    def work(product: Product, name: str) -> None:
        pool = Pool(HANDS)
        delivery = Delivery(
            product.database,
            product.house,
            product.slack,
            product.identity,
            product.metrics,
            product.now,
            name,
            timedelta(0),
            pool,
        )
        heartbeat(product, name)
        while waits(world) and time.monotonic() < deadline:
            if not delivery.drain():
                pool.wake.wait(0.01)
                pool.wake.clear()
        assert pool.finish(PATIENCE)

    threads = [Thread(target=work, args=(one, f"w{number}")) for number, one in enumerate(products)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)


def waits(world: World) -> int:
    with world.product.database.reading() as session:
        query = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == State.PENDING)
        return session.scalar(query) or 0


def test_two_workers_meet_the_same_people_at_once(fresh_urls: Iterator[str]) -> None:
    for url in fresh_urls:
        with a_world(url) as world, two_workers(world) as products:
            channels = two_private_channels(world)
            world.workspace.settles()
            sets_up(world)
            delivers(products, world)
            world.workspace.settles()
            with world.database() as session:
                failed = select(OutboxRow.method, OutboxRow.error).where(OutboxRow.state != State.SENT)
                assert session.execute(failed).all() == []
                for channel, members in channels.items():
                    assert members_of(session, world.mission_id, channel) >= members
                met = set(session.scalars(select(Person.user_id)))
                assert met >= next(iter(channels.values()))
            for one in (world.product, *products):
                assert one.metrics.registry.get_sample_value(BUGS) == 0
