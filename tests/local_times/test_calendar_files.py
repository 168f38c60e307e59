"""A calendar file says the same moment as our own clock, whoever reads it, in every zone for six years."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Timezone

from commands.cabinet.rules.ics import calendar_file, rules_around
from commands.kit.times.changes import clock_changes, offset_at
from commands.kit.times.zones import is_zone
from tests.cabinet.samples import meeting

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
SIX_YEARS = timedelta(days=6 * 366)
HOUR = timedelta(hours=1)
ZONES = sorted(name for name in available_timezones() if is_zone(name))


def a_file(starts: datetime, zone: ZoneInfo, length: timedelta = HOUR) -> str:
    one = meeting(mission_id="T0ABC", starts_at=starts, ends_at=starts + length)
    return calendar_file(one, one.title, zone, "", NOW).decode()


# A reader of RFC 5545 of our own: it knows no zone but what the file says.


def read(file: str, name: str) -> datetime:
    """The moment of DTSTART or DTEND of the event."""
    unfolded = file.replace("\r\n ", "")
    event = unfolded[unfolded.index("BEGIN:VEVENT") :]
    found = re.search(rf"^{name}(?:;TZID=([^:;]+))?:(\d{{8}}T\d{{6}})(Z?)\r$", event, re.MULTILINE)
    assert found is not None, event
    zone, text, is_utc = found.groups()
    local = datetime.strptime(text, "%Y%m%dT%H%M%S")
    if is_utc:
        return local.replace(tzinfo=UTC)
    assert f"\r\nTZID:{zone}\r\n" in unfolded
    return moment_by(observances(unfolded), local)


def observances(file: str) -> list[tuple[datetime, timedelta]]:
    """From when which offset counts, in order."""
    found = []
    for body in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\r\n(.*?)END:", file, re.DOTALL):
        facts = dict(line.split(":", 1) for line in body.strip().split("\r\n"))
        assert not {"RRULE", "RDATE"} & facts.keys()
        onset = datetime.strptime(facts["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        found.append((onset - _offset(facts["TZOFFSETFROM"]), _offset(facts["TZOFFSETTO"])))
    return sorted(found)


def _offset(text: str) -> timedelta:
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0))
    return -size if text[0] == "-" else size


def moment_by(rules: list[tuple[datetime, timedelta]], local: datetime) -> datetime:
    """The first moment at which the clocks of these rules show a local time."""
    after = [*rules[1:], (datetime.max.replace(tzinfo=UTC), timedelta())]
    for (begins, offset), (ends, _next) in zip(rules, after, strict=True):
        moment = local.replace(tzinfo=UTC) - offset
        if begins <= moment < ends:
            return moment
    raise AssertionError(f"no clock shows {local}")


@cache
def moments_to_try(name: str) -> list[datetime]:
    """Hours around every change of a zone's clocks in six years, and one in between."""
    found = [NOW]
    for change in clock_changes(ZoneInfo(name), NOW, NOW + SIX_YEARS):
        at = change.at.replace(second=0, microsecond=0)
        found += [at + hours * HOUR for hours in (-25, -2, -1, 0, 1, 2)]
    return found


def different_clocks() -> list[str]:
    """One zone of each clock there is in these years: many zones are other names, or had another past."""
    files_seen = {files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes(): name for name in ZONES}
    clocks: dict[object, str] = {}
    for name in files_seen.values():
        changes = clock_changes(ZoneInfo(name), NOW - timedelta(days=366), NOW + SIX_YEARS)
        clocks[(offset_at(ZoneInfo(name), NOW), tuple((one.at, one.after) for one in changes))] = name
    return sorted(clocks.values())


def test_every_zone_says_the_moments_of_our_own_clock_around_every_change() -> None:
    for name in different_clocks():
        zone = ZoneInfo(name)
        by_year: dict[int, list[tuple[datetime, timedelta]]] = {}
        for moment in moments_to_try(name):
            if moment.year not in by_year:
                by_year[moment.year] = observances(rules_around(zone, moment, moment).to_ical().decode())
            local = moment.astimezone(zone)
            if not local.fold:
                assert moment_by(by_year[moment.year], local.replace(tzinfo=None)) == moment, (name, moment)


@given(st.sampled_from(ZONES), st.data())
def test_a_file_is_read_back_as_the_moment_it_was_written_for(name: str, data: st.DataObject) -> None:
    tried = st.sampled_from(moments_to_try(name))
    any_hour = st.integers(0, SIX_YEARS // HOUR).map(lambda hours: NOW + hours * HOUR)
    starts = data.draw(tried | any_hour)
    length = data.draw(st.sampled_from([HOUR / 2, HOUR, 3 * HOUR]))
    zone = ZoneInfo(name)
    file = a_file(starts, zone, length)
    assert (read(file, "DTSTART"), read(file, "DTEND")) == (starts, starts + length)
    calendar = Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    # In UTC: Python holds a local time that comes twice for unequal to any moment of another zone.
    assert [event[name].dt.astimezone(UTC) for name in ("dtstart", "dtend")] == [starts, starts + length]
    for rules in calendar.walk("VTIMEZONE"):
        assert isinstance(rules, Timezone)
        own = rules.to_tz(lookup_tzid=False)
        for moment in (starts, starts + length):
            local = moment.astimezone(zone).replace(tzinfo=None)
            assert local.replace(tzinfo=own).astimezone(UTC) == moment


@pytest.mark.parametrize("name", ["Africa/Casablanca", "Africa/Cairo", "Asia/Beirut", "Asia/Gaza", "Europe/Dublin"])
def test_zones_whose_rules_are_no_rules(name: str) -> None:
    """Clocks that follow Ramadan, a Friday of a month, or summer time that is called standard time."""
    zone = ZoneInfo(name)
    for change in clock_changes(zone, NOW, NOW + SIX_YEARS):
        for moment in (change.at - HOUR * 2, change.at + HOUR * 2):
            file = a_file(moment, zone)
            assert read(file, "DTSTART") == moment
            onsets = [onset for onset, _offset in observances(file)]
            assert all(before < after for before, after in pairwise(onsets))


def test_the_second_of_a_doubled_hour_is_said_in_utc() -> None:
    zone = ZoneInfo("Europe/Paris")
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30, for the second time
    file = a_file(second, zone)
    assert "DTSTART:20271031T013000Z" in file
    assert "VTIMEZONE" not in file
    assert "DTSTART;TZID=Europe/Paris:20271031T023000" in a_file(second - HOUR, zone, HOUR / 4)
