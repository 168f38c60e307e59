"""Secondary attachments of a message: either blocks with a colour, or the older fields."""

from __future__ import annotations

from typing import Any

from . import limits
from .blocks import check_block_list
from .fields import Boolean, Enum, Field, Integer, ListOf, String, Url
from .rules import DOCUMENTED, condition
from .shapes import shape
from .walk import Walk


class _Blocks:
    def check(self, value: object, at: str, walk: Walk) -> None:
        check_block_list(value, at, walk)


class _Anything:
    """Legacy buttons and menus: their content is not modelled, only that each is an object."""

    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.refuse("must provide an object", at)


class _Timestamp:
    """Seconds since 1970, as a number or in a string."""

    def check(self, value: object, at: str, walk: Walk) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            walk.refuse("must provide a number", at)


_BESIDE_BLOCKS = {"blocks", "color", "fallback"}


@condition("an attachment with blocks has color and fallback beside them, nothing else", DOCUMENTED)
def _blocks_stand_alone(value: dict[str, Any], at: str, walk: Walk) -> None:
    if "blocks" in value and set(value) - _BESIDE_BLOCKS:
        walk.refuse("invalid_keys", at)


_TEXTS = ("text", "fallback", "pretext", "title", "author_name", "author_subname", "color", "callback_id")
_LINKS = ("title_link", "author_link", "author_icon", "image_url", "thumb_url", "footer_icon", "from_url")

_LEGACY: dict[str, Field] = {
    **{name: String(least=0) for name in _TEXTS},
    **{name: Url() for name in _LINKS},
    "footer": String(limits.ATTACHMENT_FOOTER, least=0),
    "fields": ListOf(shape(optional={"title": String(least=0), "value": String(least=0), "short": Boolean()}), least=0),
    "actions": ListOf(_Anything(), limits.ATTACHMENT_ACTIONS, least=0),
    "attachment_type": Enum(("default",)),
    "mrkdwn_in": ListOf(Enum(("text", "pretext", "fields")), least=0),
    "ts": _Timestamp(),
    "id": Integer(),
}

ATTACHMENT = shape(optional={"blocks": _Blocks(), **_LEGACY}, cross=(_blocks_stand_alone,))
