"""Leave over the local Slack: entering it, handing over, telling who stands in, and days that make no sense."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.agencies import Leave
from tests.agencies.test_stories import ADMIN, TODAY, acts, runs
from tests.world import World


def test_leave_hands_over_and_can_be_taken_back(world: World) -> None:
    focal = world.person("WFP focal point")
    form = runs(focal, "/agency focal WFP")
    assert form.fields == ["First day away", "Last day away"]
    form.fill("First day away", TODAY).fill("Last day away", TODAY + timedelta(days=4))
    shown = form.submit()
    assert shown is not None
    assert shown.errors == {}
    assert "Today answers:* @WFP alternate (alternate), standing in for @WFP focal point" in shown.text
    assert f"@WFP focal point: {TODAY.day} Mar {TODAY.year} to {TODAY.day + 4} Mar {TODAY.year}" in shown.text
    again = shown.press("People and leave")
    assert again is not None
    again.choose("Leave that is entered").submit()
    with world.database() as session:
        assert list(session.scalars(select(Leave))) == []
    assert acts(world, "WFP") == ["leave.entered", "leave.removed"]


def test_whoever_stands_in_is_told_once_and_again_when_the_leave_is_off(world: World) -> None:
    focal, alternate = world.person("WFP focal point"), world.person("WFP alternate")
    runs(world.person(ADMIN), "/agency focal IOM").choose("Focal points", "WFP focal point").choose(
        "Alternates", "WFP alternate"
    ).submit()
    world.settle()
    before = len(alternate.messages(in_="Rapporteur"))
    form = runs(focal, "/agency focal WFP").fill("First day away", TODAY + timedelta(days=2))
    shown = form.fill("Last day away", TODAY + timedelta(days=2)).submit()
    assert shown is not None
    assert "@WFP focal point: 7 Mar 2035 · meanwhile: @WFP alternate" in shown.text
    world.settle()
    [told] = alternate.messages(in_="Rapporteur")[before:]
    assert "@WFP focal point goes on leave: you stand in for IOM, WFP." in told.text
    assert "*IOM*: 7 Mar 2035" in told.text
    again = shown.press("People and leave")
    assert again is not None
    again.choose("Leave that is entered").submit()
    world.settle()
    off = alternate.messages(in_="Rapporteur")[before + 1 :]
    assert [one.text for one in off] == [
        "@WFP focal point is not on leave after all (7 Mar 2035): you need not stand in for IOM, WFP."
    ]


def test_when_somebody_was_away_is_for_themselves_and_whoever_enters_it(world: World) -> None:
    focal = world.person("WFP focal point")
    runs(focal, "/agency focal WFP").fill("First day away", TODAY).fill("Last day away", TODAY).submit()
    for name, told in {ADMIN: True, "WFP focal point": True, "WFP alternate": False, "Mission reader": False}.items():
        form = runs(world.person(name), "/agency show WFP")
        assert ("leave entered" in form.text) == told, name


def test_a_leave_that_leaves_nobody_says_so(world: World) -> None:
    form = runs(world.person(ADMIN), "/agency focal IOM").choose("Who is away", "IOM focal point")
    shown = form.fill("First day away", TODAY).fill("Last day away", TODAY + timedelta(days=1)).submit()
    assert shown is not None
    assert "Today nobody answers" in shown.text
    assert "@IOM focal point: 5 Mar 2035 to 6 Mar 2035 · meanwhile: *nobody*" in shown.text
    assert "Name an alternate for the days on which nobody answers" in shown.text


@pytest.mark.parametrize(
    ("first", "last", "field", "says"),
    [
        (-9, -5, "Last day away", "over already"),
        (3, 1, "Last day away", "lies before the first"),
        (3, 400, "Last day away", "longer than a year"),
        (5000, 5001, "First day away", "more than two years from now"),
        (0, None, "Last day away", "first and the last day"),
    ],
)
def test_days_that_make_no_sense_are_told_at_their_field(
    world: World, first: int, last: int | None, field: str, says: str
) -> None:
    form = runs(world.person("WFP focal point"), "/agency focal WFP")
    form.fill("First day away", TODAY + timedelta(days=first))
    if last is not None:
        form.fill("Last day away", TODAY + timedelta(days=last))
    answered = form.submit()
    assert answered is not None
    assert set(answered.errors) == {field}
    assert says in answered.errors[field]
    assert answered.value("First day away") == (TODAY + timedelta(days=first)).isoformat()
    assert world.count_rows(Leave) == 0


def test_a_leave_on_days_that_are_taken_is_told_at_its_field(world: World) -> None:
    focal = world.person("WFP focal point")
    days = (TODAY + timedelta(days=3)).isoformat(), (TODAY + timedelta(days=5)).isoformat()
    for _time in range(2):
        form = runs(focal, "/agency focal WFP").fill("First day away", days[0]).fill("Last day away", days[1])
        answered = form.submit()
        assert answered is not None
        if not answered.errors:
            answered.close()
    assert "entered already" in answered.errors["First day away"]
    assert (answered.value("First day away"), answered.value("Last day away")) == days
    assert world.count_rows(Leave) == 1
