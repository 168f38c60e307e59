"""Conditions on properties: types, presence, fixed values, urls, dates, options, numbers."""

from __future__ import annotations

from typing import Any

from .condition_case import ConditionCase, case
from .payloads import (
    Json,
    actions,
    button,
    chart,
    confirm,
    container,
    divider,
    field_for,
    home,
    image,
    message,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    section,
    static_select,
    video,
)

ELEMENT = "/view/blocks/0/element"


def input_case(rule: str, good: Json, bad: Json, text: str, pointer: str = "") -> ConditionCase:
    return case(rule, modal(field_for(good)), modal(field_for(bad)), text, f"{ELEMENT}{pointer}")


def block_case(rule: str, good: Json, bad: Json, text: str, pointer: str = "") -> ConditionCase:
    return case(rule, message(good), message(bad), text, f"/blocks/0{pointer}")


def _button(rule: str, good: Json, bad: Json, text: str, pointer: str = "") -> ConditionCase:
    return block_case(rule, actions(button(**good)), actions(button(**bad)), text, f"/elements/0{pointer}")


def _counted(value: Any) -> Json:
    return chart(pie(segments=[{"label": "Pledged", "value": value}]))


HAS_TYPE = "a property has the type of the reference"

TYPES = [
    block_case(HAS_TYPE, section(), section(text=plain(7)), "must provide a string", "/text/text"),  # type: ignore[arg-type]
    block_case(HAS_TYPE, section(), section(text="hello"), "must provide an object", "/text"),
    block_case(HAS_TYPE, section(), section(accessory=None), "must provide an object", "/accessory"),
    block_case(HAS_TYPE, section(expand=True), section(expand="true"), "must provide a boolean", "/expand"),
    block_case(HAS_TYPE, section(), section(fields={}), "must provide an array", "/fields"),
    block_case(HAS_TYPE, divider(block_id="7"), divider(block_id=7), "must provide a string", "/block_id"),
    _button(HAS_TYPE, {"action_id": "a"}, {"action_id": ["a"]}, "must provide a string", "/action_id"),
    _button(HAS_TYPE, {"confirm": confirm()}, {"confirm": "Sure?"}, "must provide an object", "/confirm"),
    _button(HAS_TYPE, {"value": "7"}, {"value": 7}, "must provide a string", "/value"),
    _button(HAS_TYPE, {"url": "https://a.io"}, {"url": 7}, "must provide a string", "/url"),
    input_case(
        HAS_TYPE,
        {"type": "plain_text_input", "min_length": 1},
        {"type": "plain_text_input", "min_length": True},
        "must provide an integer",
        "/min_length",
    ),
    input_case(
        HAS_TYPE,
        {"type": "plain_text_input", "focus_on_load": True},
        {"type": "plain_text_input", "focus_on_load": 1},
        "must provide a boolean",
        "/focus_on_load",
    ),
    block_case(
        HAS_TYPE,
        container(width="wide"),
        container(width=3),
        "must provide a string",
        "/width",
    ),
    *(
        block_case(HAS_TYPE, _counted(2.5), _counted(value), "must provide a number", "/chart/segments/0/value")
        for value in (True, "2", float("inf"), float("-inf"), float("nan"))
    ),
    case(HAS_TYPE, message(divider()), message("divider"), "must provide an object", "/blocks/0"),  # type: ignore[arg-type]
]

KNOWN = "the type is known and allowed in its place"
ONLY = "only the properties of the reference"
REQUIRED = "every required property is there"

