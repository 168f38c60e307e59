"""The floor of a writing command: an empty Bolt app that asks the database what our command asked, on the raw driver.

What `/update nil` and Undo ask is recorded from our own web side: the floor has the same rows, whatever we change.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import Any

import psycopg
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from sqlalchemy import event, update
from sqlalchemy.engine import make_url

from bot.app import ANYTHING, Product
from bot.app import bolt_app as our_bolt_app
from bot.processes.parent import end_with_our_server
from bot.processes.run import product_from_environment
from bot.requests.web import Web
from bot.tools.bench.bare import bolt_app
from bot.tools.bench.gestures import nil_in_turns
from bot.tools.bench.mission import BenchMission, read_mission
from bot.tools.bench.signed import Application, ask
from storage.database import BUSY_TIMEOUT_MS
from storage.updates.returns import Return

Statement = tuple[str, Any]
# A return's version is made one that nothing else in a request equals, so that a replay can count it on.
FIRST_VERSION = 1_000_000
# Whose return is written: the last of the round, whom no other load asks.
LANE = -1
# What is unique in a request: the number of its trigger, or a random id.
UNIQUE = re.compile(r"[0-9a-f]{32}|[0-9]{15,}")
_numbers = count(FIRST_VERSION * 1_000)


def record(product: Product, web: Web, mission: BenchMission) -> list[list[Statement]]:
    """The statements of one `/update nil` and of one Undo, as the driver gets them."""
    with product.database.transaction() as session:
        of_lane = Return.id == mission.owing[LANE].return_id
        session.execute(update(Return).where(of_lane).values(version=FIRST_VERSION))
    make, found = nil_in_turns(mission), list[list[Statement]]()
    for _warm in range(4):
        ask(web, make(LANE))
    for _gesture in range(2):
        with _listening(product) as statements:
            ask(web, make(LANE))
        found.append(statements)
    return found


@contextmanager
def _listening(product: Product) -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        heard.append((statement, parameters))

    event.listen(product.database.engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(product.database.engine, "before_cursor_execute", hear)


def application(url: str, gestures: list[list[Statement]]) -> Application:
    """An empty Bolt app that replays the gestures in turns, one transaction each."""
    connected, turn, own = _connecting(url), threading.Lock(), threading.local()
    of_turn = cycle(gestures)

    def replay(ack: Callable[[], None]) -> None:
        # SQLite takes one writer at a time: waiting in line is cheaper than its own way of looking again.
        with turn:
            if not hasattr(own, "connection"):
                own.connection = connected()
            for statement, parameters in renewed(next(of_turn)):
                answered = own.connection.execute(statement, parameters)
                if answered.description:
                    answered.fetchall()
            own.connection.commit()
        ack()

    app: App = bolt_app()
    app.command(ANYTHING)(replay)
    app.action(ANYTHING)(replay)
    handler: Application = SlackRequestHandler(app, path="/slack/events")
    return handler


def renewed(statements: list[Statement]) -> list[Statement]:
    """The same with what must be unique made new, alike wherever it stands in one request."""
    version, unique = next(_numbers), f"{next(_numbers):032d}"

    def value(one: Any) -> Any:
        if isinstance(one, int) and one > FIRST_VERSION:
            return version
        return UNIQUE.sub(unique, one) if isinstance(one, str) and UNIQUE.search(one) else one

    return [
        (
            words,
            {name: value(one) for name, one in given.items()} if isinstance(given, dict) else tuple(map(value, given)),
        )
        for words, given in statements
    ]


def _connecting(url: str) -> Callable[[], Any]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return lambda: _sqlite(str(address.database))
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return lambda: psycopg.connect(plain)


def _sqlite(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def served() -> Application:
    """What the HTTP server's process runs; it records first. The last argument names the file with the mission."""
    end_with_our_server()
    product = product_from_environment()
    gestures = record(product, Web(product, our_bolt_app(product)), read_mission(Path(sys.argv[-1])))
    product.database.dispose()
    return application(product.settings.database_url, gestures)
