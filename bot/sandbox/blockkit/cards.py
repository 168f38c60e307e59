"""Blocks that hold others or stand out: card, carousel, container, alert, task_card, plan, auth_provider, call."""

from __future__ import annotations

from typing import Any

from . import limits
from .buttons import BUTTONS
from .fields import Boolean, Enum, ListOf, String, Url
from .layout import LAYOUT, MESSAGES_ONLY, block
from .objects import IMAGE, plain, text
from .rich_text import RICH_TEXT
from .rules import SDK, condition
from .shapes import HOME, MESSAGE, MODAL, OneOf, Shape, at_least_one_of, shape
from .tables import TABLES
from .walk import Walk

_CARD = block(
    "card",
    optional={
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": text(limits.CARD_TITLE),
        "subtitle": text(limits.CARD_SUBTITLE),
        "body": text(limits.CARD_BODY),
        "actions": ListOf(OneOf({"button": BUTTONS["button"]}), limits.CARD_ACTIONS),
    },
    cross=(at_least_one_of("hero_image", "title", "actions", "body"),),
)

_SOURCE = shape("url", required={"url": Url(), "text": String(shown=True)})

_TASK = block(
    "task_card",
    required={"task_id": String(), "title": String(shown=True)},
    optional={
        "status": Enum(("pending", "in_progress", "complete", "error")),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": ListOf(OneOf({"url": _SOURCE}), least=0),
    },
    surfaces=MESSAGES_ONLY,
)


@condition("a collapsible container has no header divider", SDK)
def _divider_or_collapsible(value: dict[str, Any], at: str, walk: Walk) -> None:
    if value.get("has_header_divider") and value.get("is_collapsible"):
        walk.refuse("has_header_divider cannot be set when is_collapsible is true", f"{at}/has_header_divider")


@condition("only a collapsible container is collapsed at first", SDK)
def _collapsed_needs_collapsible(value: dict[str, Any], at: str, walk: Walk) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        walk.refuse("default_collapsed requires is_collapsible", f"{at}/default_collapsed")


class ChildBlocks:
    """Blocks inside a block: each is a block of its own, so action_ids need be unique only within it."""

    def __init__(self, shapes: dict[str, Shape]) -> None:
        self._blocks = OneOf(shapes)

    def check(self, value: object, at: str, walk: Walk) -> None:
        outer, walk.action_ids = walk.action_ids, set()
        self._blocks.check(value, at, walk)
        walk.action_ids = outer


_PLAIN_BLOCKS = {**LAYOUT, **TABLES, "card": _CARD}

CARDS: dict[str, Shape] = {
    "card": _CARD,
    "carousel": block(
        "carousel",
        required={"elements": ListOf(ChildBlocks({"card": _CARD}), limits.CAROUSEL_CARDS)},
        surfaces=frozenset({MESSAGE, HOME}),
    ),
    "container": block(
        "container",
        required={"child_blocks": ListOf(ChildBlocks(_PLAIN_BLOCKS), limits.CONTAINER_BLOCKS)},
        optional={
            "title": plain(limits.CONTAINER_TITLE),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(limits.CONTAINER_SUBTITLE),
            "width": Enum(("narrow", "standard", "wide", "full")),
            "icon": IMAGE,
            "is_collapsible": Boolean(),
            "default_collapsed": Boolean(),
            "has_header_divider": Boolean(),
        },
        cross=(
            at_least_one_of("title", "rich_text_title"),
            _divider_or_collapsible,
            _collapsed_needs_collapsible,
        ),
        surfaces=MESSAGES_ONLY,
    ),
    "alert": block(
        "alert",
        required={"text": text(limits.ALERT_TEXT)},
        optional={"level": Enum(("default", "info", "warning", "error", "success"))},
        surfaces=frozenset({MODAL}),
    ),
    "task_card": _TASK,
    "plan": block(
        "plan",
        required={"title": String(shown=True)},
        optional={"tasks": ListOf(ChildBlocks({"task_card": _TASK}), least=0)},
        surfaces=MESSAGES_ONLY,
    ),
    # Where an auth_provider may appear is not published; none is refused.
    "auth_provider": block(
        "auth_provider",
        required={
            "value": String(limits.PROVIDER_VALUE),
            "name": plain(limits.PROVIDER_NAME),
            "is_connected": Boolean(),
        },
        optional={
            "description": plain(limits.PROVIDER_DESCRIPTION),
            "icon_url": Url(https_only=True),
            "auth_url": Url(https_only=True),
            "disconnect_url": Url(https_only=True),
            "connected_identity": plain(limits.PROVIDER_IDENTITY),
            "connected_context": plain(limits.PROVIDER_IDENTITY),
            "accessory": OneOf({"overflow": BUTTONS["overflow"]}),
            "fallback": ListOf(ChildBlocks(_PLAIN_BLOCKS)),
        },
    ),
    "call": block("call", required={"call_id": String()}, surfaces=MESSAGES_ONLY),
}
