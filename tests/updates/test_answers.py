"""Answers as pure data: read, checked, carried over and brought together, for any text that people type."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.words import speaking
from commands.updates.rules.answers import (
    TEXT_LIMIT,
    carried_over,
    check,
    differing,
    kept,
    merged,
    not_carried,
)
from commands.updates.rules.marks import read_lines
from commands.updates.rules.questions import Item, Kind, Question, items_for
from tests.properties import examples

QUESTIONS = read_lines(
    "What was done? *\nReached [number people] [per sector]\nAccess [one: open, closed]\nSafe? [yes/no]"
)
ITEMS = items_for(QUESTIONS, ["FSC", "LOG"])
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Zs", "Cc", "Zl", "Zp"]), min_size=1, max_size=6)


def answers_to(item: Item) -> st.SearchStrategy[Any]:
    values: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.LONG_TEXT: TEXTS,
        Kind.NUMBER: st.integers(0, 9).map(str),
        Kind.ONE: st.sampled_from(item.question.choices or ("",)),
        Kind.YES_NO: st.booleans(),
    }
    return st.none() | values[item.question.kind]


ANSWERS = st.fixed_dictionaries({item.key: answers_to(item) for item in ITEMS}).map(
    lambda found: {key: value for key, value in found.items() if value is not None}
)


@settings(max_examples=examples(80))
@given(base=ANSWERS, mine=ANSWERS, theirs=ANSWERS)
def test_bringing_two_versions_together_loses_what_nobody_took_away(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    together = merged(ITEMS, base, mine, theirs)
    for item in ITEMS:
        one, other, before = (answers.get(item.key) for answers in (mine, theirs, base))
        # What I wrote is there; what they alone changed is there; both changed: mine, and the form shows theirs.
        assert together.get(item.key) == (other if one == before else one)
        if item in differing(ITEMS, together, theirs):
            assert one != before


@settings(max_examples=examples(50))
@given(base=ANSWERS, mine=ANSWERS)
def test_bringing_together_with_what_nobody_changed_changes_nothing(base: dict[str, Any], mine: dict[str, Any]) -> None:
    assert merged(ITEMS, base, mine, base) == mine
    assert merged(ITEMS, base, base, mine) == mine


def test_a_number_with_two_readings_is_asked_about_and_never_guessed() -> None:
    items = items_for(QUESTIONS, [])
    for typed, asked in (("1.200", "Write 1200 or 1.2000"), ("12.345", "Write 12345 or 12.3450"), ("-1.500", "-1500")):
        assert asked in check(items, {"q1": "x", "q2": typed})["q2"]
    with speaking("fr"):
        assert "1200" in check(items, {"q1": "x", "q2": "1,200"})["q2"]
        assert check(items, {"q1": "x", "q2": "1 200,5"}) == {}
    assert kept(items, {"q2": "1,200"}) == {"q2": "1200"}
    assert kept(items, {"q2": "2,5 millions"}) == {"q2": "2500000"}


def test_what_is_not_a_number_is_refused_with_an_example() -> None:
    items = items_for(QUESTIONS, [])
    for typed in ("many", "12 or so", "NaN", "Infinity", "1e999999999", "--3", "1.2.3"):
        assert "for example 1200" in check(items, {"q1": "x", "q2": typed})["q2"], typed


def test_a_text_over_slacks_limit_says_how_long_it_is() -> None:
    items = items_for(QUESTIONS, [])
    assert "5000 characters; Slack takes 3000" in check(items, {"q1": "x" * 5000})["q1"]
    assert check(items, {"q1": "x" * TEXT_LIMIT}) == {}


def test_what_is_missing_is_unknown_and_never_zero() -> None:
    items = items_for(QUESTIONS, [])
    assert check(items, {}) == {"q1": "This answer is required."}
    assert kept(items, {"q1": "x", "q2": "", "q4": False}) == {"q1": "x", "q4": False}
    assert kept(items, {"q2": "0"}) == {"q2": "0"}


def test_last_answers_are_carried_over_where_they_still_answer_the_question() -> None:
    last = {"q1": "Convoys.", "q2@FSC": "12", "q2@OLD": "3", "q3": "closed", "q4": True}
    now = [
        QUESTIONS[0],
        QUESTIONS[1],
        Question("q3", "Access", Kind.ONE, choices=("open", "restricted")),
        Question("q4", "Safe, and why?", Kind.LONG_TEXT),
    ]
    carried = carried_over(items_for(now, ["FSC"]), QUESTIONS, last)
    assert carried == {"q1": "Convoys.", "q2@FSC": "12"}
    left = not_carried(QUESTIONS, last, carried)
    assert [(item.key, value) for item, value in left] == [("q2@OLD", "3"), ("q3", "closed"), ("q4", True)]
