"""The rich_text block: sections, lists, quotes and preformatted text, made of parts."""

from __future__ import annotations

import re

from . import limits
from .fields import BlockId, Boolean, Enum, Field, Integer, ListOf, Matching, String, Url
from .shapes import OneOf, Shape, shape

_STYLE = shape(
    optional={
        name: Boolean()
        for name in ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink")
    }
)


def _part(kind: str, required: dict[str, Field], optional: dict[str, Field] | None = None) -> Shape:
    return shape(kind, required=required, optional={"style": _STYLE, **(optional or {})})


_SHOWN = String(shown=True)
_BORDER = Integer(0, 1)


def _is_colour(value: str) -> bool:
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", value) is not None


PARTS = OneOf(
    {
        "text": _part("text", {"text": _SHOWN}),
        "link": _part("link", {"url": Url()}, {"text": _SHOWN, "unsafe": Boolean()}),
        "user": _part("user", {"user_id": String()}),
        "channel": _part("channel", {"channel_id": String()}),
        "usergroup": _part("usergroup", {"usergroup_id": String()}),
        "team": _part("team", {"team_id": String()}),
        "emoji": _part("emoji", {"name": String()}, {"unicode": String(), "skin_tone": Integer(1, 6)}),
        "date": _part(
            "date",
            {"timestamp": Integer(0), "format": String()},
            {"url": Url(), "fallback": String()},
        ),
        "broadcast": _part("broadcast", {"range": Enum(("here", "channel", "everyone"))}),
        "color": _part("color", {"value": Matching(_is_colour, "a colour (#RRGGBB)")}),
    }
)

# Slack itself sends sections without parts for blank lines, so an empty list passes.
_ANY_PARTS = ListOf(PARTS, least=0)

_SECTION = shape("rich_text_section", required={"elements": _ANY_PARTS})

RICH_TEXT_ELEMENTS = OneOf(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": shape("rich_text_quote", required={"elements": _ANY_PARTS}, optional={"border": _BORDER}),
        "rich_text_preformatted": shape(
            "rich_text_preformatted",
            required={"elements": ListOf(PARTS.pick("text", "link"), least=0)},
            optional={"border": _BORDER, "language": String()},
        ),
        "rich_text_list": shape(
            "rich_text_list",
            required={
                "style": Enum(("bullet", "ordered")),
                "elements": ListOf(OneOf({"rich_text_section": _SECTION})),
            },
            optional={"indent": Integer(0, limits.LIST_INDENT), "offset": Integer(0), "border": _BORDER},
        ),
    }
)

RICH_TEXT_BLOCK = shape(
    "rich_text",
    required={"elements": ListOf(RICH_TEXT_ELEMENTS)},
    optional={"block_id": BlockId()},
)

RICH_TEXT = OneOf({"rich_text": RICH_TEXT_BLOCK})
