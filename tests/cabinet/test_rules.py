"""When a cabinet meets, what its channel is called, who sits in it, and the order of its agenda, for any input."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.cabinet.rules.agenda import moved
from commands.cabinet.rules.calendar import moments_of, occasions
from commands.cabinet.rules.naming import channel_name
from commands.cabinet.rules.seats import STANDING_ROLES, representatives, take_seats
from commands.kit.dates import WorkCalendar
from storage.agencies import Agency, AgencyPerson
from storage.cabinet.items import Item
from storage.cabinet.series import Series, WhenFree
from storage.people import Role
from tests.properties import examples

QUICK = settings(max_examples=examples(150))
ZONES = ("Africa/Juba", "Europe/Zurich", "America/New_York", "Asia/Kabul", "Pacific/Chatham")
START = date(2035, 1, 1)
DAYS = st.integers(0, 180).map(lambda number: START + timedelta(days=number))
calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    days=st.sampled_from([frozenset({0, 1, 2, 3, 4}), frozenset({0, 1, 2, 3, 6})]),
    start=st.just(time(8)),
    end=st.just(time(17)),
    holidays=st.frozensets(DAYS, max_size=20),
)
series_of_any_rhythm = st.builds(
    Series,
    every_weeks=st.integers(1, 6),
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
    anchor=DAYS,
    start_time=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    when_free=st.sampled_from(list(WhenFree)),
    minutes=st.integers(30, 240),
    call_days=st.integers(0, 10),
    papers_hours=st.integers(1, 168),
    record_hours=st.integers(1, 120),
)


@QUICK
@given(series=series_of_any_rhythm, calendar=calendars, shift=st.integers(0, 24 * 60))
def test_meetings_lie_in_the_window_at_most_one_a_day_and_never_on_a_holiday(
    series: Series, calendar: WorkCalendar, shift: int
) -> None:
    after = datetime(2035, 2, 1, tzinfo=UTC) + timedelta(hours=shift)
    until = after + timedelta(weeks=8)
    found = occasions(series, calendar, after, until)
    days = [one.starts.astimezone(calendar.zone).date() for one in found]
    assert all(after < one.starts <= until for one in found)
    assert len(set(days)) == len(days)
    assert not set(days) & calendar.holidays
    assert len({one.slot for one in found}) == len(found)
    assert all(day >= series.anchor for day in days)
    again = occasions(series, calendar, after - timedelta(days=3), until + timedelta(days=3))
    assert {one.slot for one in found} <= {one.slot for one in again}


@QUICK
@given(
    series=series_of_any_rhythm, calendar=calendars, starts=st.datetimes(datetime(2035, 1, 20), datetime(2035, 6, 1))
)
def test_the_call_goes_out_before_the_papers_and_the_record_follows_the_end(
    series: Series, calendar: WorkCalendar, starts: datetime
) -> None:
    moment = starts.replace(tzinfo=UTC)
    found = moments_of(series, moment, calendar)
    assert found.call <= found.papers < moment < found.ends < found.record


@QUICK
@given(title=st.text(max_size=120), day=st.none() | st.dates())
def test_any_title_gives_a_name_that_slack_takes(title: str, day: date | None) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", channel_name(title, "cabinet-7", day))


def test_titles_in_other_scripts_can_be_read() -> None:
    assert channel_name("Совет безопасности", "x") == "sovet-bezopasnosti"
    assert channel_name("مجلس الوزراء", "cabinet-3").isascii()
    assert channel_name("Comité élargi", "x", date(2035, 3, 8)) == "comite-elargi-2035-03-08"
    assert channel_name("☂☂☂", "cabinet-3") == "cabinet-3"


def an_agency(number: int, people: list[tuple[str, Role]]) -> Agency:
    return Agency(
        id=number,
        people=[AgencyPerson(user_id=user, role=role, rank=rank) for rank, (user, role) in enumerate(people)],
    )


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["U1", "U2", "U3", "U4"]),
        st.sampled_from([Role.HEAD_OF_AGENCY, Role.ALTERNATE, Role.FOCAL_POINT]),
    ),
    max_size=5,
    unique=True,
)


@QUICK
@given(people=st.lists(PEOPLE, max_size=5), roles=st.sets(st.sampled_from(list(Role))))
def test_standing_members_always_sit_and_everybody_is_invited_once(
    people: list[list[tuple[str, Role]]], roles: set[Role]
) -> None:
    agencies = [an_agency(number, one) for number, one in enumerate(people)]
    grants = {role: [f"U-{role}"] for role in Role}
    seats = take_seats(agencies, roles, grants, ("UCHAIR", "USECRETARY"))
    assert set(STANDING_ROLES) <= set(seats.roles)
    assert len(set(seats.people)) == len(seats.people)
    assert seats.people[:2] == ["UCHAIR", "USECRETARY"]
    assert {f"U-{role}" for role in roles} <= set(seats.people)
    for agency in agencies:
        assert set(representatives(agency)) <= set(seats.people)
        assert (agency.id in seats.unrepresented) == (not agency.people)


@QUICK
@given(
    ids=st.lists(st.integers(1, 50), min_size=1, max_size=12, unique=True),
    at=st.integers(0, 11),
    step=st.integers(-2, 2),
)
def test_moving_an_item_loses_none_and_keeps_the_others_in_order(ids: list[int], at: int, step: int) -> None:
    chosen = ids[at % len(ids)]
    order = moved([Item(id=one) for one in ids], chosen, step)
    assert sorted(order) == sorted(ids)
    assert [one for one in order if one != chosen] == [one for one in ids if one != chosen]
    assert order.index(chosen) == min(max(ids.index(chosen) + step, 0), len(ids) - 1)
