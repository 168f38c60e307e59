"""The blocks of every day: section, header, context, actions, input, image, divider, markdown, file, video."""

from __future__ import annotations

from typing import Any

from . import limits
from .buttons import BUTTONS
from .choices import MULTI_SELECTS, SELECTS, TICKS
from .fields import BlockId, Boolean, Enum, Field, ListOf, String, Url
from .inputs import FILE_INPUT, PICKERS, TEXT_INPUTS
from .objects import image_shape, plain, text
from .rich_text import RICH_TEXT_BLOCK
from .rules import DOCUMENTED, UNVERIFIED, condition
from .shapes import EVERYWHERE, MESSAGE, CrossCheck, OneOf, Shape, at_least_one_of, shape
from .walk import Walk

MESSAGES_ONLY = frozenset({MESSAGE})

_BUTTON = {kind: BUTTONS[kind] for kind in ("button", "workflow_button", "overflow")}

SECTION_ACCESSORIES = OneOf(
    {"image": image_shape(), **_BUTTON, **SELECTS, **MULTI_SELECTS, **TICKS, **PICKERS},
)

ACTION_ELEMENTS = OneOf(
    {
        **_BUTTON,
        **SELECTS,
        **MULTI_SELECTS,
        **TICKS,
        **PICKERS,
        "rich_text_input": TEXT_INPUTS["rich_text_input"],
    }
)

INPUT_ELEMENTS = OneOf({**TEXT_INPUTS, **PICKERS, **SELECTS, **MULTI_SELECTS, **TICKS, **FILE_INPUT})

CONTEXT_ELEMENTS = OneOf(
    {
        "image": image_shape(),
        **text(limits.CONTEXT_TEXT).shapes,
    }
)

CONTEXT_ACTION_ELEMENTS = OneOf({kind: BUTTONS[kind] for kind in ("feedback_buttons", "icon_button")})


def block(
    kind: str,
    *,
    required: dict[str, Field] | None = None,
    optional: dict[str, Field] | None = None,
    cross: tuple[CrossCheck, ...] = (),
    surfaces: frozenset[str] = EVERYWHERE,
) -> Shape:
    """Declare a block: a shape that may carry a block_id."""
    return shape(
        kind,
        required=required,
        optional={"block_id": BlockId(), **(optional or {})},
        cross=cross,
        surfaces=surfaces,
    )


@condition("a file input does not dispatch", UNVERIFIED)
def _file_input_does_not_dispatch(value: dict[str, Any], at: str, walk: Walk) -> None:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        walk.refuse("dispatch_action is not supported by file_input", f"{at}/dispatch_action")


@condition("markdown blocks of a message share one limit", DOCUMENTED)
def _count_markdown(value: dict[str, Any], at: str, walk: Walk) -> None:
    walk.markdown_total += len(value["text"])
    if walk.markdown_total > limits.MARKDOWN_TOTAL:
        walk.refuse(f"must be less than {limits.MARKDOWN_TOTAL + 1} characters", f"{at}/text")


LAYOUT: dict[str, Shape] = {
    "section": block(
        "section",
        optional={
            "text": text(limits.SECTION_TEXT),
            "fields": ListOf(text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
            "accessory": SECTION_ACCESSORIES,
            "expand": Boolean(),
        },
        cross=(at_least_one_of("text", "fields"),),
    ),
    "header": block("header", required={"text": plain(limits.HEADER_TEXT)}),
    "divider": block("divider"),
    "context": block("context", required={"elements": ListOf(CONTEXT_ELEMENTS, limits.CONTEXT_ELEMENTS)}),
    "actions": block("actions", required={"elements": ListOf(ACTION_ELEMENTS, limits.ACTIONS_ELEMENTS)}),
    "context_actions": block(
        "context_actions",
        required={"elements": ListOf(CONTEXT_ACTION_ELEMENTS, limits.CONTEXT_ACTIONS_ELEMENTS)},
        surfaces=MESSAGES_ONLY,
    ),
    "image": image_shape({"block_id": BlockId(), "title": plain(limits.IMAGE_TITLE)}),
    "input": block(
        "input",
        required={"label": plain(limits.INPUT_LABEL), "element": INPUT_ELEMENTS},
        optional={
            "hint": plain(limits.INPUT_HINT),
            "optional": Boolean(),
            "dispatch_action": Boolean(),
        },
        cross=(_file_input_does_not_dispatch,),
    ),
    "rich_text": RICH_TEXT_BLOCK,
    "markdown": block(
        "markdown",
        required={"text": String(limits.MARKDOWN_TOTAL, shown=True)},
        cross=(_count_markdown,),
        surfaces=MESSAGES_ONLY,
    ),
    "file": block(
        "file",
        required={"external_id": String(), "source": Enum(("remote",))},
        surfaces=MESSAGES_ONLY,
    ),
    "video": block(
        "video",
        required={
            "title": plain(limits.VIDEO_TITLE),
            "alt_text": String(),
            "thumbnail_url": Url(),
            "video_url": Url(https_only=True),
        },
        optional={
            "title_url": Url(https_only=True),
            "description": plain(limits.SECTION_TEXT),
            "author_name": String(limits.VIDEO_AUTHOR),
            "provider_name": String(),
            "provider_icon_url": Url(),
        },
    ),
}
