"""Between rooms: a decision of the office becomes an action of the cabinet, and any number opens its thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.links.handoffs import HandOff
from storage.timers import Timer, TimerState
from tests.databases import sqlite_url
from tests.escalations.acts import CHIEF, DUTY, office_card, presses, raises, staff, told
from tests.world import World, a_world

OWNER = "WFP focal point"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        staff(world)
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def test_a_decision_gives_somebody_an_action_and_both_know_of_each_other(world: World) -> None:
    raises(world, "The road to the camp is blocked.")
    form = presses(world, office_card(world, 1), "Decide")
    form.fill("The decision", "The convoy goes on Friday.").fill("By when", (world.now - timedelta(days=1)).date())
    refused = form.submit()
    assert refused is not None
    assert refused.errors["Who carries it out"] == "Name the one person who does it."
    assert "Tuesday, 6 March 2035" in refused.errors["By when"]
    refused.choose("Who carries it out", OWNER).fill("By when", (world.now + timedelta(days=2)).date())
    refused.fill("What is to be done", "Get the clearance of the governor")
    assert refused.submit() is None
    world.settle()
    assert "made you accountable for this." in world.person(OWNER).sees("Get the clearance of the governor").text
    opened = presses(world, world.person(OWNER).sees("Get the clearance of the governor"), "Open")
    # The head of the agency raised it, and it concerns no agency: the focal point knows of no escalation.
    assert "Arose from" not in opened.text
    world.person(CHIEF).runs("/cabinet actions all")
    page = world.person(CHIEF).form
    assert page is not None
    detail = page.press("Open")
    assert detail is not None
    assert "Arose from: *E-1* The road to the camp is blocked." in detail.text
    world.person(CHIEF).runs("/escalate 1")
    case = world.person(CHIEF).form
    assert case is not None
    assert "Gave rise to: *Get the clearance of the governor* · open" in case.text
    assert world.count_rows(HandOff) == 1


def test_a_hand_off_is_taken_once_even_when_its_moment_comes_again(world: World) -> None:
    raises(world, "The road to the camp is blocked.")
    form = presses(world, office_card(world, 1), "Decide")
    form.fill("The decision", "The convoy goes.").choose("Who carries it out", OWNER)
    form.fill("By when", (world.now + timedelta(days=2)).date())
    assert form.submit() is None
    world.settle()
    with world.database() as session:
        (timer,) = session.query(Timer).filter_by(verb="cabinet:follow-up")
        timer.state = TimerState.WAITING
    world.settle()
    actions = [one for one in world.person(OWNER).messages(in_="Rapporteur") if "accountable" in one.text]
    assert len(actions) == 1


def test_a_number_opens_its_thing_after_any_command_or_there_is_nothing(world: World) -> None:
    number = raises(world, "The road to the camp is blocked.")
    for command in ("/escalate 1", "/cabinet “e – 1”", "/update *E‑1*", "/mission #e1."):
        world.person(DUTY).runs(command)
        form = world.person(DUTY).form
        assert form is not None, command
        assert form.title == f"E-{number}"
        form.close()
    nothing = "There is nothing here that you may see."
    assert world.person("IOM focal point").runs("/cabinet E-1").text == nothing
    assert world.person("IOM focal point").runs("/cabinet E-7").text == nothing
    assert world.person(DUTY).runs("/cabinet I-1").text == nothing
    assert "There is no “12” here" in world.person(DUTY).runs("/cabinet 12").text
    assert told(world, DUTY, number)
