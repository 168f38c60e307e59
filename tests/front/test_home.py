"""Home begins with what waits for this person, by due time, each with the button that settles it; then the doors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.kit.front.things import HOME
from tests.databases import sqlite_url
from tests.escalations.acts import CHIEF, DUTY, raises, staff
from tests.mission.homes import home_of
from tests.world import World, a_world

WFP = "WFP focal point"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        staff(world)
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def test_what_waits_stands_first_and_goes_when_it_is_settled(world: World) -> None:
    raises(world, "The road to the camp is blocked.")
    raises(world, "Fuel ends tomorrow.", severity="Immediate")
    home = home_of(world, DUTY)
    assert home.text.index("E-2 is not acknowledged yet") < home.text.index("E-1 is not acknowledged yet")
    assert home.text.index("E-1 is not acknowledged yet") < home.text.index("Escalate")
    assert "is not acknowledged yet" not in home_of(world, "IOM focal point").text
    home.press("Acknowledge")
    world.settle()
    home = home_of(world, DUTY)
    assert "E-2 waits for your decision" in home.text
    assert "E-2 is not" not in home_of(world, CHIEF).text
    form = home.press("Decide")
    assert form is not None
    form.fill("The decision", "Fuel comes by air.").choose("Who carries it out", WFP)
    form.fill("By when", (world.now + timedelta(days=2)).date())
    assert form.submit() is None
    world.settle()
    assert "E-2" not in home_of(world, DUTY).text.partition("Escalate")[0]
    assert "Your action*: Fuel comes by air." in home_of(world, WFP).text
    done = home_of(world, WFP).press("Done…")
    assert done is not None
    done.fill("Evidence", "Seen on the runway.")


@pytest.mark.parametrize("name", [CHIEF, WFP, "Mission reader"])
def test_every_door_on_home_opens_for_everybody_who_sees_it(world: World, name: str) -> None:
    seen = [door for door in world.product.house.front.doors[HOME] if door.label in home_of(world, name).buttons]
    assert seen
    for door in seen:
        form = home_of(world, name).press(door.label)
        assert form is not None, door
        # What cannot be done is told in a form that nobody can send.
        assert form.view.get("submit"), form.text
        form.close(everything=True)
