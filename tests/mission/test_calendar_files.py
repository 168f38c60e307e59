"""Days off from calendar files, as published and as odd as they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mission.rules.calendar_files import read_calendar_file
from commands.mission.rules.holidays import days_of

TODAY = date(2026, 11, 30)


def a_file(*events: str) -> bytes:
    bodies = [f"BEGIN:VEVENT\nUID:{number}@x\n{event}\nEND:VEVENT" for number, event in enumerate(events)]
    lines = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", *bodies, "END:VCALENDAR"])
    return lines.replace("\n", "\r\n").encode()


CHRISTMAS = "SUMMARY:Christmas\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227"
YEARLY = "SUMMARY:Independence Day\nDTSTART;VALUE=DATE:20110709\nRRULE:FREQ=YEARLY"


def test_an_end_is_the_first_day_that_is_no_longer_free() -> None:
    found = read_calendar_file(a_file(CHRISTMAS), TODAY)
    assert found.days == dict.fromkeys(days_of(date(2026, 12, 24), date(2026, 12, 26)), "Christmas")
    assert found.errors == []


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 80))
def test_a_run_is_as_long_as_it_says(first: date, length: int) -> None:
    after = first + timedelta(days=length)
    for end in (f"DTEND;VALUE=DATE:{after:%Y%m%d}", f"DURATION:P{length}D"):
        event = f"SUMMARY:Eid\nDTSTART;VALUE=DATE:{first:%Y%m%d}\n{end}"
        assert list(read_calendar_file(a_file(event), TODAY).days) == [
            first + timedelta(days=day) for day in range(length)
        ]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY", [date(year, 7, 9) for year in (2026, 2027, 2028)]),
        ("FREQ=YEARLY;UNTIL=20271231", [date(2026, 7, 9), date(2027, 7, 9)]),
        ("FREQ=YEARLY;UNTIL=20271231T235959Z", [date(2026, 7, 9), date(2027, 7, 9)]),
        ("FREQ=YEARLY;COUNT=16", [date(2026, 7, 9)]),
        ("FREQ=YEARLY;INTERVAL=2", [date(2027, 7, 9)]),
        ("FREQ=YEARLY;BYMONTH=7;BYDAY=2MO", [date(2026, 7, 13), date(2027, 7, 12), date(2028, 7, 10)]),
        ("FREQ=YEARLY\nEXDATE;VALUE=DATE:20270709", [date(2026, 7, 9), date(2028, 7, 9)]),
    ],
)
def test_what_comes_every_year_is_entered_for_this_year_and_two_more(rule: str, days: list[date]) -> None:
    found = read_calendar_file(a_file(YEARLY.replace("FREQ=YEARLY", rule)), TODAY)
    assert (list(found.days), found.errors) == (days, [])


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:Party\nDTSTART:20261224T180000Z\nDTEND:20261224T200000Z", "Event 2, Party: it has a time of day."),
        ("SUMMARY:Prayers\nDTSTART;VALUE=DATE:20261204\nRRULE:FREQ=WEEKLY", "Prayers: it comes again, but not every"),
        ("SUMMARY:Move\nDTSTART;VALUE=DATE:20261204\nRDATE;VALUE=DATE:20270104", "in a way that I do not read"),
        ("SUMMARY:Back\nDTSTART;VALUE=DATE:20261204\nDTEND;VALUE=DATE:20261203", "does not end on a later day"),
        ("DTSTART;VALUE=DATE:20261204", "Event 2, without a name: Say what day it is"),
        ("SUMMARY:Nowhere", "Event 2, Nowhere: its first day cannot be read."),
        ("SUMMARY:Long\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101", "This is longer than 92 days."),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(event: str, why: str) -> None:
    found = read_calendar_file(a_file(CHRISTMAS, event), TODAY)
    assert len(found.days) == 3
    (error,) = found.errors
    assert why in error


def test_two_holidays_on_one_day_are_one_day_with_both_names() -> None:
    other = "SUMMARY:Harvest\nDTSTART;VALUE=DATE:20261225"
    assert read_calendar_file(a_file(CHRISTMAS, other, other), TODAY).days[date(2026, 12, 25)] == "Christmas, Harvest"


def test_a_cancelled_event_is_no_day_off() -> None:
    assert read_calendar_file(a_file(f"{CHRISTMAS}\nSTATUS:CANCELLED"), TODAY).days == {}


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_an_answer_and_no_crash(content: bytes) -> None:
    found = read_calendar_file(content, TODAY)
    assert found.days or found.errors
