"""Questions that are built: moved, put, begun from a template, and shown one by one or together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.forms import Fields
from commands.kit.words import speaking
from commands.updates.rules.building import TEMPLATES, Change, from_template, moved, put
from commands.updates.rules.digest import Reply, contents, shown_alone
from commands.updates.rules.drafting import RoundEntry, absorbed, all_questions
from commands.updates.rules.questions import Item, Kind, Question, Shows, items_for, questions_of, trouble_with
from commands.updates.views.building.builder import question_form, read_question
from commands.updates.views.notes import BuilderNotes
from storage.updates.returns import ReturnState
from tests.updates.samples import A_CHOICE, MANY, WFP, WHO, a_return

steps = st.lists(st.tuples(st.integers(-1, 6), st.sampled_from([Change.UP, Change.DOWN, Change.REMOVE])), max_size=8)


@given(steps=steps, more=st.integers(0, 2))
def test_ids_are_never_used_again_and_every_question_keeps_its_own(steps: list[tuple[int, Change]], more: int) -> None:
    entry = absorbed(RoundEntry(questions="A\nB\nC\nD"))
    words = {one.id: one.text for one in all_questions(entry)}
    for number, change in steps:
        entry = moved(entry, number, change)
    for count in range(more):
        entry = absorbed(replace(entry, questions=f"New {count}"))
    found = all_questions(entry)
    assert len({one.id for one in found}) == len(found)
    assert all(words.get(one.id, one.text) == one.text for one in found)
    removed = {f"q{number}" for number in range(1, 5)} - {one.id for one in found}
    assert not removed & {one.id for one in found if one.text.startswith("New")}


def test_a_question_moves_a_place_and_stops_at_the_ends() -> None:
    entry = absorbed(RoundEntry(questions="A\nB\nC"))

    def order(change: Change, number: int) -> str:
        return "".join(one.text for one in all_questions(moved(entry, number, change)))

    assert (order(Change.UP, 2), order(Change.DOWN, 0), order(Change.REMOVE, 1)) == ("ACB", "BAC", "AC")
    assert (order(Change.UP, 0), order(Change.DOWN, 2), order(Change.REMOVE, 9)) == ("ABC", "ABC", "ABC")


def test_a_changed_question_keeps_its_id_and_a_new_one_gets_the_next() -> None:
    entry = put(absorbed(RoundEntry(questions="A\nB")), 0, Question("", "Changed"))
    entry = put(entry, 2, Question("", "New"))
    assert [(one.id, one.text) for one in all_questions(entry)] == [("q1", "Changed"), ("q2", "B"), ("q3", "New")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_complete_in_both_languages(name: str) -> None:
    entry = from_template(RoundEntry(questions="Mine"), name)
    assert entry.title
    assert from_template(RoundEntry(title="Kept"), name).title == "Kept"
    first, *added = all_questions(entry)
    assert (first.text, len(added) >= 4) == ("Mine", True)
    for one in added:
        assert trouble_with(one) is None
        assert one.text_fr not in {"", one.text}
        assert len(one.choices_fr) == len(one.choices)


def test_words_and_choices_are_those_of_the_reader() -> None:
    with speaking("fr"):
        assert (A_CHOICE.words, A_CHOICE.choice_words("no")) == ("La route est-elle <ouverte> ?", "non")
        assert replace(A_CHOICE, text_fr="", choices_fr=()).words == "Is the road <open>?"
    assert (A_CHOICE.words, A_CHOICE.choice_words("no")) == ("Is the road <open>?", "no")
    assert questions_of([A_CHOICE.as_json()]) == [A_CHOICE]


def test_french_choices_are_as_many_as_the_english_ones() -> None:
    assert "as many choices in French" in str(trouble_with(replace(A_CHOICE, choices_fr=("oui",))))
    assert "Two choices are the same" in str(trouble_with(replace(A_CHOICE, choices_fr=("oui", "oui", "non"))))
    assert "in French" in str(trouble_with(replace(A_CHOICE, text_fr="x" * 301)))


def test_only_agencies_of_its_sectors_are_asked_a_question() -> None:
    asked = [A_CHOICE, replace(A_CHOICE, id="q2", per_sector=True), Question("q3", "All?")]
    assert [one.key for one in items_for(asked, ["FSC", "Health"])] == ["q9", "q2@FSC", "q3"]
    assert [one.key for one in items_for(asked, [])] == ["q3"]


def test_what_is_counted_together_stands_nowhere_alone() -> None:
    plain = replace(A_CHOICE, sectors=())
    yes_no = Question("q2", "Safe?", Kind.YES_NO, shows=Shows.TOGETHER)
    several = Question("q3", "Needs", Kind.SEVERAL, choices=("fuel", "flights"), shows=Shows.TOGETHER)
    given = [
        a_return(WFP, ReturnState.SUBMITTED, answers={"q9": "no", "q2": True, "q3": ["fuel", "flights"]}),
        a_return(WHO, ReturnState.SUBMITTED, answers={"q9": "no", "q2": False, "q3": ["fuel"]}),
        a_return(MANY[3], ReturnState.OWED),
    ]
    found = contents([plain, yes_no, several], [Reply(f"A{one.agency_id}", "", one) for one in given], {})
    assert [one.counts for one in found.chosen] == [
        (("no", 2),),
        ((True, 1), (False, 1)),
        (("fuel", 2), ("flights", 1)),
    ]
    assert found.sectors == {}
    assert shown_alone([plain, Question("q8", "Text", shows=Shows.TOGETHER)]) == [
        Question("q8", "Text", shows=Shows.TOGETHER)
    ]


def test_a_question_is_read_back_from_its_form_as_it_was() -> None:
    def as_sent(asked: Question) -> Fields:
        form = question_form(asked, ["FSC"], BuilderNotes(number=0))
        values = {}
        for block in form["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                held = {
                    "value": element.get("initial_value"),
                    "selected_option": element.get("initial_option"),
                    "selected_options": element.get("initial_options"),
                }
                values[block["block_id"]] = {element["action_id"]: held}
        return Fields(values)

    number = Question("", "How many?", Kind.NUMBER, required=True, unit="trucks", per_sector=True)
    for asked in (replace(A_CHOICE, id=""), number, Question("", "Why?")):
        assert read_question(as_sent(asked)) == asked
    assert Item(number).key == ""
