"""SQLite on a small file system that fills up: people are told, nothing is lost, and it goes on when there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.machine import put_fact
from storage.updates.returns import ReturnVersion
from tests.databases import sqlite_url
from tests.faults.test_shutdown import arrived, row, sends
from tests.updates.rounds import a_round
from tests.updates.test_answering import DONE, writes
from tests.world import MONDAY, World, a_world

WFP = "WFP focal point"
LONG = "Every word of this is kept. " * 100


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is left inside the block."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    try:
        yield
    finally:
        ballast.unlink()


def works(world: World) -> None:
    """What the worker's loops do in a turn; they survive what it raises."""
    with suppress(NotNowError):
        world.delivery.drain()
    with suppress(NotNowError):
        world.clock.run_timers()


def test_a_full_disk_is_told_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    with a_world(sqlite_url(small_disk)) as world:
        world.set_up()
        a_round(world)
        form = writes(world, WFP).fill(DONE, LONG)
        sends(world, "n1")
        sends(world, "n2")
        with full(small_disk):
            # A little still fits into what the log of writes has in reserve: somebody writes until nothing does.
            fill_up(world.product.database)
            refused = form.submit()
            assert refused is not None
            assert "Could not save, nothing was changed" in " ".join(refused.errors.values())
            assert form.value(DONE) == LONG
            assert world.count_rows(ReturnVersion) == 0
            # What needs no writing is answered as always.
            assert "one of these roles: admin" in world.person("IOM focal point").runs("/agency add").text
            for _turn in range(3):
                works(world)
            assert arrived(world) in ([], ["n1"])
            assert httpx.get(world.url.replace("/slack/events", "/health/live")).status_code == 200
        assert form.submit() is None
        world.pass_time(minutes=2)
        assert arrived(world) == ["n1", "n2"]
        assert row(world, "n2").state == "sent"
        assert world.count_rows(ReturnVersion) == 1
        assert world.undelivered() == []


def fill_up(database: Database) -> None:
    with suppress(NotNowError):
        for number in range(10_000):
            write(database, number)
    with pytest.raises(NotNowError, match="full"):
        write(database, 10_000)


def write(database: Database, number: int) -> None:
    with database.transaction() as session:
        put_fact(session, f"ballast:{number}", {"text": "x" * 3000}, MONDAY)
