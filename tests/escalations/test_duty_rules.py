"""What may be entered in the duty roster: spans, officers in charge, rotations, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from commands.escalations.rules import duty
from commands.escalations.rules.duty import (
    MOST_SHIFTS,
    EnteredRotation,
    EnteredSpan,
    is_away,
    misfits,
    officer_problem,
    rotation_problems,
    shift_in_the_way,
    span_problems,
)
from commands.escalations.rules.roster import Absence, OfficerInCharge, Rotation, Turn, TurnKind
from storage.people import Role

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

SPAN = EnteredSpan("U1", NOW, NOW + DAY)
AWAY = (Absence("U1", NOW + DAY, NOW + 2 * DAY),)


def test_a_span_to_come_of_somebody_who_is_there_is_right() -> None:
    # A leave that begins as the span ends does not touch it.
    assert span_problems(SPAN, NOW, AWAY) == {}
    assert span_problems(replace(SPAN, starts_at=NOW - DAY, ends_at=NOW + timedelta(minutes=1)), NOW, ()) == {}
    assert span_problems(replace(SPAN, ends_at=NOW + duty.LONGEST), NOW, ()) == {}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"person": None}, duty.PERSON, "Choose a person"),
        ({"starts_at": None}, duty.FROM_DAY, "begins"),
        ({"ends_at": None}, duty.TO_DAY, "ends"),
        ({"ends_at": NOW}, duty.TO_DAY, "after the beginning"),
        ({"starts_at": NOW - DAY, "ends_at": NOW}, duty.TO_DAY, "over already"),
        ({"ends_at": NOW + duty.LONGEST + timedelta(minutes=1)}, duty.TO_DAY, "longer than a year"),
        ({"ends_at": NOW + DAY + timedelta(minutes=1)}, duty.PERSON, "on leave"),
    ],
)
def test_what_is_wrong_with_a_span_is_told_beside_its_field(change: dict[str, Any], field: str, words: str) -> None:
    found = span_problems(replace(SPAN, **change), NOW, AWAY)
    assert list(found) == [field]
    assert words in found[field]


def test_somebody_else_s_leave_stands_in_nobody_s_way() -> None:
    assert is_away("U1", NOW + DAY, NOW + 2 * DAY, AWAY)
    assert not is_away("U2", NOW + DAY, NOW + 2 * DAY, AWAY)
    assert not is_away("U1", NOW + 2 * DAY, NOW + 3 * DAY, AWAY)


def test_nobody_acts_for_the_post_they_hold_and_no_two_act_for_it_at_once() -> None:
    windows = [OfficerInCharge(7, "deputy", "U2", NOW, NOW + DAY)]
    span = EnteredSpan("U1", NOW + HOUR, NOW + 2 * DAY)
    assert officer_problem("deputy", span, windows, "U1") == (duty.PERSON, None)
    assert officer_problem("deputy", span, windows, "U3") == (duty.FROM_DAY, windows[0])
    assert officer_problem("srsg", span, windows, "U3") is None
    assert officer_problem("deputy", replace(span, starts_at=NOW + DAY), windows, None) is None
    assert officer_problem("deputy", EnteredSpan(None, NOW, None), windows, None) is None


ROTATION = EnteredRotation(("U1", "U2"), date(2026, 3, 5), date(2026, 3, 31), 7, time(8))
TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"people": ()}, duty.PEOPLE, "who takes turns"),
        ({"first": None}, duty.FIRST, "first and the last"),
        ({"last": None}, duty.LAST, "first and the last"),
        ({"at": None}, duty.AT, "hand-over"),
        ({"last": date(2026, 3, 4)}, duty.LAST, "before the first"),
        ({"first": date(2026, 3, 1), "last": date(2026, 3, 4)}, duty.LAST, "over already"),
        ({"last": date(2027, 3, 7)}, duty.LAST, "longer than a year"),
        ({"last": TODAY + MOST_SHIFTS * DAY, "every": 1}, duty.LAST, "more than 200"),
    ],
)
def test_what_is_wrong_with_a_rotation_is_told_beside_its_field(change: dict[str, Any], field: str, words: str) -> None:
    found = rotation_problems(replace(ROTATION, **change), TODAY)
    assert list(found) == [field]
    assert words in found[field]


def test_a_rotation_may_end_today_last_a_year_or_have_two_hundred_shifts() -> None:
    assert rotation_problems(ROTATION, TODAY) == {}
    assert rotation_problems(replace(ROTATION, first=TODAY - DAY, last=TODAY), TODAY) == {}
    assert rotation_problems(replace(ROTATION, last=date(2027, 3, 6)), TODAY) == {}
    full = replace(ROTATION, last=TODAY + (MOST_SHIFTS - 1) * DAY, every=1)
    assert rotation_problems(full, TODAY) == {}
    assert len(Rotation(("U1",), TODAY, full.last or TODAY, 1, time(8)).spans()) == MOST_SHIFTS


def test_a_shift_of_the_roster_stands_in_the_way_and_a_stand_in_does_not() -> None:
    rotation = Rotation(("U1",), TODAY, TODAY, 1, time(8))
    begins = datetime(2026, 3, 6, 7, 59, tzinfo=UTC)
    shift = Turn(1, "U2", begins, begins + DAY)
    assert shift_in_the_way(rotation, [shift]) is shift
    assert shift_in_the_way(rotation, [replace(shift, starts_at=begins + timedelta(minutes=1))]) is None
    assert shift_in_the_way(rotation, [replace(shift, kind=TurnKind.STAND_IN)]) is None


def test_whoever_has_no_role_of_the_office_or_is_gone_cannot_be_on_the_roster() -> None:
    roles = {"U1": [Role.DUTY_OFFICER], "U2": [Role.HEAD_OF_AGENCY], "U3": [Role.SRSG_OFFICE], "U4": [Role.COORDINATOR]}
    assert misfits(["U5", "U2", "U1", "U2", "U3", "U4"], roles, absent={"U3"}) == ["U5", "U2", "U3"]
