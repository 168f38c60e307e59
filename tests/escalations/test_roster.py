"""Who is on duty, gaps and officers in charge: whatever the roster, whatever clocks do."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from commands.escalations.rules.roster import (
    Absence,
    Gap,
    OfficerInCharge,
    Roster,
    Rotation,
    Source,
    Turn,
    TurnKind,
    absence,
    clash,
    clashing_shift,
    gaps,
    news,
    officer_in_charge,
    on_duty,
)
from commands.kit.dates import WorkCalendar

# Clocks in Beirut go back on this Sunday and forward on the last Sunday of March.
START = datetime(2026, 10, 24, tzinfo=UTC)
BEIRUT = ZoneInfo("Asia/Beirut")
WEEK = frozenset({0, 1, 2, 3, 4})
HOURS = WorkCalendar(BEIRUT, WEEK, time(8), time(17), frozenset({date(2026, 10, 28)}))
PEOPLE = ["U1", "U2", "U3"]

moments = st.integers(0, 10 * 24 * 2).map(lambda halves: START + timedelta(minutes=30 * halves))
spans = st.tuples(moments, moments).filter(lambda pair: pair[0] < pair[1])
people = st.sampled_from(PEOPLE)
turns = st.lists(st.tuples(people, spans, st.sampled_from(TurnKind)), max_size=7).map(
    lambda made: tuple(Turn(place, who, *span, kind) for place, (who, span, kind) in enumerate(made))
)
rosters = st.builds(
    Roster,
    turns,
    st.lists(st.tuples(people, spans), max_size=3).map(lambda made: tuple(Absence(who, *span) for who, span in made)),
    st.sets(people, max_size=1).map(frozenset),
    st.lists(people, max_size=2, unique=True).map(tuple),
    st.sampled_from([None, HOURS]),
)


@given(rosters, moments)
def test_whoever_is_on_duty_is_there_and_stays_until_the_moment_that_is_told(roster: Roster, when: datetime) -> None:
    found = on_duty(roster, when)
    if found is None:
        assert not any(turn.covers(when) and roster.is_there(turn.person, when) for turn in roster.turns)
        assert not any(roster.is_there(person, when) for person in roster.reserve)
        return
    assert roster.is_there(found.person, when)
    assert found.instead_of != found.person
    later = START + timedelta(days=11)
    ends = found.until or later
    assert ends > when
    for step in range(int((ends - when) / timedelta(minutes=30))):
        same = on_duty(roster, when + step * timedelta(minutes=30))
        assert same is not None
        assert same.person == found.person
    if found.until is not None:
        following = on_duty(roster, found.until)
        assert following is None or following.person != found.person


@given(rosters, moments)
def test_in_duty_hours_the_roster_names_somebody_or_a_gap_is_reported(roster: Roster, when: datetime) -> None:
    found = gaps(roster, START, START + timedelta(days=10))
    assume(when < START + timedelta(days=10))
    in_a_gap = any(gap.starts_at <= when < gap.ends_at for gap in found)
    person = on_duty(roster, when)
    named = person is not None and person.source is not Source.RESERVE
    if roster.is_duty_hour(when):
        assert in_a_gap == (not named)
    assert all(roster.is_duty_hour(gap.starts_at) and gap.away == tuple(dict.fromkeys(gap.away)) for gap in found)
    assert news(found, [(gap.starts_at, gap.ends_at) for gap in found]) == []
    assert news(found, []) == found
    for one, following in itertools.pairwise(found):
        assert one.starts_at < one.ends_at <= following.starts_at


@given(st.lists(st.tuples(st.sampled_from(["srsg", "deputy"]), people, spans), max_size=12), moments)
def test_at_most_one_officer_is_in_charge_of_a_post(wishes: list[tuple[str, str, tuple]], when: datetime) -> None:  # type: ignore[type-arg]
    kept: list[OfficerInCharge] = []
    for place, (post, person, span) in enumerate(wishes):
        refused = clash(kept, post, *span)
        if refused is None:
            kept.append(OfficerInCharge(place, post, person, *span))
        else:
            assert refused.post == post
    for post in ("srsg", "deputy"):
        acting = [one for one in kept if one.post == post and one.starts_at <= when < one.ends_at]
        assert len(acting) <= 1
        assert officer_in_charge(kept, post, when) == (acting[0] if acting else None)


@given(
    st.lists(people, min_size=1, max_size=3).map(tuple),
    st.integers(0, 200),
    st.integers(0, 60),
    st.integers(1, 14),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["Asia/Beirut", "Africa/Juba", "America/Port-au-Prince", "Australia/Lord_Howe"]),
)
def test_a_rotation_leaves_no_hole(
    who: tuple[str, ...], begin: int, length: int, every: int, at: time, zone: str
) -> None:
    first = date(2026, 9, 1) + timedelta(days=begin)
    rotation = Rotation(who, first, first + timedelta(days=length), every, at, ZoneInfo(zone))
    made = rotation.spans()
    assert all(ends == begins for (_one, _from, ends), (_two, begins, _to) in itertools.pairwise(made))
    assert all(begins < ends for _person, begins, ends in made)
    assert [person for person, _begins, _ends in made] == [who[turn % len(who)] for turn in range(len(made))]
    covered = {(made[0][1] + (made[-1][2] - made[0][1]) / 2).astimezone(ZoneInfo(zone)).date()}
    assert all(first <= day <= first + timedelta(days=length + 1) for day in covered)
    turns = [Turn(place, *span) for place, span in enumerate(made)]
    assert clashing_shift(turns, [made[0]]) == turns[0]
    assert clashing_shift(turns, [("U9", made[-1][2], made[-1][2] + timedelta(hours=1))]) is None


def test_a_shift_of_a_day_has_25_hours_when_clocks_go_back() -> None:
    [(_who, begins, ends)] = Rotation(("U1",), date(2026, 10, 24), date(2026, 10, 24), 1, time(8), BEIRUT).spans()
    assert ends - begins == timedelta(hours=25)


def test_leave_passes_a_person_over_and_says_who_would_have_been_on_duty() -> None:
    monday = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)
    shift = Turn(1, "U1", monday, monday + timedelta(days=1))
    away = absence("U1", date(2026, 10, 26), date(2026, 10, 26), BEIRUT)
    roster = Roster((shift,), (away,), reserve=("U2",), hours=HOURS)
    found = on_duty(roster, monday)
    assert found is not None
    assert (found.person, found.source, found.until) == ("U2", Source.RESERVE, away.ends_at)
    assert gaps(roster, monday, monday + timedelta(hours=12)) == [
        Gap(monday, datetime(2026, 10, 26, 15, 0, tzinfo=UTC), ("U1",))
    ]
    stand_in = Turn(2, "U3", monday, monday + timedelta(hours=3), TurnKind.STAND_IN)
    covered = on_duty(Roster((shift, stand_in), (away,), hours=HOURS), monday)
    assert covered is not None
    assert (covered.person, covered.instead_of, covered.until) == ("U3", "U1", stand_in.ends_at)


def test_a_week_without_anybody_is_one_gap_and_is_news_once() -> None:
    monday = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
    roster = Roster(hours=HOURS)
    [week] = gaps(roster, monday, monday + timedelta(days=7))
    assert (week.starts_at, week.ends_at) == (monday, datetime(2026, 11, 6, 15, 0, tzinfo=UTC))
    later = gaps(roster, monday + timedelta(days=1), monday + timedelta(days=8))
    assert news(later, [(week.starts_at, week.ends_at)]) == []
    covered = Roster((Turn(1, "U1", monday, monday + timedelta(days=2)),), hours=HOURS)
    [rest] = gaps(covered, monday, monday + timedelta(days=7))
    assert rest.starts_at == datetime(2026, 11, 4, 6, 0, tzinfo=UTC)


def test_of_two_stand_ins_the_one_entered_later_counts_and_both_come_before_the_shift() -> None:
    until = START + timedelta(hours=8)
    shift = Turn(9, "U1", START, until)
    first, later = (Turn(number, f"U{number}", START, until, TurnKind.STAND_IN) for number in (2, 3))
    for turns in ((shift, first, later), (later, first, shift)):
        found = on_duty(Roster(turns), START)
        assert found is not None
        assert (found.person, found.source, found.instead_of) == ("U3", Source.STAND_IN, "U1")


def test_a_gap_that_begins_where_a_told_one_ended_is_news_and_one_that_only_grew_is_not() -> None:
    begins, hour = START, timedelta(hours=1)
    told = [(begins, begins + hour)]
    for gap in (Gap(begins + hour, begins + 2 * hour), Gap(begins - hour, begins)):
        assert news([gap], told) == [gap]
    assert news([Gap(begins - hour, begins + 2 * hour)], told) == []
    assert news([Gap(begins, begins + hour)], []) != []
