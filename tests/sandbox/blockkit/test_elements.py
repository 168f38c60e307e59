"""Every element with all its properties passes where it belongs, and a property it lacks is refused."""

from __future__ import annotations

import pytest

from bot.sandbox.blockkit import check_blocks
from bot.sandbox.blockkit.layout import ACTION_ELEMENTS, CONTEXT_ACTION_ELEMENTS, INPUT_ELEMENTS, SECTION_ACCESSORIES
from bot.sandbox.blockkit.rich_text import PARTS, RICH_TEXT_ELEMENTS

from .payloads import (
    Json,
    actions,
    confirm,
    field_for,
    image,
    mrkdwn,
    option,
    options,
    part,
    plain,
    rich_section,
    rich_text,
    section,
)

ACTION: Json = {"action_id": "a", "confirm": confirm(style="primary")}
FOCUS: Json = {"action_id": "a", "focus_on_load": True, "placeholder": plain("Choose")}
MENU: Json = {**FOCUS, "confirm": confirm()}
TYPED: Json = {**FOCUS, "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
FILTER: Json = {"include": ["public", "private", "im", "mpim"], "exclude_bot_users": True}
FEEDBACK: Json = {"text": plain("Useful"), "value": "1", "accessibility_label": "This was useful"}

FULL: dict[str, Json] = {
    "image": image(),
    "button": {
        **ACTION,
        "text": plain("Open"),
        "url": "https://example.org",
        "value": "v",
        "style": "danger",
        "accessibility_label": "Open the round",
        "agent_prompt": "Open it",
        "agent_prompt_display": "Open",
        "visible_to_user_ids": ["U1"],
    },
    "workflow_button": {
        "action_id": "a",
        "text": plain("Run"),
        "style": "primary",
        "accessibility_label": "Run it",
        "workflow": {
            "trigger": {
                "url": "https://slack.com/shortcuts/Ft1/a",
                "customizable_input_parameters": [{"name": "n", "value": ""}],
            }
        },
    },
    "overflow": {**ACTION, "options": [option(url="https://example.org", description=plain("d"))]},
    "static_select": {**MENU, "options": options(2), "initial_option": option("1")},
    "external_select": {**MENU, "initial_option": option("1"), "min_query_length": 3},
    "users_select": {**MENU, "initial_user": "U1"},
    "conversations_select": {
        **MENU,
        "initial_conversation": "C1",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {**FILTER, "exclude_external_shared_channels": False},
    },
    "channels_select": {**MENU, "initial_channel": "C1", "response_url_enabled": True},
    "multi_static_select": {
        **MENU,
        "options": options(3),
        "initial_options": [option("1"), option("2")],
        "max_selected_items": 2,
    },
    "multi_external_select": {**MENU, "initial_options": [option("1")], "min_query_length": 0},
    "multi_users_select": {**MENU, "initial_users": ["U1", "U2"], "max_selected_items": 3},
    "multi_conversations_select": {
        **MENU,
        "initial_conversations": ["C1"],
        "default_to_current_conversation": False,
        "filter": FILTER,
    },
    "multi_channels_select": {**MENU, "initial_channels": ["C1"]},
    "checkboxes": {
        "action_id": "a",
        "confirm": confirm(),
        "focus_on_load": True,
        "options": [option(text=mrkdwn("*Option*"), description=mrkdwn("_d_"))],
        "initial_options": [option(text=mrkdwn("*Option*"), description=mrkdwn("_d_"))],
    },
    "radio_buttons": {"action_id": "a", "options": options(2), "initial_option": option("0")},
    "datepicker": {**MENU, "initial_date": "2026-11-23"},
    "timepicker": {**MENU, "initial_time": "09:30", "timezone": "Africa/Kinshasa"},
    "datetimepicker": {"action_id": "a", "confirm": confirm(), "initial_date_time": 1_790_000_000},
    "plain_text_input": {
        **TYPED,
        "initial_value": "words",
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
    },
    "email_text_input": {**TYPED, "initial_value": "a@example.org"},
    "url_text_input": {**TYPED, "initial_value": "https://example.org"},
    "number_input": {
        **TYPED,
        "is_decimal_allowed": True,
        "initial_value": "2.5",
        "min_value": "-1",
        "max_value": "10",
    },
    "rich_text_input": {**TYPED, "initial_value": rich_text(rich_section(part())), "min_lines": 1, "max_lines": 9},
    "file_input": {"action_id": "a", "filetypes": ["pdf"], "max_files": 2},
    "feedback_buttons": {"action_id": "a", "positive_button": FEEDBACK, "negative_button": FEEDBACK},
    "icon_button": {
        **ACTION,
        "icon": "trash",
        "text": plain("Delete"),
        "value": "v",
        "accessibility_label": "Delete it",
        "visible_to_user_ids": ["U1"],
    },
}
"""Every element with every property that can stand beside the others."""

PLACES = {
    "section": (SECTION_ACCESSORIES, "modal", lambda element: section(accessory=element)),
    "actions": (ACTION_ELEMENTS, "modal", actions),
    "input": (INPUT_ELEMENTS, "modal", field_for),
    "context_actions": (
        CONTEXT_ACTION_ELEMENTS,
        "message",
        lambda element: {"type": "context_actions", "elements": [element]},
    ),
}

PAIRS = [(place, kind) for place in PLACES for kind in FULL]


@pytest.mark.parametrize(("place", "kind"), PAIRS)
def test_an_element_passes_only_in_its_blocks(place: str, kind: str) -> None:
    allowed, surface, wrap = PLACES[place]
    messages = [problem.message for problem in check_blocks([wrap({"type": kind, **FULL[kind]})], surface)]
    assert messages == ([] if kind in allowed.shapes else [f"unsupported type: {kind}"])


@pytest.mark.parametrize(("place", "kind"), [(place, kind) for place, kind in PAIRS if kind in PLACES[place][0].shapes])
def test_an_element_has_no_other_property(place: str, kind: str) -> None:
    _, surface, wrap = PLACES[place]
    element = {"type": kind, **FULL[kind], "colour": "blue"}
    assert [problem.message for problem in check_blocks([wrap(element)], surface)] == [
        "invalid additional property: colour"
    ]


EXPECTED_PLACES = {
    "section": {"image", "button", "workflow_button", "overflow", "checkboxes", "radio_buttons"},
    "actions": {"button", "workflow_button", "overflow", "checkboxes", "radio_buttons", "rich_text_input"},
    "input": {
        "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
        "checkboxes", "radio_buttons",
    },
    "context_actions": {"feedback_buttons", "icon_button"},
}  # fmt: skip
MENUS_AND_PICKERS = {kind for kind in FULL if kind.endswith(("_select", "picker"))}


@pytest.mark.parametrize("place", PLACES)
def test_a_block_takes_the_elements_of_the_reference(place: str) -> None:
    menus = set() if place == "context_actions" else MENUS_AND_PICKERS
    assert set(PLACES[place][0].shapes) == EXPECTED_PLACES[place] | menus


STYLE: Json = {"style": dict.fromkeys(("bold", "italic", "strike", "underline", "code"), True)}
RICH_PARTS: dict[str, Json] = {
    "text": {"text": "words"},
    "link": {"url": "https://example.org", "text": "here", "unsafe": False},
    "user": {"user_id": "U1"},
    "channel": {"channel_id": "C1"},
    "usergroup": {"usergroup_id": "S1"},
    "team": {"team_id": "T1"},
    "emoji": {"name": "wave", "unicode": "1f44b", "skin_tone": 2},
    "date": {"timestamp": 1_790_000_000, "format": "{date}", "url": "https://example.org", "fallback": "today"},
    "broadcast": {"range": "here"},
    "color": {"value": "#C0FFEE"},
}


@pytest.mark.parametrize("kind", PARTS.shapes)
def test_a_rich_text_part_passes_with_style_and_nothing_else(kind: str) -> None:
    good = {"type": kind, **RICH_PARTS[kind], **STYLE}
    assert check_blocks([rich_text(rich_section(good))], "message") == []
    bent = check_blocks([rich_text(rich_section({**good, "size": 9}))], "message")
    assert [(problem.message, problem.pointer) for problem in bent] == [
        ("invalid additional property: size", "/blocks/0/elements/0/elements/0")
    ]


BAD_PARTS = [
    ({"type": "broadcast", "range": "all"}, "must be a valid enum value", "/range"),
    ({"type": "color", "value": "red"}, "must be a colour (#RRGGBB)", "/value"),
    ({"type": "date", "timestamp": "1", "format": "{date}"}, "must provide an integer", "/timestamp"),
    ({"type": "text", "text": ""}, "must be more than 0 characters", "/text"),
    ({"type": "text", "text": "a", "style": {"blink": True}}, "invalid additional property: blink", "/style"),
    ({"type": "link", "text": "a"}, "missing required field: url", ""),
    ({"type": "emoji", "name": "wave", "skin_tone": 7}, "must be less than or equal to 6", "/skin_tone"),
]


@pytest.mark.parametrize(("bad", "message", "pointer"), BAD_PARTS)
def test_a_bent_rich_text_part_is_refused(bad: Json, message: str, pointer: str) -> None:
    found = check_blocks([rich_text(rich_section(bad))], "message")
    assert [(problem.message, problem.pointer) for problem in found] == [
        (message, f"/blocks/0/elements/0/elements/0{pointer}")
    ]


RICH_ELEMENTS: dict[str, Json] = {
    "rich_text_section": {"elements": [part()]},
    "rich_text_quote": {"elements": [part()], "border": 1},
    "rich_text_preformatted": {"elements": [part()], "border": 0, "language": "sql"},
    "rich_text_list": {"style": "ordered", "elements": [rich_section()], "indent": 1, "offset": 2, "border": 0},
}
BAD_ELEMENTS = [
    ("rich_text_preformatted", {"elements": [{"type": "user", "user_id": "U1"}]}, "unsupported type: user"),
    ("rich_text_list", {"elements": [part()]}, "unsupported type: text"),
    ("rich_text_list", {"style": "dashed"}, "must be a valid enum value"),
    ("rich_text_quote", {"border": 2}, "must be less than or equal to 1"),
]


@pytest.mark.parametrize("kind", RICH_TEXT_ELEMENTS.shapes)
def test_a_rich_text_element_passes(kind: str) -> None:
    assert check_blocks([rich_text({"type": kind, **RICH_ELEMENTS[kind]})], "message") == []


@pytest.mark.parametrize(("kind", "bent", "message"), BAD_ELEMENTS)
def test_a_bent_rich_text_element_is_refused(kind: str, bent: Json, message: str) -> None:
    found = check_blocks([rich_text({"type": kind, **RICH_ELEMENTS[kind], **bent})], "message")
    assert [problem.message for problem in found] == [message]
