"""What is entered when a matter is raised: mistakes beside their field, what is kept, lengths and addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.escalations.rules.addresses import address_problem
from commands.escalations.rules.lengths import read_length, write_length
from commands.escalations.rules.raising import Entered, RaiseEntry, entered, mistakes_in, needed_by
from commands.escalations.rules.similar import Draft
from commands.kit.handling import Handling
from storage.escalations.model import Asks, Severity
from storage.mail import LONGEST_ADDRESS
from tests.properties import examples

JUBA = ZoneInfo("Africa/Juba")  # two hours before UTC all year
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
WORK_END = time(17)

GOOD = RaiseEntry(asks=Asks.DECISION, severity=Severity.URGENT, handling=Handling.UNCLASSIFIED, summary="The road.")
POINTER = {
    "handling": Handling.STRICTLY_CONFIDENTIAL, "reference": "OUT/12", "holder": "The registry", "how": "By phone",
}  # fmt: skip
TODAY = date(2026, 3, 5)


def mistakes(**changes: Any) -> dict[str, str]:
    return mistakes_in(replace(GOOD, **changes), JUBA, WORK_END, NOW)


def test_a_matter_that_says_what_is_asked_and_how_urgent_it_is_may_be_raised() -> None:
    assert mistakes() == {}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"asks": None}, "asks", "what is asked"),
        ({"severity": None}, "severity", "how urgent"),
        ({"handling": None}, "handling", "classification"),
        ({"summary": ""}, "summary", "what it is about"),
        ({"time": time(9)}, "day", "the day too"),
        ({"day": date(2026, 3, 4)}, "day", "has passed"),
        ({"day": TODAY, "time": time(14)}, "day", "has passed"),
        ({**POINTER, "reference": ""}, "reference", "reference"),
        ({**POINTER, "holder": ""}, "holder", "who holds"),
        ({**POINTER, "how": ""}, "how", "ask for it"),
    ],
)
def test_what_is_missing_or_impossible_is_told_beside_its_field(change: dict[str, Any], field: str, words: str) -> None:
    found = mistakes(**change)
    assert list(found) == [field]
    assert words in found[field]


def test_a_strictly_confidential_matter_needs_no_text_but_all_of_its_pointer() -> None:
    assert mistakes(summary="", **POINTER) == {}
    assert mistakes(handling=Handling.STRICTLY_CONFIDENTIAL).keys() == {"reference", "holder", "how"}


def test_a_day_without_a_time_means_the_end_of_its_working_hours() -> None:
    def by_when(**when: Any) -> datetime | None:
        return needed_by(replace(GOOD, **when), JUBA, WORK_END)

    assert by_when(day=TODAY) == datetime(2026, 3, 5, 15, tzinfo=UTC)
    assert by_when(day=TODAY, time=time(9, 30)) == datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
    assert by_when(day=TODAY, time=time(0)) == datetime(2026, 3, 4, 22, tzinfo=UTC)
    assert by_when(time=time(9, 30)) is None
    assert mistakes(day=TODAY, time=time(14, 1)) == {}


TYPED = replace(GOOD, tried="A call", place="Kapoeta", code="SS01", agencies=(4, 9), reference="OUT/12")


def test_a_pointer_keeps_no_text_whatever_was_typed_before() -> None:
    secret = replace(TYPED, **POINTER)
    assert secret.is_pointer
    assert entered(secret, JUBA, WORK_END) == Entered(
        "decision",
        "urgent",
        "strictly_confidential",
        agency_ids=(4, 9),
        pointer={"reference": "OUT/12", "holder": "The registry", "how": "By phone"},
    )


@pytest.mark.parametrize("level", [Handling.UNCLASSIFIED, Handling.CONFIDENTIAL])
def test_a_matter_that_may_be_told_keeps_its_text_and_no_pointer(level: Handling) -> None:
    kept = entered(replace(TYPED, handling=level), JUBA, WORK_END)
    assert (kept.summary, kept.tried, kept.place_name, kept.place_code) == ("The road.", "A call", "Kapoeta", "SS01")
    assert kept.pointer == {}
    assert kept.draft == Draft("The road.", "Kapoeta", "SS01", frozenset({4, 9}))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20 min", 20),
        ("4 h", 240),
        ("2 h 30 min", 150),
        ("45m", 45),
        ("1 H 5 MIN", 65),
        ("5 min", 5),
        ("400 h", 24_000),
    ],
)
def test_lengths_are_read_as_people_type_them(text: str, minutes: int) -> None:
    assert read_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "20", "soon", "4 h or so", "4 min", "0 min", "400 h 1 min", "2 days", "4 hours"])
def test_what_is_no_length_or_too_short_or_too_long_is_not_read(text: str) -> None:
    assert read_length(text) is None


@settings(max_examples=examples(60))
@given(st.integers(5, 24_000))
def test_a_length_is_written_so_that_it_is_read_again(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert read_length(write_length(length)) == length


@pytest.mark.parametrize("address", ["name@example.org", "a.b+c@mail.un-mission.example.org", "o'neill@example.org"])
def test_usual_addresses_are_taken(address: str) -> None:
    assert address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        *("", "name", "name@", "@example.org", "name@example", "na me@example.org", "josé@example.org"),
        *("a..b@example.org", "name@example.org ", "name@example..org", f"{'x' * 65}@example.org", "a@b@example.org"),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert "not an e-mail address" in (address_problem(address) or "")


def test_an_address_longer_than_the_mail_can_hold_is_refused() -> None:
    longest = f"n@{'d' * (LONGEST_ADDRESS - 6)}.org"
    assert len(longest) == LONGEST_ADDRESS
    assert address_problem(longest) is None
    assert str(LONGEST_ADDRESS) in (address_problem(f"x{longest}") or "")
