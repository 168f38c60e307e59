"""Which surface takes which block: messages, modals, Home tabs."""

from __future__ import annotations

from .condition_case import ConditionCase
from .payloads import (
    Json,
    actions,
    blocks_on,
    button,
    card,
    chart,
    container,
    data_table,
    divider,
    field_for,
    image,
    mrkdwn,
    part,
    pie,
    plain,
    provider,
    rich_section,
    rich_text,
    section,
    table,
    task,
    video,
)

ALL = ("message", "modal", "home")
FEEDBACK = {
    "type": "feedback_buttons",
    "positive_button": {"text": plain("Yes"), "value": "1"},
    "negative_button": {"text": plain("No"), "value": "0"},
}

PLACES: list[tuple[Json, tuple[str, ...]]] = [
    (section(), ALL),
    ({"type": "header", "text": plain("Round")}, ALL),
    (divider(), ALL),
    (image(), ALL),
    (actions(button()), ALL),
    ({"type": "context", "elements": [mrkdwn("c")]}, ALL),
    (field_for({"type": "plain_text_input"}), ALL),
    (rich_text(rich_section(part())), ALL),
    (video(), ALL),
    (card(), ALL),
    (provider(fallback=[divider()]), ALL),
    ({"type": "carousel", "elements": [card()]}, ("message", "home")),
    ({"type": "alert", "text": plain("Late")}, ("modal",)),
    ({"type": "context_actions", "elements": [FEEDBACK]}, ("message",)),
    ({"type": "markdown", "text": "# Round"}, ("message",)),
    ({"type": "file", "external_id": "F1", "source": "remote"}, ("message",)),
    ({"type": "call", "call_id": "R1"}, ("message",)),
    (table(), ("message",)),
    (data_table(), ("message",)),
    (chart(pie()), ("message",)),
    (container(), ("message",)),
    (task(), ("message",)),
    ({"type": "plan", "title": "Plan", "tasks": [task()]}, ("message",)),
]
"""Every block and the surfaces that take it."""


def _cases(block: Json, surfaces: tuple[str, ...]) -> list[ConditionCase]:
    cases = []
    for refused in set(ALL) - set(surfaces):
        code = "invalid_blocks" if refused == "message" else "invalid_arguments"
        found = (code, f"unsupported type: {block['type']}", "/blocks/0/type")
        good, bad = blocks_on(surfaces[0], block), blocks_on(refused, block)
        cases.append(ConditionCase("the surface allows the block or element", good, bad, (found,)))
    return cases


_FILE = field_for({"type": "file_input"})
_FILE_REFUSED = "unsupported type: file_input"

SURFACE_CONDITIONS = [
    *(case for block, surfaces in PLACES for case in sorted(_cases(block, surfaces), key=str)),
    ConditionCase(
        "the surface allows the block or element",
        blocks_on("modal", _FILE),
        blocks_on("message", _FILE),
        (("invalid_blocks", _FILE_REFUSED, "/blocks/0/element/type"),),
    ),
    ConditionCase(
        "the surface allows the block or element",
        blocks_on("modal", _FILE),
        blocks_on("home", _FILE),
        (("invalid_arguments", _FILE_REFUSED, "/blocks/0/element/type"),),
    ),
]
