"""What was asked already is found by its words, in time, among the same agencies, and on no other side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.similar.likeness import ALIKE, LOOK_BACK, Asked, alike
from storage.compartments import Compartment
from tests.properties import examples

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
MISSION, HUM = Compartment.MISSION, Compartment.HUM
QUESTIONS = ["How many people did you reach?", "Is the road open?", "Who is the focal point for protection?"]


def asked(
    what: int, text: str, *, days: int = 1, of: tuple[int, ...] = (1,), side: Compartment = MISSION
) -> Asked[int]:
    return Asked(what, text, NOW - timedelta(days=days), frozenset(of), side)


def test_what_was_asked_in_other_words_is_found_the_likest_first() -> None:
    earlier = [asked(5, "How many persons did you reach?"), asked(6, "Is the road open?"), asked(7, QUESTIONS[2])]
    found = alike(QUESTIONS[:2], [1, 2], earlier, NOW)
    assert [(one.earlier.what, one.new) for one in found] == [(6, 1), (5, 0)]
    assert found[0].score == 100
    assert all(one.score >= ALIKE for one in found)


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        ({}, True),
        ({"days": 30}, True),
        ({"days": 31}, False),
        ({"of": (2, 3)}, False),
        ({"of": (3, 1)}, True),
        ({"side": HUM}, False),
    ],
)
def test_it_must_be_of_the_last_weeks_and_of_the_same_agencies(facts: dict[str, object], is_found: bool) -> None:
    earlier = [asked(1, QUESTIONS[0], **facts)]  # type: ignore[arg-type]
    assert bool(alike(QUESTIONS, [1], earlier, NOW)) is is_found


def test_who_is_inside_finds_what_the_side_asked() -> None:
    earlier = [asked(1, QUESTIONS[0], side=HUM)]
    assert alike(QUESTIONS, [1], earlier, NOW, {HUM})
    assert not alike(QUESTIONS, [1], earlier, NOW, {Compartment.HRT})


@settings(max_examples=examples(60))
@given(
    rows=st.lists(
        st.builds(
            asked,
            what=st.integers(0, 9),
            text=st.sampled_from(QUESTIONS) | st.text(max_size=30),
            days=st.integers(0, 60),
            of=st.lists(st.integers(1, 4), max_size=3).map(tuple),
            side=st.sampled_from(list(Compartment)),
        ),
        max_size=8,
    ),
    of=st.lists(st.integers(1, 4), max_size=3),
)
def test_whatever_was_asked_only_what_fits_is_shown(rows: list[Asked[int]], of: list[int]) -> None:
    found = alike(QUESTIONS, of, rows, NOW)
    for one in found:
        assert one.earlier.compartment is MISSION
        assert one.earlier.of & set(of)
        assert NOW - one.earlier.at <= LOOK_BACK
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
