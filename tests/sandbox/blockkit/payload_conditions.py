"""Conditions on whole payloads: messages, attachments, metadata, views, ids."""

from __future__ import annotations

from typing import Any

from .condition_case import ConditionCase, case
from .payloads import (
    Payload,
    actions,
    bare_message,
    button,
    container,
    divider,
    field_for,
    home,
    message,
    modal,
    plain,
    section,
    words,
)

TEXT = {"type": "plain_text_input"}
EVENT = {"event_type": "round_opened", "event_payload": {"round": "12"}}


def _metadata(metadata: Any, message_text: str, pointer: str, code: str) -> ConditionCase:
    return case(
        "metadata is an object with event_type and event_payload, or entities",
        bare_message(text="t", metadata=EVENT),
        bare_message(text="t", metadata=metadata),
        message_text,
        pointer,
        code,
    )


def _unlike(content: Any, message_text: str, pointer: str, code: str) -> ConditionCase:
    return case("blocks is an array", message(), bare_message(text="t", **content), message_text, pointer, code)


SCHEMA = "invalid_metadata_schema"

MESSAGES = [
    case("a message has text, blocks or attachments", bare_message(text="t"), bare_message(), "no_text", "", "no_text"),
    case(
        "a message has text, blocks or attachments",
        bare_message(blocks=[divider()]),
        bare_message(text="", blocks=[], attachments=[]),
        "no_text",
        "",
        "no_text",
    ),
    case(
        "a message has text, blocks or attachments",
        bare_message(attachments=[{"text": "t"}]),
        bare_message(metadata=EVENT),
        "no_text",
        "",
        "no_text",
    ),
    case(
        "markdown_text stands alone",
        bare_message(markdown_text="# t"),
        bare_message(markdown_text="# t", text="t"),
        "markdown_text cannot be used with text or blocks",
        "/markdown_text",
        "markdown_text_conflict",
    ),
    case(
        "markdown_text stands alone",
        bare_message(markdown_text="# t", blocks=[]),
        bare_message(markdown_text="# t", blocks=[divider()]),
        "markdown_text cannot be used with text or blocks",
        "/markdown_text",
        "markdown_text_conflict",
    ),
    _unlike({"blocks": {"type": "divider"}}, "must provide an array", "/blocks", "invalid_blocks_format"),
    _unlike({"blocks": "[]"}, "must provide an array", "/blocks", "invalid_blocks_format"),
    _unlike({"attachments": {}}, "must provide an array", "/attachments", "invalid_attachments"),
    _unlike({"markdown_text": 1}, "must provide a string", "/markdown_text", "invalid_arguments"),
    case(
        "the text over all blocks is limited",
        message(section(text=plain(words(3000))), *[section(text=plain(words(3000)))] * 3),
        message(*[section(text=plain(words(3000)), fields=[plain("f")])] * 4),
        "must be less than 12001 characters in all",
        "/blocks",
        "msg_blocks_too_long",
    ),
    _metadata("{}", "must provide an object", "/metadata", "invalid_metadata_format"),
    _metadata({"event_type": "e", "event_payload": {"k": {1}}}, "must be JSON", "/metadata", "invalid_metadata_format"),
    _metadata({"event_payload": {}}, "must provide a string", "/metadata/event_type", SCHEMA),
    _metadata({"event_type": "", "event_payload": {}}, "must provide a string", "/metadata/event_type", SCHEMA),
    _metadata({"event_type": "e"}, "must provide an object", "/metadata/event_payload", SCHEMA),
    _metadata({"entities": {}}, "must provide an array", "/metadata/entities", SCHEMA),
    case(
        "metadata is an object with event_type and event_payload, or entities",
        bare_message(text="t", metadata={"entities": []}),
        bare_message(text="t", metadata={"entities": [], "event_type": "e"}),
        "must provide an object",
        "/metadata/event_payload",
        SCHEMA,
    ),
    case(
        "an attachment with blocks has color and fallback beside them, nothing else",
        message(attachments=[{"blocks": [divider()], "color": "#aa0000", "fallback": "f"}]),
        message(attachments=[{"text": "old"}, {"blocks": [divider()], "title": "hi"}]),
        "invalid_keys",
        "/attachments/1",
        "invalid_attachments",
    ),
]


def _twice(surface: Any) -> tuple[Payload, Payload]:
    return surface(divider(block_id="a"), divider(block_id="b")), surface(divider(block_id="a"), divider(block_id="a"))


def _same_action(*elements: str) -> dict[str, Any]:
    return actions(*(button(action_id=name) for name in elements))


IDS = [
    case("block_id is unique in its payload", *_twice(message), "block_id a already exists", "/blocks/1/block_id"),
    case("block_id is unique in its payload", *_twice(modal), "block_id a already exists", "/view/blocks/1/block_id"),
    case(
        "block_id is unique in its payload",
        message(divider(block_id="a"), container(divider(block_id="b"))),
        message(divider(block_id="a"), container(divider(block_id="a"))),
        "block_id a already exists",
        "/blocks/1/child_blocks/0/block_id",
    ),
    case(
        "block_id is unique in its payload",
        message(divider(block_id="a")),
        message(divider(block_id="")),
        "must be more than 0 characters",
        "/blocks/0/block_id",
    ),
    case(
        "action_id is unique in its block",
        message(_same_action("a", "b"), _same_action("a", "b")),
        message(_same_action("a"), _same_action("b", "c", "b")),
        "action_id b already exists",
        "/blocks/1/elements/2/action_id",
    ),
    case(
        "action_id is unique in its block",
        message(container(_same_action("a"), _same_action("a"))),
        message(container(_same_action("a", "a"))),
        "action_id a already exists",
        "/blocks/0/child_blocks/0/elements/1/action_id",
    ),
    case(
        "one element of a payload has focus_on_load",
        modal(field_for({**TEXT, "focus_on_load": True}), field_for({**TEXT, "focus_on_load": False})),
        modal(field_for({**TEXT, "focus_on_load": True}), field_for({**TEXT, "focus_on_load": True})),
        "only one element can have focus_on_load",
        "/view/blocks/1/element/focus_on_load",
    ),
]

VIEWS = [
    case(
        "a modal with an input has submit",
        Payload("view", {"type": "modal", "title": plain("t"), "blocks": [section()]}),
        Payload("view", {"type": "modal", "title": plain("t"), "blocks": [section(), field_for(TEXT)]}),
        "missing required field: submit",
        "/view",
    ),
    case(
        "a modal with an input has submit",
        home(field_for(TEXT)),
        home(divider(), submit=plain("Send")),
        "invalid additional property: submit",
        "/view",
    ),
    case(
        "a view is small enough",
        modal(*[section(text=plain(words(3000)))] * 80),
        modal(*[section(text=plain(words(3000)))] * 84),
        "view_too_large",
        "/view",
        "view_too_large",
    ),
]

PAYLOAD_CONDITIONS = [*MESSAGES, *IDS, *VIEWS]
