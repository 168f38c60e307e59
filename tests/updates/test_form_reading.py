"""What a form shows is what is read back from it when nobody changes anything; and what else stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.elements import holds, initial, walk
from commands.kit.cards import Block
from commands.kit.forms import Fields
from commands.kit.refused import Refused
from commands.updates.rules.marks import read_lines
from commands.updates.rules.plan_data import STEPS, entry_of, fresh
from commands.updates.rules.questions import items_for
from commands.updates.views.answer_form import ON_BEHALF, answer_form, last_shown, read_answers
from commands.updates.views.audience import offered
from commands.updates.views.plan_form import Planning, plan_page, read_step
from commands.updates.views.proxies import agency_options
from storage.updates.rounds import GroupBy, OnHoliday, Period
from tests.properties import examples
from tests.updates.samples import ANSWERS, BOARD, QUESTION_LIST, WFP, WHO, filling, plan

ITEMS = items_for(QUESTION_LIST, WFP.sectors)


def fields_of(blocks: list[Block]) -> Fields:
    """The form as Slack sends it when nothing was touched."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in walk(blocks):
        if holds(element):
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial(element)
    return Fields(values)


@settings(max_examples=examples(40))
@given(
    weekdays=st.lists(st.integers(0, 6), min_size=1, unique=True).map(sorted),
    every=st.sampled_from([1, 2, 4]),
    holiday=st.sampled_from(list(OnHoliday)),
    period=st.sampled_from(list(Period)),
    group_by=st.sampled_from(list(GroupBy)),
    handling=st.sampled_from(["unclassified", "confidential"]),
    any_hour=st.booleans(),
)
def test_a_plan_that_nobody_changes_is_read_back_as_it_was(
    weekdays: list[int],
    every: int,
    holiday: OnHoliday,
    period: Period,
    group_by: GroupBy,
    handling: str,
    any_hour: bool,
) -> None:
    kept = entry_of(
        plan(
            weekdays=weekdays,
            every_weeks=every,
            on_holiday=holiday,
            period=period,
            group_by=group_by,
            handling=handling,
            at_any_hour=any_hour,
        )
    )
    read = fresh(date(2026, 1, 1), None)
    for step in STEPS:
        blocks = plan_page(Planning(3, kept, [WFP, WHO], "Africa/Juba", ()), step).blocks
        read = read_step(step, fields_of(list(blocks)), read)
    # The version travels in the form's notes, the questions in what is kept of the form.
    assert replace(read, version=kept.version, built=kept.built, used=kept.used) == kept
    assert read_step("no such step", Fields(), kept) == kept


def test_answers_that_nobody_changes_are_read_back_as_they_were() -> None:
    given_answers = {**ANSWERS, "q4": ["fuel", "escorts"], "q5": True}
    view = answer_form(filling(answers=given_answers, proxy=True))
    fields = fields_of(view["blocks"])
    assert read_answers(ITEMS, fields) == {**given_answers, ON_BEHALF: None}
    assert last_shown(ITEMS, fields) == len(ITEMS)


def test_an_emptied_field_is_read_as_empty_and_one_of_another_step_not_at_all() -> None:
    fields = fields_of(answer_form(filling(answers={}))["blocks"])
    assert read_answers(ITEMS, fields) == {item.key: None for item in ITEMS}
    assert read_answers(ITEMS, Fields()) == {}


@pytest.mark.parametrize("place", ["7", "-1", "open", "²"])
def test_a_choice_that_the_question_does_not_have_is_refused(place: str) -> None:
    fields = fields_of(answer_form(filling())["blocks"])
    chosen = next(
        states
        for states in fields.values.values()
        if any("radio" in state["type"] or "select" in state["type"] for state in states.values())
    )
    for state in chosen.values():
        state["selected_option"] = {"value": place}
    with pytest.raises(Refused):
        read_answers(ITEMS, fields)


def test_answers_to_questions_that_went_are_shown_and_the_rest_counted() -> None:
    old = items_for(read_lines("\n".join(f"Old question {number}" for number in range(11))), [])
    text = str(answer_form(filling(left_behind=[(item, f"answer {item.key}") for item in old]))["blocks"])
    assert "Left out, because these questions are not asked this way any more" in text
    assert "answer q1" in text
    assert "3 more." in text


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "all"),
        ("world food", "agency:1"),
        ("wfp", "agency:1"),
        ("logistics", "sector:Logistics"),
        ("UN", "kind:un_agency"),
    ],
)
def test_whom_a_round_may_ask_is_found_by_what_is_typed(typed: str, first: str) -> None:
    assert offered(typed, [WFP, WHO])[0]["value"] == first
    assert offered("nothing like it", [WFP, WHO]) == []


def test_each_agency_to_answer_for_is_offered_with_where_it_stands() -> None:
    found = agency_options(BOARD)
    assert [one["value"] for one in found] == [str(one.return_id) for one in BOARD]
    assert all(one["description"]["text"] for one in found)
