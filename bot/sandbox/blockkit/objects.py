"""Composition objects: texts, options, confirmations, filters, files."""

from __future__ import annotations

from typing import Any

from . import limits
from .fields import Boolean, Enum, Field, ListOf, String, Url
from .rules import DOCUMENTED, condition
from .shapes import OneOf, Shape, at_least_one_of, exactly_one_of, shape
from .walk import Walk


def plain(most: int) -> OneOf:
    """A text that is never formatted."""
    return OneOf({"plain_text": _plain(most)})


def text(most: int) -> OneOf:
    """A text that is plain or in Slack's mrkdwn."""
    return OneOf({"plain_text": _plain(most), "mrkdwn": mrkdwn_shape(most)})


def _plain(most: int) -> Shape:
    body = String(most, limits.TEXT_MIN, shown=True)
    return shape("plain_text", required={"text": body}, optional={"emoji": Boolean()})


def mrkdwn_shape(most: int) -> Shape:
    """The shape of a mrkdwn text; ``emoji`` belongs to plain text alone."""
    body = String(most, limits.TEXT_MIN, shown=True)
    return shape("mrkdwn", required={"text": body}, optional={"verbatim": Boolean()})


TRIGGERS = ("on_enter_pressed", "on_character_entered")
DISPATCH = shape(required={"trigger_actions_on": ListOf(Enum(TRIGGERS), most=len(TRIGGERS))})

COLOURS = ("primary", "danger")

CONFIRM = shape(
    required={
        "title": plain(limits.CONFIRM_TITLE),
        "text": text(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.DENY_BUTTON),
    },
    optional={"style": Enum(COLOURS)},
)

CONVERSATION_FILTER = shape(
    optional={
        "include": ListOf(Enum(("im", "mpim", "private", "public")), most=4),
        "exclude_bot_users": Boolean(),
        "exclude_external_shared_channels": Boolean(),
    },
    cross=(at_least_one_of("include", "exclude_bot_users", "exclude_external_shared_channels"),),
)

SLACK_FILE = shape(optional={"id": String(), "url": Url()}, cross=(exactly_one_of("id", "url"),))


def image_shape(optional: dict[str, Field] | None = None) -> Shape:
    """An image block or element: an alternative text and exactly one source."""
    return shape(
        "image",
        required={"alt_text": String(limits.IMAGE_ALT)},
        optional={"image_url": Url(), "slack_file": SLACK_FILE, **(optional or {})},
        cross=(exactly_one_of("image_url", "slack_file"),),
    )


IMAGE = OneOf({"image": image_shape()})


def _option(text_field: Field, description: Field, extra: dict[str, Field] | None = None) -> Shape:
    return shape(
        required={"text": text_field, "value": String(limits.OPTION_VALUE)},
        optional={"description": description, **(extra or {})},
    )


MENU_OPTION = _option(plain(limits.OPTION_TEXT), plain(limits.OPTION_DESCRIPTION))
"""Option of a select menu: plain text only."""

TICK_OPTION = _option(text(limits.OPTION_TEXT), text(limits.OPTION_DESCRIPTION))
"""Option of checkboxes or radio buttons: may be formatted."""

OVERFLOW_OPTION = _option(plain(limits.OPTION_TEXT), plain(limits.OPTION_DESCRIPTION), {"url": Url()})
"""Option of an overflow menu: the only one with a url."""

OPTION_GROUP = shape(
    required={
        "label": plain(limits.OPTION_GROUP_LABEL),
        "options": ListOf(MENU_OPTION, limits.OPTION_GROUP_OPTIONS),
    }
)


def _same(option: dict[str, Any]) -> tuple[object, ...]:
    """Everything of an option that Slack compares; an absent ``emoji`` means true."""
    parts: list[object] = [option.get("value"), option.get("url")]
    for name in ("text", "description"):
        words = option.get(name)
        if words is not None:
            parts += [name, words["type"], words["text"], words.get("emoji", True), words.get("verbatim", False)]
    return tuple(parts)


@condition("initial_option and initial_options are among the options", DOCUMENTED)
def initial_among_options(value: dict[str, Any], at: str, walk: Walk) -> None:
    """Refuse a chosen option that is not offered, or is chosen twice."""
    offered = {_same(option) for option in value.get("options", ())}
    for group in value.get("option_groups", ()):
        offered.update(_same(option) for option in group["options"])
    if "initial_option" in value and _same(value["initial_option"]) not in offered:
        walk.refuse("must be one of the provided options", f"{at}/initial_option")
    chosen: set[tuple[object, ...]] = set()
    for index, option in enumerate(value.get("initial_options", ())):
        key = _same(option)
        if key not in offered:
            walk.refuse("must be one of the provided options", f"{at}/initial_options/{index}")
        elif key in chosen:
            walk.refuse("must not be chosen twice", f"{at}/initial_options/{index}")
        chosen.add(key)


@condition("no more is chosen at first than max_selected_items", DOCUMENTED)
def initial_within_maximum(value: dict[str, Any], at: str, walk: Walk) -> None:
    """Refuse a first choice longer than the menu allows."""
    most = value.get("max_selected_items")
    for name in ("initial_options", "initial_users", "initial_channels", "initial_conversations"):
        if most is not None and len(value.get(name, ())) > most:
            walk.refuse(f"no more than {most} items allowed", f"{at}/{name}")
