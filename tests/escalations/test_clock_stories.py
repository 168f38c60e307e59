"""The clock over the local Slack: nights, holidays, clocks that change, chains that repeat, holders who rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage.escalations.model import State
from storage.missions import get_mission, replace_holidays
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    OFFICE,
    RAISER,
    SRSG,
    history,
    kinds,
    next_up,
    office_card,
    presses,
    raises,
    staff,
    the,
    told,
    writes,
)
from tests.world import MONDAY, World

NIGHT = MONDAY + timedelta(hours=13, minutes=30)  # 22:30 in Juba
# In the mission's zone: Friday 23 March 2035 at 17:30; clocks go forward on Sunday; Monday is free.
FRIDAY_EVENING = datetime(2035, 3, 23, 16, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"


def test_an_immediate_one_at_night_climbs_and_repeats_from_step_two(world: World) -> None:
    staff(world)
    world.jump_to(NIGHT)
    number = raises(world, "Shots at the gate of the compound.", severity="Immediate")
    reached = []
    while the(world, number).next_kind == "climb":
        reached.append(next_up(world, number)[1:])
        world.go_to(the(world, number).next_at or world.now)
    steps = [(at, who) for at, (who,) in reached]
    assert steps == [
        ("Mon 22:35", DEPUTY),
        ("Mon 22:40", CHIEF),
        ("Mon 22:45", SRSG),
        ("Mon 22:50", DEPUTY),
        ("Mon 22:55", CHIEF),
        ("Mon 23:00", SRSG),
    ]
    assert next_up(world, number) == ("end", "Mon 23:05", ["channel"])
    world.pass_time(minutes=6)
    assert next_up(world, number) == ("end", "Mon 23:35", ["channel"])
    assert "Nobody of the chain has acknowledged this" in world.person(CHIEF).messages(in_=OFFICE)[-1].text
    counts = {name: len(told(world, name, number)) for name in (DUTY, DEPUTY, CHIEF, SRSG)}
    assert counts == {DUTY: 1, DEPUTY: 2, CHIEF: 2, SRSG: 2}
    presses(world, told(world, SRSG, number)[0], "Acknowledge")
    world.pass_time(minutes=45)
    assert {name: len(told(world, name, number)) for name in counts} == counts
    assert next_up(world, number)[0] == "stale"


def test_routine_on_friday_evening_waits_until_tuesday_and_immediate_does_not(world: World) -> None:
    staff(world)
    with world.database() as session:
        get_mission(session, world.mission_id).zone = ZONE
        replace_holidays(session, world.mission_id, {date(2035, 3, 26): "Easter Monday"})
    world.jump_to(FRIDAY_EVENING)
    quiet = raises(world, "Two agencies quarrel over a warehouse.", severity="Routine")
    loud = raises(world, "A convoy is held at the bridge.", severity="Urgent")
    assert next_up(world, quiet, ZONE) == next_up(world, loud, ZONE) == ("open", "Tue 08:00", [DUTY])
    assert "*Waits for duty hours.* It will be seen" in told(world, RAISER, quiet)[0].text
    assert told(world, DUTY, quiet) == told(world, DUTY, loud) == []
    presses(world, told(world, RAISER, loud)[0], "This is immediate")
    assert len(told(world, DUTY, loud, "Brought to you as duty officer")) == 1
    assert next_up(world, loud, ZONE) == ("climb", "Fri 17:35", [DEPUTY])
    presses(world, told(world, DUTY, loud)[0], "Acknowledge")
    writes(world, presses(world, told(world, DUTY, loud)[0], "Decide"), "The decision", "The liaison officer goes.")
    world.jump_to(datetime(2035, 3, 27, 5, 59, tzinfo=UTC))
    world.settle()
    assert (the(world, quiet).state, told(world, DUTY, quiet)) == (State.QUEUED, [])
    world.go_to(datetime(2035, 3, 27, 6, 0, tzinfo=UTC))
    assert len(told(world, DUTY, quiet)) == 1
    this = the(world, quiet)
    assert (this.state, f"{this.ack_due_at:%d %H:%M}") == (State.RAISED, "27 14:00")
    assert next_up(world, quiet, ZONE) == ("climb", "Tue 10:00", [DEPUTY])
    assert kinds(world, quiet) == ["raised", "queued", "told"]


def test_an_acknowledgement_goes_stale_and_a_word_keeps_it_fresh(world: World) -> None:
    staff(world)
    number = raises(world, "The mine-action team has no clearance.", severity="Urgent")
    presses(world, told(world, DUTY, number)[0], "Acknowledge")
    world.pass_time(hours=4)
    assert next_up(world, number) == ("reopen", "Mon 14:00", [DEPUTY])
    asked = told(world, DUTY, number, "Nothing has happened here")
    assert len(asked) == 1
    presses(world, asked[0], "Still on it")
    assert next_up(world, number) == ("overdue", "Mon 17:00", [DUTY, DEPUTY])
    world.pass_time(hours=4)
    assert len(told(world, DUTY, number, "The decision on this is overdue")) == 1
    assert len(told(world, DEPUTY, number, "overdue")) == 1
    assert len(told(world, RAISER, number, "*The decision is overdue.*")) == 1
    world.go_to(MONDAY + timedelta(days=1))
    assert the(world, number).state == State.RAISED
    assert len(told(world, DUTY, number, "*Open again*")) == 1
    assert len(told(world, RAISER, number, "*Open again*")) == 1
    assert len(told(world, DEPUTY, number, "whoever was on it is no longer")) == 1
    assert told(world, CHIEF, number) == []


def test_a_hold_ends_by_itself_and_its_time_does_not_count(world: World) -> None:
    staff(world)
    number = raises(world, "The ministry has not signed.", severity="Routine")
    due = the(world, number).decide_due_at
    card = office_card(world, number)
    presses(world, card, "Acknowledge")
    form = presses(world, card, "Put on hold")
    assert form is not None
    form.fill("Until the day", date(2035, 3, 5)).fill("What it waits for", "The minister is back on Thursday.")
    refused = form.submit()
    assert refused is not None
    assert refused.errors == {"Until the day": "This moment has passed. Choose a later one."}
    form.fill("Until the day", date(2035, 3, 8)).submit()
    world.settle()
    assert next_up(world, number) == ("wake", "Thu 08:00", [CHIEF])
    until_the_next_step(world, number)
    assert len(told(world, CHIEF, number, "The wait is over")) == 1
    this = the(world, number)
    assert (this.state, this.holder) == (State.ACKNOWLEDGED, world.user_id(CHIEF))
    # All of its three duty days were left: Thursday, Friday, and six hours of Monday.
    assert f"{due:%a %d %H:%M}" == "Wed 07 13:00"
    assert f"{this.decide_due_at:%a %d %H:%M}" == "Mon 12 12:00"
    writes(world, presses(world, card, "Ask back"), "Your question", "Which minister?")
    assert next_up(world, number)[0] == "wake"
    until_the_next_step(world, number)
    assert [act.details["why"] for act in history(world, number) if act.kind == "resumed"] == ["date", "no_answer"]


def until_the_next_step(world: World, number: int) -> None:
    """Days in which nothing happens pass at once; the step itself is met by a clock that runs."""
    at = the(world, number).next_at
    assert at is not None
    world.jump_to(at - timedelta(minutes=1))
    world.go_to(at)
