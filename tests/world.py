"""A whole mission in one process: the local Slack, the product's web side and its worker, on a time that is passed in.

Everything goes over real HTTP on the loopback with signatures on; only the worker's loops are stepped by hand, so that
a month of schedules runs in a second and a test never waits for the wall clock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt.adapter.socket_mode import SocketModeHandler
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.app import Product, bolt_app, build
from bot.clock.clock import Clock, slot_of
from bot.clock.heartbeat import heartbeat
from bot.delivery.dispatch import Delivery
from bot.delivery.telling import Telling
from bot.observe import configure_logs
from bot.processes.run import close_socket, socket_client
from bot.requests.web import Web
from bot.rooms import find_rooms, open_house
from bot.sandbox.driver import Person, Workspace
from bot.settings import Settings
from bot.tools.demo.preparation import look_around, prepare_rooms, workspace_seed
from bot.tools.manifest import manifest
from storage.agencies import Leave, all_agencies
from storage.outbox import OutboxRow, State
from storage.timers import Timer, TimerState
from tests.waiting import PATIENCE

# A working Monday, 09:00 in Juba; ahead of the wall clock, because a local Slack never runs backwards.
MONDAY = datetime(2035, 3, 5, 7, 0, tzinfo=UTC)
# How often schedules get a turn while time passes: their catch-up policies make up for the slots in between, and
# whatever has a moment of its own is stopped at exactly.
STRIDE = timedelta(hours=3)
BOT_TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SIGNING_SECRET = "a secret of the tests"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent names it so
        """Tests need no access log."""


class GivenTime:
    """The present moment, as it is passed in."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class World:
    """The mission of the demo's seed. Make one with `a_world`."""

    def __init__(self, workspace: Workspace, product: Product, present: GivenTime, *, pace: timedelta) -> None:
        self.workspace = workspace
        self.product = product
        self.present = present
        self.url = ""
        self.server: WSGIServer | None = None
        self.delivery = Delivery(
            product.database, product.house, product.slack, product.identity, product.metrics, present, "w1", pace
        )
        self.delivery.mail = product.mail
        self.clock = Clock(product.database, product.house, present, "w1", product.metrics, product.identity.team_id)
        self.telling = Telling(product.database, product.house, present, product.metrics, product.identity.team_id)

    @property
    def now(self) -> datetime:
        """The world's present moment."""
        return self.present.now

    @property
    def mission_id(self) -> str:
        """The mission's id, which is the workspace's team id."""
        return self.product.identity.team_id()

    def person(self, name: str) -> Person:
        """Somebody of the seed, by the name people know them by."""
        return self.workspace.person(name)

    def user_id(self, name: str) -> str:
        """A person's Slack id."""
        return self.workspace.person(name).id

    def channel_id(self, name: str) -> str:
        """A channel's Slack id, by its name without #; it must be one the Chief of staff may see."""
        channel = self.person("Chief of staff").find_channel(name)
        assert channel is not None, name
        return str(channel["id"])

    @contextmanager
    def database(self) -> Iterator[Session]:
        """A transaction on the mission's database, to look or to prepare."""
        with self.product.database.transaction() as session:
            yield session

    def is_away(self, name: str, first: date, last: date) -> None:
        """Enter leave of a person, both days included."""
        facts = {"mission_id": self.mission_id, "user_id": self.user_id(name), "first_day": first, "last_day": last}
        with self.database() as session:
            session.add(Leave(**facts, entered_by=self.user_id("Chief of staff")))

    def settle(self) -> None:
        """Let the worker do everything that is due now, until nothing is."""
        self.workspace.settles()
        for _turn in range(500):
            if not self._works():
                self.workspace.settles()
                if not self._works():
                    return
        raise AssertionError("the worker never came to rest")

    def _works(self) -> bool:
        return bool(self.telling.tell() + self.delivery.drain() or self.clock.run_timers())

    def go_to(self, moment: datetime) -> None:
        """Let time pass up to a moment, stopping wherever something is due on the way."""
        self.settle()
        while True:
            upcoming = self._next_event()
            if upcoming > moment:
                break
            self.jump_to(upcoming)
            self.clock.run_all()
            self.settle()
        self.jump_to(moment)
        self.clock.run_all()
        self.settle()

    def pass_time(self, **span: float) -> None:
        """Let time pass: `pass_time(hours=2)`."""
        self.go_to(self.now + timedelta(**span))

    def jump_to(self, moment: datetime) -> None:
        """Set the clock without letting anything run on the way, as after a standstill; it never goes back."""
        self.present.now = max(moment, self.present.now)
        self.workspace.clock.set(self.present.now.timestamp())

    def _next_event(self) -> datetime:
        upcoming = [slot_of(self.now, STRIDE) + STRIDE]
        columns = (OutboxRow.not_before, OutboxRow.lease_until, Timer.due_at)
        with self.product.database.reading() as session:
            for column in columns:
                waiting = (
                    Timer.state == TimerState.WAITING if column is Timer.due_at else OutboxRow.state == State.PENDING
                )
                moment = session.scalar(select(func.min(column)).where(waiting, column > self.now))
                upcoming += [moment] if moment is not None else []
            waits = select(OutboxRow.id).where(OutboxRow.state == State.PENDING, OutboxRow.not_before <= self.now)
            if self.delivery.pace and session.scalar(waits.limit(1)) is not None:
                upcoming.append(self.now + self.delivery.pace)
        return min(upcoming)

    def undelivered(self) -> list[str]:
        """Keys and errors of messages that failed, and of those that wait although they are due."""
        with self.product.database.reading() as session:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.state.in_([State.FAILED, State.PENDING])))
            return [f"{row.key}: {row.state} {row.error or ''}" for row in rows if row.not_before <= self.now]

    def count_rows(self, table: Any) -> int:
        """How many rows a table has."""
        with self.product.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def set_up(self, *, agencies: bool = True) -> dict[str, int]:
        """Set the mission up without forms, as the demo does. Returns the agencies' ids by code."""
        place = look_around(self.product.slack)
        wanted = {"mission", "agencies"} if agencies else {"mission"}
        rooms = open_house(room for room in self.product.house.rooms if room.name in wanted)
        with self.database() as session:
            prepare_rooms(session, rooms, place, self.now)
            ids = {agency.code: agency.id for agency in all_agencies(session, self.mission_id)}
        self.settle()
        return ids


