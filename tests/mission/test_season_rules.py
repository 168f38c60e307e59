"""Whether a season can be entered in the mission's calendar, and what is shown where one cannot be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from commands.kit.dates import Season
from commands.mission.rules.seasons import LONGEST_DAYS, MOST_SEASONS, NAME_LIMIT, check_season, season_of
from commands.mission.rules.setup import Settings
from commands.mission.views.calendar import not_taken_text
from commands.mission.views.seasons import season_row
from commands.mission.views.setup import setup_saved

RAMADAN = Season("Ramadan", date(2035, 11, 1), date(2035, 11, 30), frozenset(range(4)), time(10), time(14, 30))


def test_a_season_that_meets_no_other_can_be_entered() -> None:
    later = replace(RAMADAN, first=date(2035, 12, 1), last=date(2035, 12, 31))
    assert check_season(RAMADAN, [later]) == {}
    assert Season.from_json(RAMADAN.as_json()) == RAMADAN


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"name": "🌙"}, "name", "Give it a name"),
        ({"name": "x" * (NAME_LIMIT + 1)}, "name", "more than 80"),
        ({"days": frozenset()}, "days", "at least one working day"),
        ({"end": time(10)}, "end", "end after it begins"),
        ({"last": date(2035, 10, 31)}, "last", "before the first"),
        ({"last": date(2035, 11, 1) + timedelta(days=LONGEST_DAYS)}, "last", "half a year at most"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(change: dict[str, object], field: str, words: str) -> None:
    found = check_season(replace(RAMADAN, **change), [])  # type: ignore[arg-type]
    assert list(found) == [field]
    assert words in found[field]


@pytest.mark.parametrize(("first", "last"), [((11, 30), (12, 5)), ((10, 20), (11, 1)), ((11, 5), (11, 6))])
def test_two_seasons_never_hold_on_one_day(first: tuple[int, int], last: tuple[int, int]) -> None:
    wanted = replace(RAMADAN, name="Eid", first=date(2035, *first), last=date(2035, *last))
    assert "Ramadan holds then already, from" in check_season(wanted, [RAMADAN])["first"]


def test_there_are_only_so_many_seasons() -> None:
    day = timedelta(days=1)
    days = [date(2030, 1, 1) + day * number for number in range(MOST_SEASONS)]
    known = [replace(RAMADAN, first=one, last=one) for one in days]
    assert f"There are {MOST_SEASONS} seasons already" in check_season(RAMADAN, known)["first"]


def test_a_form_without_a_day_or_an_hour_is_no_season_yet() -> None:
    whole = (RAMADAN.first, RAMADAN.last, [0, 1, 2, 3], RAMADAN.start, RAMADAN.end)
    assert season_of("Ramadan", *whole) == RAMADAN
    assert season_of("Ramadan", None, *whole[1:]) is None


def test_who_may_not_change_the_calendar_gets_no_button() -> None:
    assert "accessory" not in season_row(RAMADAN, is_admin=False)
    assert "accessory" in season_row(RAMADAN, is_admin=True)


def test_what_of_a_calendar_file_was_not_taken_is_said() -> None:
    assert not_taken_text("Event 3: no day.") == "Not taken: Event 3: no day."


def test_whoever_saves_another_zone_reads_what_keeps_its_local_time_and_how_it_comes_back() -> None:
    settings = Settings("Mission", "Africa/Juba", (0, 1, 2, 3, 4), time(8), time(17), ("en",), None, None)
    kept = ["Cabinet, Mon 5 Mar 10:00", "Weekly update, due Thu 8 Mar 16:00"]
    saved = setup_saved(settings, [], first_time=False, command=str, kept=kept)
    shown = str(saved["blocks"])
    assert "keep their local time in the new zone" in shown
    assert all(line in shown for line in kept)
    assert "save the former zone again" in shown
    assert "former zone" not in str(setup_saved(settings, [], first_time=False, command=str))
