"""Local times and moments, and the changes of a zone's clocks, for every zone a mission may use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from commands.kit.times.changes import clock_changes, offset_at, rules_of
from commands.kit.times.keeping import moving
from commands.kit.times.local import kept_ahead, local_texts, local_time, moment_again
from commands.kit.times.zones import is_zone

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ZONES = sorted(name for name in available_timezones() if is_zone(name))
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.integers(0, 6 * 365 * 24 * 4).map(lambda quarters: NOW + timedelta(minutes=15) * quarters)


def is_doubled(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks showed this local time an hour or so before: nobody can plan for it."""
    return moment.astimezone(zone).fold == 1


@given(moments, zones, zones)
def test_what_moves_with_the_zone_keeps_its_local_time_and_comes_back(
    moment: datetime, home: ZoneInfo, away: ZoneInfo
) -> None:
    kept = local_texts(home, starts_at=moment)
    there = moment_again(kept, "starts_at", moment, away)
    planned = local_time(kept, "starts_at", moment, home)
    skipped = there.astimezone(away).replace(tzinfo=None) - planned
    # A local time that clocks skip moves forward by the length of the gap.
    assert skipped == timedelta() or timedelta() < skipped <= timedelta(hours=24)
    if not is_doubled(moment, home):
        assert moment_again(kept, "starts_at", there, home) == moment


@given(moments, zones, zones, moments)
def test_no_moment_moves_out_of_the_past_or_into_it(
    moment: datetime, home: ZoneInfo, away: ZoneInfo, now: datetime
) -> None:
    found = kept_ahead(local_texts(home, at=moment), "at", moment, away, now)
    assert (found > now) == (moment > now)
    if moment <= now:
        assert found == moment


def test_a_moment_without_a_local_time_stays() -> None:
    assert moment_again({}, "due_at", NOW, ZoneInfo("Asia/Dili")) == NOW


@given(zones, moments)
def test_changes_are_all_there_are(zone: ZoneInfo, moment: datetime) -> None:
    first, last = NOW, NOW + timedelta(days=6 * 366)
    found = clock_changes(zone, first, last)
    before = [one for one in found if one.at <= moment]
    assert offset_at(zone, moment) == (before[-1].after if before else offset_at(zone, first))
    for one in found:
        assert offset_at(zone, one.at) == one.after != one.before == offset_at(zone, one.at - timedelta(seconds=1))


def test_a_fingerprint_tells_zones_apart_by_their_clocks_alone() -> None:
    paris, berlin, london = (rules_of(ZoneInfo(f"Europe/{city}"), 2026) for city in ("Paris", "Berlin", "London"))
    assert paris == berlin != london
    assert rules_of(ZoneInfo("Africa/Juba"), 2026) != rules_of(ZoneInfo("Africa/Nairobi"), 2026)


@given(st.sets(st.integers(0, 100)), st.sampled_from([-3, -1, 1, 2]))
def test_what_moves_never_meets_what_has_yet_to_move(hours: set[int], shift: int) -> None:
    """Meetings of a series at these hours are moved one by one: no two of it ever stand at one moment."""
    at = {hour: NOW + timedelta(hours=hour) for hour in hours}
    for one in moving(hours, at.__getitem__, lambda hour: NOW + timedelta(hours=hour + shift)):
        again = NOW + timedelta(hours=one + shift)
        assert again not in at.values()
        at[one] = again
    assert at == {hour: NOW + timedelta(hours=hour + shift) for hour in hours}


def test_what_keeps_its_moment_does_not_move_and_each_direction_has_its_order() -> None:
    again = {1: 1, 2: 5, 3: 4, 8: 7, 9: 6}
    moments = {hour: NOW + timedelta(hours=hour) for hour in range(10)}
    assert moving(again, moments.__getitem__, lambda hour: moments[again[hour]]) == [8, 9, 3, 2]
