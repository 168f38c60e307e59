"""The mission's calendar: working time, holidays, and clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.dates import (
    NoWorkingTimeError,
    Season,
    WorkCalendar,
    both_times,
    local_moment,
    weekday_text,
    when_text,
    zone_named,
)
from commands.kit.words import speaking
from tests.properties import examples

ROME = ZoneInfo("Europe/Rome")
JUBA = ZoneInfo("Africa/Juba")
WEEK = WorkCalendar(JUBA, frozenset({0, 1, 2, 3, 4}), time(9), time(17), frozenset({date(2026, 12, 25)}))


def juba(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JUBA).astimezone(UTC)


def test_a_skipped_local_time_moves_forward() -> None:
    when = local_moment(date(2026, 3, 29), time(2, 30), ROME)
    assert when.astimezone(ROME).strftime("%H:%M %z") == "03:30 +0200"


def test_a_doubled_local_time_is_the_first_of_the_two() -> None:
    when = local_moment(date(2026, 10, 25), time(2, 30), ROME)
    assert when.astimezone(ROME).strftime("%H:%M %z") == "02:30 +0200"


def test_recurring_local_time_keeps_its_hour_across_the_change() -> None:
    days = [date(2026, 10, 23) + timedelta(days=n) for n in range(5)]
    assert {local_moment(day, time(9), ROME).astimezone(ROME).hour for day in days} == {9}


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-26T09:30", -2, "2026-11-25T15:30"),
        ("2026-11-26T16:00", 2, "2026-11-27T10:00"),
        ("2026-11-27T16:00", 2, "2026-11-30T10:00"),
        ("2026-12-24T16:00", 2, "2026-12-28T10:00"),
        ("2026-11-26T16:00", 1, "2026-11-26T17:00"),
        ("2026-11-30T09:00", -1, "2026-11-27T16:00"),
        ("2026-11-28T12:00", -1, "2026-11-27T16:00"),
    ],
)
def test_hours_count_only_when_people_work(start: str, hours: int, end: str) -> None:
    assert WEEK.shift_hours(juba(start), timedelta(hours=hours)) == juba(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-26T16:00", -1, "2026-11-25T16:00"),
        ("2026-11-30T16:00", -1, "2026-11-27T16:00"),
        ("2026-12-24T16:00", 1, "2026-12-28T16:00"),
        ("2026-11-28T16:00", 0, "2026-11-28T16:00"),
    ],
)
def test_days_count_only_when_people_work(start: str, days: int, end: str) -> None:
    assert WEEK.shift_days(juba(start), days) == juba(end)


def test_the_end_of_the_day_is_free_time() -> None:
    assert not WEEK.is_working(juba("2026-11-26T17:00"))
    assert WEEK.next_working(juba("2026-11-26T17:00")) == juba("2026-11-27T09:00")
    assert WEEK.next_morning(juba("2026-11-26T08:00")) == juba("2026-11-27T09:00")


def test_elsewhere_keeps_the_week_and_moves_the_hours() -> None:
    tokyo = WEEK.elsewhere("Asia/Tokyo")
    assert tokyo.next_working(juba("2026-11-26T12:00")).astimezone(ZoneInfo("Asia/Tokyo")).hour == 9
    assert WEEK.elsewhere("Nowhere/At_all") is WEEK
    assert zone_named("../etc") is None


def test_a_calendar_without_working_days_says_so() -> None:
    free = WorkCalendar(JUBA, frozenset(), time(9), time(17))
    with pytest.raises(NoWorkingTimeError):
        free.next_working(juba("2026-11-26T12:00"))
    with pytest.raises(NoWorkingTimeError):
        free.shift_hours(juba("2026-11-26T12:00"), timedelta(hours=-1))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from(["Europe/Rome", "Africa/Juba", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])


RAMADAN = Season("Ramadan", date(2026, 2, 18), date(2026, 3, 19), frozenset({0, 1, 2, 3, 6}), time(10), time(14, 30))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """The week with seasons that follow each other, at times without a day between them."""
    day, seasons = date(2026, 1, 1), []
    for number in range(draw(st.integers(1, 4))):
        first = day + timedelta(days=draw(st.integers(0, 90)))
        last = first + timedelta(days=draw(st.integers(0, 40)))
        starts = draw(st.integers(5, 12))
        ends = draw(st.integers(starts + 1, 23))
        days = draw(st.frozensets(st.integers(0, 6), min_size=1))
        seasons.append(Season(f"Season {number}", first, last, days, time(starts), time(ends, 30)))
        day = last + timedelta(days=1)
    return replace(WEEK, seasons=tuple(seasons)).elsewhere(draw(zones))


@given(calendars(), moments, st.integers(-200, 200).map(lambda half_hours: half_hours * timedelta(minutes=30)))
def test_working_hours_agree_forwards_and_back_across_seasons(
    calendar: WorkCalendar, when: datetime, length: timedelta
) -> None:
    start = calendar.next_working(when)
    there = calendar.shift_hours(start, length)
    assert calendar.next_working(calendar.shift_hours(there, -length)) == start
    day = start.astimezone(calendar.zone).date()
    week = calendar.week_on(day)
    assert day.weekday() in week.days
    assert calendar.is_working(start)


def test_in_a_season_its_own_days_and_hours_count() -> None:
    calendar = replace(WEEK, seasons=(RAMADAN,))
    # Wednesday 10:00 to 14:30 and Thursday; Friday is free then, Sunday is not.
    assert calendar.shift_hours(juba("2026-02-17T16:00"), timedelta(hours=3)) == juba("2026-02-18T12:00")
    assert calendar.shift_hours(juba("2026-02-19T14:00"), timedelta(hours=1)) == juba("2026-02-22T10:30")
    assert calendar.shift_hours(juba("2026-02-22T10:30"), timedelta(hours=-1)) == juba("2026-02-19T14:00")
    assert calendar.plus_working_days(date(2026, 2, 19), 1) == date(2026, 2, 22)
    assert not calendar.is_working(juba("2026-03-19T15:00"))
    assert calendar.is_working(juba("2026-03-20T15:00"))
    assert calendar.hours_of(date(2026, 2, 18)) == (juba("2026-02-18T10:00"), juba("2026-02-18T14:30"))


def test_a_season_is_kept_as_it_was() -> None:
    assert Season.from_json(RAMADAN.as_json()) == RAMADAN


@settings(max_examples=examples(80))
@given(moments, zones, st.integers(-20, 20))
def test_shifted_time_is_working_time_and_comes_back(when: datetime, zone: str, hours: int) -> None:
    calendar = WEEK.elsewhere(zone)
    start = calendar.next_working(when)
    there = calendar.shift_hours(start, timedelta(hours=hours))
    back = calendar.shift_hours(there, timedelta(hours=-hours))
    assert calendar.is_working(calendar.next_working(when))
    assert calendar.next_working(back) == start
    assert (there >= start) == (hours >= 0) or hours == 0


def test_texts_name_the_zone_and_the_offset() -> None:
    when = juba("2026-11-26T16:00")
    assert when_text(when, JUBA) == "Thu 26 Nov 2026, 16:00 (Africa/Juba, UTC+02:00)"
    assert "16:00 Africa/Juba, UTC+02:00" in both_times(when, JUBA)
    assert both_times(when, JUBA).startswith("<!date^")
    with speaking("fr"):
        assert weekday_text(3) == "jeudi"
