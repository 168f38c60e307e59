"""Working hours that differ for a season: entered by an admin, counted by everywhere, shown to all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest

from bot.sandbox.driver import Form
from commands.kit.dates import Season, read_calendar
from commands.kit.work import Work
from commands.mission.rules.seasons import LONGEST_DAYS, MOST_SEASONS, check_season
from storage.missions import get_mission
from tests.world import World, a_world

CHIEF = "Chief of staff"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
RAMADAN = Season("Ramadan", date(2035, 11, 1), date(2035, 11, 30), frozenset(range(4)), time(10), time(14, 30))


@pytest.fixture
def both(database_url: str) -> Iterator[World]:
    """The demo's mission on databases of both kinds."""
    with a_world(database_url) as world:
        world.set_up()
        yield world


def calendar_form(world: World, name: str = CHIEF) -> Form:
    person = world.person(name)
    person.runs("/mission calendar")
    assert person.form is not None
    return person.form


def entered(form: Form) -> Form:
    step = form.press("Add a season")
    assert step is not None
    step.fill("Name", "Ramadan").fill("First day", "2035-11-01").fill("Last day", "2035-11-30")
    step.uncheck("Working days", "Friday").fill("The working day begins", "10:00").fill("The working day ends", "14:30")
    done = step.submit()
    assert done is not None
    return done


def test_an_admin_enters_a_season_and_working_time_counts_by_it(both: World) -> None:
    done = entered(calendar_form(both))
    assert "The season is entered." in done.text
    assert "*Ramadan*: Monday to Thursday, 10:00 to 14:30" in done.text
    with both.database() as session:
        calendar = read_calendar(Work(session, get_mission(session, both.mission_id), both.now))
    assert calendar.seasons == (RAMADAN,)
    assert [one.astimezone(calendar.zone).time() for one in calendar.hours_of(date(2035, 11, 5))] == [
        time(10),
        time(14, 30),
    ]
    assert not calendar.is_working_day(date(2035, 11, 2))  # a Friday
    shown = calendar_form(both, "WFP focal point")
    assert "*Ramadan*" in shown.text
    assert "Remove" not in shown.text


def test_a_season_that_meets_another_is_refused_and_one_is_taken_out(both: World) -> None:
    form = entered(calendar_form(both))
    again = entered(form)
    assert "Ramadan holds then already" in again.errors["First day"]
    calendar = again.press("Back to the calendar")
    assert calendar is not None
    gone = calendar.press("Remove")
    assert gone is not None
    assert "Ramadan" not in gone.text
    with both.database() as session:
        assert get_mission(session, both.mission_id).seasons == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "🌙"}, "name"),
        ({"name": "R" * 81}, "name"),
        ({"days": frozenset()}, "days"),
        ({"end": time(10)}, "end"),
        ({"last": date(2035, 10, 31)}, "last"),
        ({"last": date.fromordinal(RAMADAN.first.toordinal() + LONGEST_DAYS)}, "last"),
        ({"last": date(2035, 12, 20), "first": date(2035, 12, 1)}, None),
        ({"last": date(2035, 11, 1), "first": date(2035, 10, 1)}, "first"),
    ],
)
def test_what_is_wrong_with_a_season_stands_at_its_field(changes: dict[str, object], field: str | None) -> None:
    values = {name: getattr(RAMADAN, name) for name in ("name", "first", "last", "days", "start", "end")}
    others = [RAMADAN] if "first" in changes else []
    assert list(check_season(Season(**{**values, **changes}), others)) == ([field] if field else [])


def test_there_is_an_end_to_how_many_seasons_there_are() -> None:
    others = [Season("x", date(2000 + year, 1, 1), date(2000 + year, 1, 2), *_week()) for year in range(MOST_SEASONS)]
    assert list(check_season(RAMADAN, others)) == ["first"]


def _week() -> tuple[frozenset[int], time, time]:
    return RAMADAN.days, RAMADAN.start, RAMADAN.end
