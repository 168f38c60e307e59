"""Leave: what may be entered, and who answers for an agency meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.agencies.rules.leave import Cover, EnteredLeave, LeaveCheck, covers, leave_problems
from commands.kit.contacts import who_answers
from storage.agencies import Leave
from storage.people import Role
from tests.agencies.made import agency
from tests.properties import examples

WFP = agency(
    "WFP",
    "World Food Programme",
    ("HEAD", Role.HEAD_OF_AGENCY),
    ("FIRST", Role.FOCAL_POINT),
    ("DEPUTY", Role.ALTERNATE),
)
EVERYBODY = ("HEAD", "FIRST", "DEPUTY")
TODAY = date(2026, 3, 2)


def problem(person: str | None, first: date | None, last: date | None) -> set[str]:
    entered = Leave(user_id="FIRST", first_day=date(2026, 3, 10), last_day=date(2026, 3, 12))
    check = LeaveCheck({"FIRST", "SECOND"}, [entered], TODAY)
    return set(leave_problems(EnteredLeave(person, first, last), check))


@pytest.mark.parametrize(
    ("person", "first", "last", "field"),
    [
        (None, date(2026, 3, 3), date(2026, 3, 4), "leave_person"),
        ("STRANGER", date(2026, 3, 3), date(2026, 3, 4), "leave_person"),
        ("FIRST", None, date(2026, 3, 4), "leave_first"),
        ("FIRST", date(2026, 3, 3), None, "leave_last"),
        ("FIRST", date(2026, 3, 4), date(2026, 3, 3), "leave_last"),
        ("FIRST", date(2026, 2, 1), date(2026, 3, 1), "leave_last"),
        ("FIRST", date(2026, 3, 12), date(2026, 3, 14), "leave_first"),
        ("FIRST", date(2026, 3, 1), date(2026, 3, 30), "leave_first"),
        ("FIRST", date(2026, 3, 3), date(2027, 3, 4), "leave_last"),
        ("FIRST", date(2062, 3, 3), date(2062, 3, 4), "leave_first"),
    ],
)
def test_a_leave_that_makes_no_sense_is_refused(
    person: str | None, first: date | None, last: date | None, field: str
) -> None:
    assert problem(person, first, last) == {field}


def test_leave_that_makes_sense_is_taken() -> None:
    assert problem("FIRST", date(2026, 3, 13), date(2026, 3, 13)) == set()
    assert problem("SECOND", date(2026, 3, 10), date(2026, 3, 12)) == set()
    assert problem("FIRST", date(2026, 3, 1), TODAY) == set()
    assert problem("SECOND", date(2026, 3, 3), date(2027, 3, 3)) == set()
    assert problem("FIRST", None, None) == set()


def away(user: str, first: int, last: int) -> Leave:
    """A leave by days of March 2026."""
    return Leave(user_id=user, first_day=date(2026, 3, first), last_day=date(2026, 3, last))


def cover(person: str | None, first: int, last: int) -> Cover:
    return Cover(person, date(2026, 3, first), date(2026, 3, last))


def test_the_next_in_order_covers_a_leave() -> None:
    leave = away("FIRST", 5, 9)
    assert covers(WFP, leave, [leave], EVERYBODY, TODAY) == [cover("DEPUTY", 5, 9)]


def test_a_leave_that_has_begun_is_covered_from_today() -> None:
    leave = away("FIRST", 1, 9)
    assert covers(WFP, leave, [leave], EVERYBODY, TODAY) == [cover("DEPUTY", 2, 9)]


def test_leaves_that_overlap_change_the_cover_and_may_leave_nobody() -> None:
    mine, deputys = away("FIRST", 5, 9), away("DEPUTY", 7, 8)
    assert covers(WFP, mine, [mine, deputys], ("FIRST", "DEPUTY"), TODAY) == [
        cover("DEPUTY", 5, 6),
        cover(None, 7, 8),
        cover("DEPUTY", 9, 9),
    ]


def test_who_would_not_be_asked_anyway_needs_no_cover() -> None:
    alternates = away("DEPUTY", 5, 9)
    assert covers(WFP, alternates, [alternates], EVERYBODY, TODAY) == []
    both = [alternates, away("FIRST", 8, 12)]
    assert covers(WFP, alternates, both, EVERYBODY, TODAY) == [cover("HEAD", 8, 9)]


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(EVERYBODY), st.integers(1, 20), st.integers(0, 8)), min_size=1, max_size=5))
def test_a_cover_names_whoever_is_asked_that_day(spells: list[tuple[str, int, int]]) -> None:
    leaves = [away(user, first, first + length) for user, first, length in spells]
    for one in covers(WFP, leaves[0], leaves, EVERYBODY, TODAY):
        for later in range((one.last_day - one.first_day).days + 1):
            where = dict.fromkeys(EVERYBODY, one.first_day + timedelta(days=later))
            asked = who_answers(WFP, leaves, where)
            assert one.person == (asked.person if asked else None)
            assert one.person != leaves[0].user_id


def test_days_on_which_nobody_needs_a_cover_part_it_in_two() -> None:
    deputy = away("DEPUTY", 3, 9)
    leaves = [deputy, away("FIRST", 4, 5), away("FIRST", 8, 8)]
    assert covers(WFP, deputy, leaves, EVERYBODY, TODAY) == [cover("HEAD", 4, 5), cover("HEAD", 8, 8)]
