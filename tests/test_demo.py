"""The demo is what the rooms declare: a new room brings its people, channels and rows, and edits nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.rooms import House, find_rooms, open_house
from bot.sandbox.store.seed import SeedError, read_seed
from bot.tools.demo.preparation import look_around, parts_of, prepare_rooms, workspace_seed
from commands.kit.demo import Demo, DemoWorkspace
from commands.kit.room import Room
from commands.kit.work import Work
from storage.migrate import all_tables
from tests.databases import sqlite_url
from tests.world import World, a_world

MORE = """
people:
  - {handle: pilot, name: Pilot, title: Air operations, tz: Africa/Juba}
channels:
  - {name: air-operations, private: true, members: [pilot, Rapporteur]}
  - {name: cabinet, members: [pilot]}
"""
APP = {"name": "Rapporteur", "bot_token": "xoxb-x"}


def prepare_nothing(_work: Work, _place: DemoWorkspace) -> None:
    """A room that only brings people."""


def with_a_new_room(folder: Path, text: str) -> House:
    seed = folder / "demo.yaml"
    seed.write_text(text, encoding="utf-8")
    return open_house([*find_rooms().rooms, Room("air", "", demo=Demo(15, prepare_nothing, seed))])


def test_a_room_brings_people_and_channels_and_joins_channels_that_are_there(tmp_path: Path) -> None:
    before = workspace_seed(find_rooms())
    seed = workspace_seed(with_a_new_room(tmp_path, MORE))
    read_seed({**seed, "apps": [APP]})
    assert [one["name"] for one in seed["people"]] == [*(one["name"] for one in before["people"]), "Pilot"]
    channels = {one["name"]: one for one in seed["channels"]}
    assert channels.keys() - {one["name"] for one in before["channels"]} == {"air-operations"}
    assert channels["cabinet"]["members"][-1] == "pilot"
    assert channels["cabinet"]["topic"] == "The cabinet of the mission"


def test_a_person_cannot_be_brought_twice(tmp_path: Path) -> None:
    seed = workspace_seed(with_a_new_room(tmp_path, "people:\n  - {handle: srsg, name: Another, tz: UTC}\n"))
    with pytest.raises(SeedError):
        read_seed({**seed, "apps": [APP]})


def test_parts_come_in_the_order_that_rooms_declare(tmp_path: Path) -> None:
    orders = [demo.order for demo in parts_of(with_a_new_room(tmp_path, MORE))]
    assert orders == sorted(orders)
    assert 15 in orders[1:-1]


def test_the_demo_shows_something_of_every_room_that_declares_it(tmp_path: Path) -> None:
    house = find_rooms()
    with a_world(sqlite_url(tmp_path)) as world:
        place = look_around(world.product.slack)
        for room in sorted((room for room in house.rooms if room.demo), key=lambda one: one.demo.order):
            before = rows(world)
            with world.database() as session:
                prepare_rooms(session, open_house([room]), place, world.now)
            assert rows(world) > before, room.name
        world.settle()
        assert world.undelivered() == []


def rows(world: World) -> int:
    with world.product.database.reading() as session:
        return sum(session.scalar(select(func.count()).select_from(one)) or 0 for one in all_tables().sorted_tables)
