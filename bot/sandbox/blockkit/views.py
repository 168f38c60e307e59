"""Views: modals and Home tabs."""

from __future__ import annotations

import json
from typing import Any

from . import limits
from .blocks import check_block_list
from .fields import Boolean, Field, String
from .objects import plain
from .rules import DOCUMENTED, condition
from .shapes import HOME, MODAL, OneOf, shape
from .walk import Problem, Walk

INVALID_VIEW = "invalid_arguments"


class _Blocks:
    def check(self, value: object, at: str, walk: Walk) -> None:
        check_block_list(value, at, walk)


_BOTH: dict[str, Field] = {
    "private_metadata": String(limits.PRIVATE_METADATA, least=0),
    "callback_id": String(limits.CALLBACK_ID, least=0),
    "external_id": String(limits.EXTERNAL_ID, least=0),
}


@condition("a modal with an input has submit", DOCUMENTED)
def _submit_with_inputs(value: dict[str, Any], at: str, walk: Walk) -> None:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        walk.refuse("missing required field: submit", at)


_VIEWS = OneOf(
    {
        "modal": shape(
            "modal",
            required={"title": plain(limits.VIEW_TITLE), "blocks": _Blocks()},
            optional={
                **_BOTH,
                "submit": plain(limits.VIEW_SUBMIT),
                "close": plain(limits.VIEW_CLOSE),
                "clear_on_close": Boolean(),
                "notify_on_close": Boolean(),
            },
            cross=(_submit_with_inputs,),
            surfaces=frozenset({MODAL}),
        ),
        "home": shape(
            "home",
            required={"blocks": _Blocks()},
            optional=_BOTH,
            surfaces=frozenset({HOME}),
        ),
    }
)


def check_view(view: object) -> list[Problem]:
    """List what Slack refuses in the ``view`` of views.open, push, update and publish.

    Problems carry ``invalid_arguments`` and pointers that begin with ``/view``; a view that is valid but larger than
    250 KB carries ``view_too_large``.
    """
    surface = HOME if isinstance(view, dict) and view.get("type") == HOME else MODAL
    walk = Walk(surface, INVALID_VIEW)
    _VIEWS.check(view, "/view", walk)
    if not walk.problems:
        _check_size(view, walk)
    return walk.problems


@condition("a view is small enough", DOCUMENTED)
def _check_size(view: object, walk: Walk) -> None:
    if json_bytes(view) > limits.VIEW_BYTES:
        walk.refuse("view_too_large", "/view", "view_too_large")


def json_bytes(value: object) -> int:
    """Return the size of a value as compact JSON in UTF-8.

    Raises:
        ValueError, TypeError, RecursionError: the value is no JSON, or is nested too deeply.
    """
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
