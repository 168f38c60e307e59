"""The demo's mission at several moments, and what rooms add to it, to walk through."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.tools.demo.preparation import look_around, prepare_rooms
from storage.people import AGENCY_ROLES, Role, set_holders
from tests.databases import sqlite_url
from tests.holds.offers import Hand
from tests.holds.states import States
from tests.holds.walk import Name, Walk
from tests.world import World, a_world

ALL_ROLES = "Chief of staff"
OTHERS = ("Cabinet secretary", "WFP focal point", "WFP head of agency", "SRSG")
# From the working Monday on which the demo begins: its cabinet meets on Wednesday morning.
MOMENTS = {"during the meeting": timedelta(days=2, hours=3), "a week on": timedelta(days=7)}
# What a room may say in `tests/ROOM/gestures.py`, each for itself.
PARTS: dict[str, Any] = {"TEXTS": {}, "WORDS": {}, "FILES": {}, "STATES": ()}


def rooms_help(world: World) -> list[ModuleType]:
    """What rooms say of their gestures: `tests/ROOM/gestures.py`, where there is one."""
    names = [f"tests.{room.name}.gestures" for room in world.product.house.rooms]
    return [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]


def part(modules: list[ModuleType], name: str) -> dict[str, Any]:
    """One part of what rooms say, all together."""
    return {key: value for one in modules for key, value in dict(getattr(one, name, PARTS[name])).items()}


def never_seen(world: World) -> set[Name]:
    """What rooms say a walk does not come to yet: `NOT_SEEN` of `tests/ROOM/gestures.py`."""
    return {name for one in rooms_help(world) for name in getattr(one, "NOT_SEEN", ())}


@contextmanager
def a_walk(folder: Path) -> Iterator[Walk]:
    """A walk through a mission that has something in every room, with one person who holds every role."""
    with a_world(sqlite_url(folder)) as world:
        place = look_around(world.product.slack)
        with world.database() as session:
            prepare_rooms(session, world.product.house, place, world.now)
        world.settle()
        chief = world.user_id(ALL_ROLES)
        with world.database() as session:
            for role in set(Role) - AGENCY_ROLES:
                set_holders(session, world.mission_id, role, [chief], "test", world.now)
        yield _walk(world, chief)


def _walk(world: World, chief: str) -> Walk:
    help_of_rooms = rooms_help(world)
    files = {verb: _upload(world, *file) for verb, file in part(help_of_rooms, "FILES").items()}
    others = [world.user_id(name) for name in OTHERS]
    hand = Hand(
        now=world.now,
        people=(others[1], chief),
        channels=(world.channel_id("cabinet-office"), world.channel_id("cabinet")),
        texts=part(help_of_rooms, "TEXTS"),
        files=files.get,
    )
    walk = Walk(world, [chief, *others], hand, States(world), words=part(help_of_rooms, "WORDS"))
    for state in _states(walk, help_of_rooms):
        walk.begin(state)
    return walk


def _states(walk: Walk, help_of_rooms: list[ModuleType]) -> Iterator[Any]:
    """The mission of the demo at each moment, and with what each room brings about; time never runs backwards."""
    world, states = walk.world, walk.states
    begun = states.store("begun")
    kept = [begun]
    for one in help_of_rooms:
        for bring_about in getattr(one, "STATES", ()):
            states.restore(begun)
            bring_about(world)
            kept.append(states.store(bring_about.__name__))
    states.restore(begun)
    for name, span in MOMENTS.items():
        world.go_to(begun.now + span)
        kept.append(states.store(name))
    return iter(kept)


def _upload(world: World, name: str, content: bytes) -> dict[str, Any]:
    """A file as Slack describes what somebody put into a form."""
    chief = world.person(ALL_ROLES)
    file: dict[str, Any] = chief.wire.upload(name, content, **{"as": chief.id})["file"]
    return file
