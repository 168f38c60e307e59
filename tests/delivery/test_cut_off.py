"""The app is taken out while nobody listens: who begins afterwards hears of it, stops sending, and counts no bug."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, select

from bot.app import Product, bolt_app, build
from bot.clock.heartbeat import heartbeat
from bot.delivery.dispatch import Delivery
from bot.observe import configure_logs
from bot.requests.web import Web, readiness
from commands.kit.cards import Card
from commands.kit.post import show, show_drawn
from commands.kit.work import Work
from storage.machine import MachineFact
from storage.missions import get_mission
from storage.outbox import LEASE, OutboxRow, State
from storage.subjects import Subject
from tests.signing import signed
from tests.world import World, a_world

BUGS = "rapporteur_bugs_total"
LOST = ["account_inactive", "token_revoked", "invalid_auth"]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A mission on each kind of database."""
    with a_world(database_url) as world:
        world.set_up()
        yield world


@contextmanager
def begun_anew(world: World) -> Iterator[Product]:
    """A web process that has just begun, in the place of the one that ran."""
    product = build(world.product.settings, now=world.product.now)
    assert world.server is not None
    world.server.set_app(Web(product, bolt_app(product)))
    yield product
    product.database.dispose()


def delivers(world: World, event: dict[str, Any]) -> int:
    """An event as Slack signs it. Returns the status of the answer."""
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": world.mission_id,
            "api_app_id": "A1",
            "event_id": f"Ev{event['type']}",
            "event": event,
        }
    ).encode()
    return httpx.post(world.url, content=body, headers=signed(body), timeout=20).status_code


def paused(world: World) -> str | None:
    with world.database() as session:
        return get_mission(session, world.mission_id).paused_reason


def bugs(product: Product) -> float | None:
    return product.metrics.registry.get_sample_value(BUGS)


@pytest.mark.parametrize("code", LOST)
@pytest.mark.parametrize("known", [True, False], ids=["known", "never known"])
@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_the_first_event_after_a_restart_is_taken(world: World, kind: str, code: str, *, known: bool) -> None:
    event = {"type": kind, "tokens": {"oauth": [], "bot": [world.product.identity.bot_user_id()]}}
    if not known:
        with world.database() as session:
            session.execute(delete(MachineFact).where(MachineFact.name.startswith("identity:")))
    world.workspace.fault("auth.test", "error", count=50, error=code)
    with begun_anew(world) as product:
        assert delivers(world, event) == 200
        assert paused(world) == kind
        assert bugs(product) == 0


def test_what_else_comes_before_anybody_knows_us_is_brought_again(world: World) -> None:
    with world.database() as session:
        session.execute(delete(MachineFact).where(MachineFact.name.startswith("identity:")))
    world.workspace.fault("auth.test", "error", count=50, error="account_inactive")
    with begun_anew(world) as product:
        assert delivers(world, {"type": "team_join", "user": {"id": "U1"}}) == 500
        assert bugs(product) == 0


@pytest.mark.parametrize("code", LOST)
def test_a_worker_that_begins_with_a_lost_token_says_so_until_it_works_again(world: World, code: str) -> None:
    world.workspace.fault("auth.test", "error", count=50, error=code)
    with begun_anew(world) as product:
        heartbeat(product, "w2")
        assert f"nothing can be sent: Slack says {code}" in readiness(product)
        world.workspace.wire.post("faults/clear")
        world.jump_to(world.now + timedelta(minutes=11))
        heartbeat(product, "w2")
        assert readiness(product) == []
        assert bugs(product) == 0


def test_a_lease_that_a_jump_of_the_clock_ended_is_no_bug(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message left, and meanwhile, by the clock, the row went to another worker, who settled it."""
    product, subject = world.product, Subject.of("test", 1)
    other = Delivery(
        product.database,
        product.house,
        product.slack,
        product.identity,
        product.metrics,
        product.now,
        "w2",
        timedelta(0),
    )
    turns: list[str] = []

    def draw(_work: Work, _subject: Subject) -> Card:
        turns.append("drawn")
        if len(turns) == 1:
            world.jump_to(world.now + LEASE + timedelta(seconds=1))
            other.drain()
        return Card("after")

    product.house.drawings["test:card"] = draw
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        show(work, world.channel_id("cabinet"), subject, Card("before"))
    world.settle()
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        show_drawn(work, world.channel_id("cabinet"), subject, "test:card", Card("x").handling)
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs("INFO", "json")
    world.jump_to(world.now + timedelta(minutes=1))
    world.delivery.drain()
    logged = written.getvalue()
    assert turns == ["drawn", "drawn"]
    with world.database() as session:
        rows = list(session.scalars(select(OutboxRow).where(OutboxRow.subject == str(subject))))
    assert [(row.state, row.error) for row in rows] == [(State.SENT, None)] * 2
    assert [one.text for one in world.person("Chief of staff").messages(in_="#cabinet")].count("after") == 1
    assert "lease lost" in logged
    assert "Traceback" not in logged
    assert bugs(product) == 0