@cache
def _demo_workspace(prefix: str) -> dict[str, Any]:
    """Reading the rooms' documents takes 70 ms, which every test would spend anew."""
    return workspace_seed(find_rooms(prefix))


def seed_document(*, request_url: str = "", prefix: str = "", organisation: str = "") -> dict[str, Any]:
    """The demo's workspace with the app as our manifest describes it; Socket Mode without a request URL.

    `organisation` is the id of the one that the workspace is part of, on Enterprise Grid.
    """
    house = find_rooms(prefix)
    document = deepcopy(_demo_workspace(prefix))
    document["workspace"] = {**document["workspace"], "enterprise": organisation}
    app = {
        "name": "Rapporteur",
        "bot_token": BOT_TOKEN,
        "signing_secret": SIGNING_SECRET,
        "manifest": manifest(house, prefix=prefix, socket_mode=not request_url, url=request_url),
    }
    if not request_url:
        app["app_token"] = APP_TOKEN
    document["apps"] = [app]
    return document


@contextmanager
def a_world(
    database_url: str,
    *,
    now: datetime = MONDAY,
    socket_mode: bool = False,
    pace: timedelta = timedelta(0),
    prefix: str = "",
    organisation: str = "",
) -> Iterator[World]:
    """A running mission. Fails at the end when Slack refused anything that the test did not ask for."""
    configure_logs("WARNING", "console")
    present = GivenTime(now)
    server = make_server("127.0.0.1", 0, lambda environ, start: [], server_class=_Server, handler_class=_Quiet)
    url = "" if socket_mode else f"http://127.0.0.1:{server.server_port}/slack/events"
    with Workspace.start(seed_document(request_url=url, prefix=prefix, organisation=organisation)) as workspace:
        workspace.clock.freeze()
        workspace.waits(PATIENCE)
        workspace.clock.set(max(now.timestamp(), workspace.clock.now))
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            slack_bot_token=BOT_TOKEN,  # type: ignore[arg-type]
            slack_signing_secret=SIGNING_SECRET,  # type: ignore[arg-type]
            slack_app_token=APP_TOKEN if socket_mode else "",  # type: ignore[arg-type]
            slack_api_url=workspace.api_url,
            database_url=database_url,
            command_prefix=prefix,
        )
        product = build(settings, now=present)
        app = bolt_app(product)
        server.set_app(Web(product, None if socket_mode else app))  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        handler = None
        if socket_mode:
            handler = SocketModeHandler(app, APP_TOKEN, web_client=socket_client(product, APP_TOKEN))
            handler.connect()
        world = World(workspace, product, present, pace=pace)
        world.url, world.server = url, server
        heartbeat(product, "w1")
        try:
            yield world
        finally:
            if handler is not None:
                close_socket(handler)
            server.shutdown()
            server.server_close()
            product.database.dispose()


@contextmanager
def a_tidy_mission(database_url: str) -> Iterator[World]:
    """A mission that is set up; at the end Slack must not have refused anything, nor may a message be stuck."""
    with a_world(database_url) as world:
        world.set_up()
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []
