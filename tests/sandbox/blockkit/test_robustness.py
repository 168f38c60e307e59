"""Whatever it is given, the validator answers: it never raises, never differs, never changes its input."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.blockkit import BLOCKS, Problem, check_blocks, check_message, check_view
from tests.properties import examples

from .payloads import actions, blocks_on, button, divider, message, mrkdwn, plain, section
from .surface_conditions import PLACES

NAMES = st.sampled_from(
    ["type", "text", "blocks", "elements", "element", "label", "options", "value", "rows", "chart", "series", "title",
     "axis_config", "segments", "block_id", "action_id", "confirm", "child_blocks", "fields", "accessory", "metadata",
     "initial_option", "initial_value", "min_value", "image_url", "url", "attachments", "event_payload", "tasks"]
) | st.text(max_size=4)  # fmt: skip
KINDS = st.sampled_from(
    [
        *BLOCKS,
        "plain_text",
        "mrkdwn",
        "button",
        "static_select",
        "number_input",
        "modal",
        "home",
        "raw_text",
        "bar",
        "pie",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.just("https://[")
    | KINDS
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES, inner, max_size=5)
        | st.builds(lambda kind, rest: {**rest, "type": kind}, KINDS, st.dictionaries(NAMES, inner, max_size=5))
    ),
    max_leaves=25,
)


def _answers(value: Any) -> list[list[Problem]]:
    answers = [check_view(value), *(check_blocks(value, surface) for surface in ("message", "modal", "home"))]
    if isinstance(value, dict):
        answers += [check_message(value), check_message(value, update=True, limit_total=False)]
    return answers


@settings(max_examples=examples(100))
@given(JSON)
def test_any_json_is_answered_and_answered_the_same(value: Any) -> None:
    before = repr(value)
    first = _answers(value)
    assert first == _answers(value)
    assert repr(value) == before


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, item in inner for path in _places(item, (*at, key)))]


@settings(max_examples=examples(100))
@given(st.data())
def test_a_known_block_with_a_hole_is_answered_at_a_pointer_inside_it(data: st.DataObject) -> None:
    block, surfaces = data.draw(st.sampled_from(PLACES))
    bent = copy.deepcopy([block])
    path = data.draw(st.sampled_from(_places(bent)[1:]))
    holder: Any = bent
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(JSON)
    for problem in check_blocks(bent, surfaces[0]):
        assert problem.pointer.startswith("/blocks/0")
        assert problem.message
        assert json.dumps(problem.as_slack())


def test_deep_nesting_is_answered() -> None:
    deep: Any = {}
    for _ in range(5000):
        deep = {"type": "container", "child_blocks": [deep]}
    assert [(problem.message, problem.pointer) for problem in check_blocks([deep], "message")] == [
        ("unsupported type: container", "/blocks/0/child_blocks/0/type"),
    ]
    metadata = {"event_type": "e", "event_payload": deep}
    assert [problem.code for problem in check_message({"text": "t", "metadata": metadata})] == [
        "invalid_metadata_format"
    ]


def test_the_pointer_begins_where_the_caller_says() -> None:
    found = check_blocks([divider(), section(text=mrkdwn(""))], "message", root="")
    assert [problem.pointer for problem in found] == ["/1/text/text"]


def test_a_problem_reads_as_in_slacks_answer() -> None:
    found = message(section(text=mrkdwn("w" * 3001))).problems()
    assert [problem.as_slack() for problem in found] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_an_answer_to_a_response_url_has_no_total() -> None:
    blocks = [section(text=mrkdwn("w" * 3000)) for _ in range(5)]
    assert [problem.code for problem in check_message({"blocks": blocks})] == ["msg_blocks_too_long"]
    assert check_message({"blocks": blocks}, limit_total=False) == []


def test_a_long_text_is_no_problem_unless_it_updates() -> None:
    assert check_message({"text": "w" * 50_000}) == []
    assert [problem.code for problem in check_message({"text": "w" * 50_000}, update=True)] == ["msg_too_long"]


def test_every_problem_is_listed_in_the_order_of_the_payload() -> None:
    blocks = blocks_on(
        "message", {"type": "header", "text": plain("")}, actions(button(value=7), button(style="x")), {"type": "nope"}
    )
    assert [problem.pointer for problem in blocks.problems()] == [
        "/blocks/0/text/text",
        "/blocks/1/elements/0/value",
        "/blocks/1/elements/1/style",
        "/blocks/2/type",
    ]


def test_fifty_blocks_are_judged_in_a_moment() -> None:
    """Measured at half a millisecond; a tenfold allowance keeps the test steady on a busy machine."""
    row = section(fields=[mrkdwn("*Owed*")] * 4, accessory=button(action_id="open"))
    payload = message(*[row, divider()] * 25).content
    assert check_message(payload) == []
    fastest = min(_seconds(payload) for _ in range(20))
    assert fastest < 0.005


def _seconds(payload: dict[str, Any]) -> float:
    start = time.thread_time()
    check_message(payload)
    return time.thread_time() - start
