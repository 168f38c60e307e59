"""The next polite moment for a person, in every zone and through every change of its clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.dates import ONE_DAY, WorkCalendar
from commands.kit.times.polite import own_calendar, polite_moment
from storage.agencies import Leave
from storage.people import Person
from tests.properties import examples

ZONES = sorted(available_timezones())
MISSION = WorkCalendar(
    ZoneInfo("Africa/Juba"), frozenset({0, 1, 2, 3, 4}), time(9), time(17), frozenset({date(2027, 1, 1)})
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
HOURS = st.tuples(st.integers(0, 20), st.integers(1, 23)).filter(lambda hours: hours[0] < hours[1])
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
YEAR = [date(2026, 12, 1) + number * ONE_DAY for number in range(366)]


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    start, end = draw(HOURS)
    holidays = draw(st.frozensets(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=5))
    return WorkCalendar(ZoneInfo(draw(st.sampled_from(ZONES))), draw(DAYS), time(start), time(end), holidays)


@st.composite
def some_leaves(draw: st.DrawFn) -> list[Leave]:
    spans = st.tuples(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
    return [leave(first, first + days * ONE_DAY) for first, days in draw(st.lists(spans, max_size=5))]


def leave(first: date, last: date) -> Leave:
    return Leave(mission_id="T1", user_id="U1", first_day=first, last_day=last)


def juba(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MISSION.zone).astimezone(UTC)


@given(MOMENTS, calendars(), some_leaves())
@settings(max_examples=examples(400))
def test_it_is_never_past_never_off_and_never_on_leave(
    when: datetime, calendar: WorkCalendar, leaves: list[Leave]
) -> None:
    found = polite_moment(when, calendar, leaves=leaves)
    day = found.astimezone(calendar.zone).date()
    assert found >= when
    assert calendar.is_working(found)
    assert not any(one.first_day <= day <= one.last_day for one in leaves)
    assert polite_moment(found, calendar, leaves=leaves) == found


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=40)), calendars(), some_leaves())
@settings(max_examples=examples(400))
def test_who_asks_later_is_never_answered_earlier(
    when: datetime, wait: timedelta, calendar: WorkCalendar, leaves: list[Leave]
) -> None:
    found = polite_moment(when, calendar, leaves=leaves)
    later = polite_moment(when + wait, calendar, leaves=leaves)
    assert found <= later
    assert later == found or found < when + wait


@given(MOMENTS, st.timedeltas(timedelta(days=-5), timedelta(days=40)), calendars(), some_leaves())
@settings(max_examples=examples(200))
def test_what_must_be_known_before_a_moment_is_said_at_once_or_before_it(
    when: datetime, left: timedelta, calendar: WorkCalendar, leaves: list[Leave]
) -> None:
    polite = polite_moment(when, calendar, leaves=leaves)
    found = polite_moment(when, calendar, leaves=leaves, before=when + left)
    assert found == (polite if polite < when + left else when)


def test_through_every_change_of_every_clock() -> None:
    for name in ZONES:
        calendar = MISSION.elsewhere(name)
        offsets = {day: datetime.combine(day, time(12), tzinfo=calendar.zone).utcoffset() for day in YEAR}
        for day in YEAR[2:]:
            if offsets[day] == offsets[day - ONE_DAY]:
                continue
            last = datetime.min.replace(tzinfo=UTC)
            for hours in range(-48, 48, 3):
                when = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(hours=hours)
                found = polite_moment(when, calendar)
                assert found >= max(when, last), (name, when)
                assert calendar.is_working(found), (name, when)
                assert time(9) <= found.astimezone(calendar.zone).time() < time(17), (name, when)
                last = found


def test_leaves_that_follow_each_other_are_waited_for_in_any_order() -> None:
    leaves = [leave(date(2026, 11, 25), date(2026, 11, 27)), leave(date(2026, 11, 23), date(2026, 11, 24))]
    assert polite_moment(juba("2026-11-23T10:00"), MISSION, leaves=leaves) == juba("2026-11-30T09:00")
    assert polite_moment(juba("2026-11-23T10:00"), MISSION) == juba("2026-11-23T10:00")


def test_hours_are_the_persons_own_and_the_missions_for_somebody_who_is_gone() -> None:
    person = Person(mission_id="T1", user_id="U1", zone="America/New_York", is_gone=False)
    gone = Person(mission_id="T1", user_id="U2", zone="America/New_York", is_gone=True)
    lost = Person(mission_id="T1", user_id="U3", zone="Mars/Olympus", is_gone=False)
    zones = [own_calendar(MISSION, one).zone.key for one in (person, gone, lost, None)]
    assert zones == ["America/New_York", "Africa/Juba", "Africa/Juba", "Africa/Juba"]
