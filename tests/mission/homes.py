"""App Home in a world whose worker only works when it is told to."""

from __future__ import annotations

from bot.sandbox.driver import Home
from tests.world import World


def home_of(world: World, name: str) -> Home:
    """Open Home as a person and let the worker draw it."""
    person = world.person(name)
    person.wire.post("home", **{"as": person.id}, app="Rapporteur")
    world.settle()
    return person.home
