"""What a form carries along comes back as it went, also from a form that another release made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands.kit.forms import modal
from commands.kit.notes import named, read_notes, written
from commands.kit.pressed import choice_in, parts_of, value_of
from commands.kit.refused import Refused


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Place:
    query: str = named("q", "", most=5)
    page: int = 0


@dataclass(frozen=True, slots=True)
class Thing:
    thing: int | None = None
    came_from: str = named("from", "")
    colour: Colour = Colour.RED
    asked: bool = False
    seen: tuple[int, ...] = ()
    words: dict[str, str] | None = None
    place: Place = Place()


THING = Thing(12, "run", Colour.BLUE, asked=True, seen=(1, 2), words={"kind": "x"}, place=Place("road", 3))
JSON = '{"thing":12,"from":"run","colour":"blue","asked":true,"seen":[1,2],"words":{"kind":"x"},"q":"road","page":3}'
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(Colour),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NAMES = ["thing", "from", "colour", "asked", "seen", "words", "q", "page", "other"]


def test_a_form_keeps_notes_as_plain_json_under_the_names_it_always_had() -> None:
    assert modal("a:b", "Title", [], notes=THING)["private_metadata"] == JSON
    assert modal("a:b", "Title", [])["private_metadata"] == "{}"
    assert read_notes(Thing, json.loads(JSON)) == THING


def test_what_is_none_is_not_written_and_a_long_text_is_cut() -> None:
    assert written(Thing(place=Place("a long query"))) == {
        "from": "", "colour": "red", "asked": False, "seen": (), "q": "a lon", "page": 0
    }  # fmt: skip


def test_a_form_of_another_release_reads_with_defaults_and_without_what_is_not_known() -> None:
    assert read_notes(Thing, {"thing": 3, "asked": 1, "gone": {}, "page": None}) == Thing(3, asked=True)
    assert read_notes(Thing, {}) == Thing()


@pytest.mark.parametrize(
    ("name", "value"),
    [("thing", "12"), ("thing", True), ("thing", -1), ("thing", 10**12), ("from", 1), ("colour", "green"),
     ("colour", []), ("asked", 2), ("seen", "12"), ("seen", ["x"]), ("words", ["x"]), ("q", {}), ("page", 1.5)],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_politely(name: str, value: object) -> None:
    with pytest.raises(Refused, match="older version"):
        read_notes(Thing, {name: value})


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING))
@example({"colour": {"a": []}})
def test_anything_is_read_or_refused(kept: dict[str, object]) -> None:
    try:
        found = read_notes(Thing, kept)
    except Refused:
        return
    assert read_notes(Thing, json.loads(json.dumps(written(found)))) == read_notes(Thing, written_again(found))


def written_again(found: Thing) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in written(found).items()}


@given(st.text(max_size=20), st.integers(1, 4), st.sampled_from(":|/"))
def test_a_value_gives_as_many_parts_as_are_asked_for(value: str, count: int, by: str) -> None:
    parts = parts_of(value, count, by)
    assert len(parts) == count
    assert value_of(*parts, by=by).startswith(value)


def test_a_choice_that_there_is_not_is_refused() -> None:
    assert choice_in(Colour, "red") is Colour.RED
    for text in ("green", "", None, "RED"):
        with pytest.raises(Refused, match="older version"):
            choice_in(Colour, text)