STRUCTURE = [
    block_case(KNOWN, divider(), {"type": "dividr"}, "unsupported type: dividr", "/type"),
    block_case(KNOWN, divider(), {"type": 7}, "must provide a string", "/type"),
    block_case(KNOWN, divider(), {}, "missing required field: type"),
    block_case(
        KNOWN,
        {"type": "header", "text": plain("h")},
        {"type": "header", "text": mrkdwn("h")},
        "unsupported type: mrkdwn",
        "/text/type",
    ),
    _button(KNOWN, {}, {"text": mrkdwn("b")}, "unsupported type: mrkdwn", "/text/type"),
    _button(
        KNOWN,
        {"confirm": confirm()},
        {"confirm": confirm(title=mrkdwn("t"))},
        "unsupported type: mrkdwn",
        "/confirm/title/type",
    ),
    input_case(
        KNOWN,
        {"type": "radio_buttons", "options": [option(text=mrkdwn("o"))]},
        static_select(options=[option(text=mrkdwn("o"))]),
        "unsupported type: mrkdwn",
        "/options/0/text/type",
    ),
    block_case(
        KNOWN,
        section(accessory=image()),
        actions(image()),
        "unsupported type: image",
        "/elements/0/type",
    ),
    block_case(
        KNOWN,
        actions(button()),
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input",
        "/elements/0/type",
    ),
    case(
        KNOWN,
        modal(field_for({"type": "number_input", "is_decimal_allowed": False})),
        modal(field_for(button())),
        "unsupported type: button",
        f"{ELEMENT}/type",
    ),
    block_case(
        KNOWN,
        {"type": "context", "elements": [mrkdwn("c"), image()]},
        {"type": "context", "elements": [button()]},
        "unsupported type: button",
        "/elements/0/type",
    ),
    block_case(ONLY, section(), section(colour="red"), "invalid additional property: colour"),
    block_case(
        ONLY,
        section(text={**mrkdwn("t"), "verbatim": True}),
        section(text={**mrkdwn("t"), "emoji": True}),
        "invalid additional property: emoji",
        "/text",
    ),
    block_case(
        ONLY,
        section(accessory={"type": "overflow", "options": [option(url="https://a.io")]}),
        section(accessory=static_select(options=[option(url="https://a.io")])),
        "invalid additional property: url",
        "/accessory/options/0",
    ),
    case(
        ONLY,
        modal(divider(), notify_on_close=True),
        modal(divider(), submit_disabled=True),
        "invalid additional property: submit_disabled",
        "/view",
    ),
    case(
        ONLY,
        home(divider(), private_metadata="m"),
        home(divider(), close=plain("c")),
        "invalid additional property: close",
        "/view",
    ),
    block_case(REQUIRED, divider(), {"type": "header"}, "missing required field: text"),
    block_case(REQUIRED, section(), {"type": "section"}, "must define either `text` or `fields`"),
    block_case(REQUIRED, image(), {"type": "image", "alt_text": "a"}, "must define either `image_url` or `slack_file`"),
    block_case(
        REQUIRED,
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
        image(slack_file={"id": "F1"}),
        "must define only one of `image_url` or `slack_file`",
    ),
    block_case(
        REQUIRED,
        {"type": "image", "alt_text": "a", "slack_file": {"url": "https://a.io"}},
        {"type": "image", "alt_text": "a", "slack_file": {}},
        "must define either `id` or `url`",
        "/slack_file",
    ),
    block_case(REQUIRED, image(), {"type": "image", "image_url": "https://a.io"}, "missing required field: alt_text"),
    block_case(REQUIRED, video(), {**video(), "title": plain("")}, "must be more than 0 characters", "/title/text"),
    block_case(REQUIRED, actions(button()), actions(), "no fewer than 1 items allowed", "/elements"),
    input_case(
        REQUIRED,
        static_select(options=[option()]),
        static_select(options=[{"text": plain("o")}]),
        "missing required field: value",
        "/options/0",
    ),
    input_case(REQUIRED, static_select(), static_select(options=[]), "no fewer than 1 items allowed", "/options"),
    input_case(
        REQUIRED,
        static_select(),
        {"type": "static_select"},
        "must define either `options` or `option_groups`",
    ),
    input_case(
        REQUIRED,
        {"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(1)}]},
        static_select(option_groups=[{"label": plain("g"), "options": options(1)}]),
        "must define only one of `options` or `option_groups`",
    ),
    input_case(
        REQUIRED,
        {"type": "number_input", "is_decimal_allowed": True},
        {"type": "number_input"},
        "missing required field: is_decimal_allowed",
    ),
    input_case(
        REQUIRED,
        {"type": "conversations_select", "filter": {"include": ["public"]}},
        {"type": "conversations_select", "filter": {}},
        "must define either `include` or `exclude_bot_users` or `exclude_external_shared_channels`",
        "/filter",
    ),
]

FIXED = "a property with fixed values has one of them"
ENUM = "must be a valid enum value"


def _typed(trigger: Any) -> Json:
    return {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": trigger}}


def _filtered(kind: str) -> Json:
    return {"type": "multi_conversations_select", "filter": {"include": [kind]}}


VALUES = [
    _button(FIXED, {"style": "primary"}, {"style": "default"}, ENUM, "/style"),
    _button(FIXED, {"confirm": confirm(style="danger")}, {"confirm": confirm(style="red")}, ENUM, "/confirm/style"),
    input_case(
        FIXED,
        _typed(["on_enter_pressed", "on_character_entered"]),
        _typed(["on_blur"]),
        ENUM,
        "/dispatch_action_config/trigger_actions_on/0",
    ),
    input_case(
        FIXED,
        _typed(["on_enter_pressed"]),
        _typed([]),
        "no fewer than 1 items allowed",
        "/dispatch_action_config/trigger_actions_on",
    ),
    input_case(FIXED, _filtered("mpim"), _filtered("channel"), ENUM, "/filter/include/0"),
    _button("a url is absolute", {"url": "https://a.io/x"}, {"url": "a.io/x"}, "must be a valid url", "/url"),
    _button("a url is absolute", {"url": "mailto:a@b.org"}, {"url": "https://a b.io"}, "must be a valid url", "/url"),
    _button("a url is absolute", {"url": "tel:+221"}, {"url": "javascript:alert(1)"}, "must be a valid url", "/url"),
    _button("a url is absolute", {"url": "https://a.io"}, {"url": "https://"}, "must be a valid url", "/url"),
    _button("a url is absolute", {"url": "https://[::1]/"}, {"url": "https://[::1/"}, "must be a valid url", "/url"),
    block_case(
        "a url is absolute",
        video(),
        video(video_url="http://a.io/v"),
        "must be a valid https url",
        "/video_url",
    ),
]

OBJECT_CONDITIONS = [*TYPES, *STRUCTURE, *VALUES]
