"""The rules of series, channels and agendas, tried with everything that may come."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.cabinet.rules.agenda import moved
from commands.cabinet.rules.calendar import occasions
from commands.cabinet.rules.naming import NAME_LIMIT, channel_name, latin
from commands.cabinet.rules.seats import STANDING_ROLES, take_seats
from commands.kit.dates import WorkCalendar
from storage.cabinet import Series, WhenFree
from storage.cabinet_items import Item
from storage.people import Role

ZONES = ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    days=st.frozensets(st.integers(0, 6), min_size=3),
    start=st.just(time(8)),
    end=st.just(time(17)),
    holidays=st.frozensets(DAYS_OF_2026, max_size=25),
)
SERIES = st.builds(
    Series,
    every_weeks=st.integers(0, 4),
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True),
    anchor=DAYS_OF_2026,
    start_time=st.times().map(lambda when: when.replace(second=0, microsecond=0)),
    when_free=st.sampled_from([WhenFree.MOVE, WhenFree.SKIP]),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))


@settings(max_examples=100, deadline=None)
@given(series=SERIES, calendar=CALENDARS, after=MOMENTS, days=st.integers(0, 60))
def test_a_series_meets_once_a_day_inside_the_window_and_never_on_a_holiday(
    series: Series, calendar: WorkCalendar, after: datetime, days: int
) -> None:
    until = after + timedelta(days=days)
    found = occasions(series, calendar, after, until)
    local = [one.starts.astimezone(calendar.zone).date() for one in found]
    assert len(set(local)) == len(local)
    assert not calendar.holidays & set(local)
    for one in found:
        assert after < one.starts <= until
        slot = one.slot.astimezone(calendar.zone).date()
        assert slot.weekday() in series.weekdays
        assert slot >= series.anchor
        assert series.when_free == WhenFree.MOVE or one.slot == one.starts


def test_a_meeting_keeps_its_local_time_over_the_change_to_summer_time() -> None:
    zurich = WorkCalendar(ZoneInfo("Europe/Zurich"), frozenset(range(5)), time(9), time(17))
    series = Series(every_weeks=1, weekdays=[3], anchor=date(2026, 3, 2), start_time=time(10), when_free=WhenFree.MOVE)
    found = occasions(series, zurich, datetime(2026, 3, 25, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=UTC))
    assert [one.starts for one in found] == [
        datetime(2026, 3, 26, 9, tzinfo=UTC),
        datetime(2026, 4, 2, 8, tzinfo=UTC),
    ]


@given(title=st.text(max_size=200), day=st.none() | DAYS_OF_2026)
def test_slack_takes_the_name_of_every_channel_with_room_for_a_suffix(title: str, day: date | None) -> None:
    name = channel_name(title, "cabinet-7", day)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]|[a-z0-9]", name)
    assert len(name) <= NAME_LIMIT - len("-99")


def test_arabic_and_cyrillic_titles_are_spelt_in_latin_letters() -> None:
    assert latin("Кабинет") == "kabinet"
    assert latin("مجلس") == "mjls"
    assert channel_name("会議", "cabinet-7") == "cabinet-7"


@given(
    roles=st.lists(st.sampled_from(list(Role))),
    holders=st.dictionaries(st.sampled_from(list(Role)), st.lists(st.sampled_from(["U1", "U2", "U3"]), max_size=3)),
)
def test_standing_members_are_never_left_out_and_nobody_sits_twice(
    roles: list[Role], holders: dict[Role, list[str]]
) -> None:
    seats = take_seats([], roles, holders, ["U1", "U1"])
    assert set(seats.roles) == set(roles) | set(STANDING_ROLES)
    assert len(set(seats.people)) == len(seats.people)
    for role in STANDING_ROLES:
        assert set(holders.get(role, [])) <= set(seats.people)


@given(count=st.integers(0, 40), item_id=st.integers(0, 45), step=st.integers(-3, 3))
def test_moving_an_item_loses_and_doubles_none_and_keeps_the_others_in_order(
    count: int, item_id: int, step: int
) -> None:
    ids = list(range(1, count + 1))
    after = moved([Item(id=one) for one in ids], item_id, step)
    assert sorted(after) == ids
    assert [one for one in after if one != item_id] == [one for one in ids if one != item_id]
