"""Whole escalations, as people live them: each message comes once, and everybody can see what happens next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.escalations.model import State
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    RAISER,
    SRSG,
    direct,
    next_up,
    office_card,
    presses,
    raises,
    staff,
    the,
    told,
    writes,
)
from tests.mission.homes import home_of
from tests.world import World, a_tidy_mission


@pytest.fixture
def each_world(database_url: str) -> Iterator[World]:
    """A running mission on each kind of database."""
    with a_tidy_mission(database_url) as world:
        yield world


def test_from_raising_to_the_decision(each_world: World) -> None:
    world = each_world
    staff(world)
    number = raises(world, "The road to the camp is blocked.", agency="UNHCR")
    card = office_card(world, number)
    assert "*Not acknowledged yet.*" in card.text
    assert "unless somebody acknowledges: deputy is told" in card.text
    assert next_up(world, number) == ("climb", "Mon 09:30", [DEPUTY])
    assert len(told(world, DUTY, number, "Brought to you as duty officer")) == 1
    assert told(world, DEPUTY, number) == told(world, CHIEF, number) == []
    assert "1 escalation is open" in home_of(world, RAISER).text
    assert "The road to the camp is blocked." not in home_of(world, "IOM focal point").text
    presses(world, told(world, DUTY, number)[0], "Acknowledge")
    assert "acknowledged" in world.person(RAISER).home.text
    assert next_up(world, number) == ("stale", "Mon 13:00", [DUTY])
    assert len(told(world, RAISER, number, f"Acknowledged by @{DUTY}")) == 1
    assert len(told(world, "UNHCR focal point", number, f"Acknowledged by @{DUTY}")) == 1
    writes(world, presses(world, office_card(world, number, DUTY), "Ask back"), "Your question", "Since when exactly?")
    assert "waits for an answer" in office_card(world, number).text
    asked = told(world, RAISER, number, "Since when exactly?")[-1]
    writes(world, presses(world, asked, "Answer"), "Your answer", "Since Monday at dawn.")
    assert len(told(world, DUTY, number, "Since Monday at dawn.")) == 1
    presses(world, office_card(world, number, CHIEF), "It is with the SRSG")
    writes(world, presses(world, office_card(world, number, CHIEF), "Decide"), "The decision", "The SRSG calls today.")
    for name in (RAISER, DUTY, "UNHCR focal point"):
        assert len([one for one in direct(world, name) if "*Decided* by" in one.text]) == 1, name
    this = the(world, number)
    assert (this.state, this.next_at, this.next_for) == (State.DECIDED, None, [])
    card = office_card(world, number)
    assert card.buttons == ["Open"]
    assert "The SRSG calls today." in card.text
    assert told(world, SRSG, number) == []
    history = "\n".join(one.text for one in card.thread)
    for line in ("Told: duty officer", "Acknowledged by", "asks back:", "answers:", "before the SRSG", "*Decided* by"):
        assert history.count(line) == 1, history
    assert "No escalation that concerns you is open." in home_of(world, RAISER).text
    world.pass_time(hours=9)
    assert len(office_card(world, number).thread) == len(card.thread)


def test_a_message_is_escalated_from_where_it_stands(world: World) -> None:
    staff(world)
    said = world.person("Mission reader").says("Shots near the airstrip <again> & again", in_="#general")
    form = world.person(RAISER).shortcut("Escalate this message", on=said)
    assert form is not None
    assert form.value("What is it about?") == "Shots near the airstrip <again> & again"
    assert "From a message in #general" in form.text
    assert form.submit() is None
    world.settle()
    assert "From a message in #general" in office_card(world, 1).text
