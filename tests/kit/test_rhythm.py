"""Days that come again, for any weekdays, weeks, holidays and clocks that jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.dates import WorkCalendar, local_moment
from commands.kit.times.rhythm import WEEK, Rhythm, weekdays_text, weeks_text
from commands.kit.words import speaking

QUICK = settings(max_examples=150, deadline=None)
START = date(2035, 1, 1)
DAYS = st.integers(0, 180).map(lambda number: START + timedelta(days=number))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1, max_size=4)
RHYTHMS = st.builds(
    Rhythm, weekdays=WEEKDAYS, every_weeks=st.integers(1, 12), anchor=DAYS, skips_holidays=st.booleans()
)
CALENDARS = st.builds(
    WorkCalendar,
    zone=st.just(ZoneInfo("Africa/Juba")),
    days=st.sampled_from([frozenset({0, 1, 2, 3, 4}), frozenset({0, 1, 2, 3, 6})]),
    start=st.just(time(8)),
    end=st.just(time(17)),
    holidays=st.frozensets(DAYS, max_size=20),
)


@QUICK
@given(rhythm=RHYTHMS)
def test_each_day_is_a_weekday_it_names_in_a_week_that_counts(rhythm: Rhythm) -> None:
    found = list(rhythm.days(START, START + timedelta(days=400)))
    assert found
    assert all(day >= rhythm.anchor and day.weekday() in rhythm.weekdays for day in found)
    assert {(day.toordinal() - 1) // 7 % rhythm.every_weeks for day in found} == {
        (rhythm.anchor.toordinal() - 1) // 7 % rhythm.every_weeks
    }
    longest = WEEK * rhythm.every_weeks
    assert all(later - earlier <= longest for earlier, later in pairwise(found))
    assert all(rhythm.day_before(later) == earlier for earlier, later in pairwise(found))


@QUICK
@given(rhythm=RHYTHMS, calendar=CALENDARS)
def test_holidays_move_a_day_to_the_next_working_one_or_leave_it_out(rhythm: Rhythm, calendar: WorkCalendar) -> None:
    last = START + timedelta(days=250)
    found = list(rhythm.kept_days(START, last, calendar))
    kept = [day for _named, day in found]
    assert len(set(kept)) == len(kept)
    assert not set(kept) & calendar.holidays
    for named, day in found:
        if named in calendar.holidays:
            assert not rhythm.skips_holidays
            assert day == calendar.working_day_from(named) > named
        else:
            assert day == named
    left_out = set(rhythm.days(START, last)) - {named for named, _day in found}
    for day in left_out:
        assert rhythm.skips_holidays or day in calendar.holidays or day in kept


@QUICK
@given(
    weekdays=WEEKDAYS,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Africa/Juba", "Europe/Zurich", "America/New_York", "Pacific/Chatham"]).map(ZoneInfo),
    hours=st.integers(0, 24 * 365),
    count=st.integers(1, 5),
)
def test_moments_follow_one_another_at_their_local_time(
    weekdays: frozenset[int], at: time, zone: ZoneInfo, hours: int, count: int
) -> None:
    after = datetime(2035, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    found = Rhythm(weekdays).moments(at, zone, after, count)
    assert len(found) == count
    assert found == sorted(set(found))
    assert all(moment > after for moment in found)
    days = [moment.astimezone(zone).date() for moment in found]
    assert found == [local_moment(day, at, zone) for day in days]
    assert all(day.weekday() in weekdays for day in days)
    assert found[0] - after <= timedelta(days=7, hours=2)


def test_every_second_week_counts_from_the_week_of_the_anchor() -> None:
    rhythm = Rhythm([0, 3], 2, date(2035, 3, 7))
    assert list(rhythm.days(date(2035, 1, 1), date(2035, 4, 6))) == [
        date(2035, 3, 8),
        date(2035, 3, 19),
        date(2035, 3, 22),
        date(2035, 4, 2),
        date(2035, 4, 5),
    ]
    assert rhythm.day_before(date(2035, 3, 8)) == date(2035, 3, 5)


def test_what_names_no_day_has_none() -> None:
    assert list(Rhythm([1], 0, START).days(START, START + timedelta(days=60))) == []
    assert Rhythm([]).moments(time(8), ZoneInfo("UTC"), datetime(2035, 1, 1, tzinfo=UTC), 3) == []


def test_a_rhythm_in_words() -> None:
    assert weekdays_text([0, 3]) == "Monday, Thursday"
    assert [weeks_text(count) for count in (1, 2)] == ["every week", "every 2 weeks"]
    with speaking("fr"):
        assert weeks_text(3) == "toutes les 3 semaines"
