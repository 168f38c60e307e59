"""Elements that offer a choice: select menus, checkboxes, radio buttons."""

from __future__ import annotations

from typing import Any

from . import limits
from .fields import ActionId, Boolean, Field, FocusOnLoad, Integer, ListOf, String
from .objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    MENU_OPTION,
    OPTION_GROUP,
    TICK_OPTION,
    initial_among_options,
    initial_within_maximum,
    plain,
)
from .rules import DOCUMENTED, condition
from .shapes import MODAL, CrossCheck, Shape, exactly_one_of, shape
from .walk import Problem, Walk

_COMMON: dict[str, Field] = {
    "action_id": ActionId(),
    "confirm": CONFIRM,
    "focus_on_load": FocusOnLoad(),
}
_MENU: dict[str, Field] = {**_COMMON, "placeholder": plain(limits.PLACEHOLDER)}
_MAXIMUM: dict[str, Field] = {"max_selected_items": Integer(least=limits.SELECTED_MIN)}
_STATIC: dict[str, Field] = {
    "options": ListOf(MENU_OPTION, limits.CHOICES),
    "option_groups": ListOf(OPTION_GROUP, limits.CHOICE_GROUPS),
}
_ONE_LIST: tuple[CrossCheck, ...] = (exactly_one_of("options", "option_groups"), initial_among_options)
_OFFER = shape(
    optional={
        "options": ListOf(MENU_OPTION, limits.CHOICES, least=0),
        "option_groups": ListOf(OPTION_GROUP, limits.CHOICE_GROUPS, least=0),
    },
    cross=(exactly_one_of("options", "option_groups"),),
)
_IDS = ListOf(String())
_CONVERSATIONS: dict[str, Field] = {
    "default_to_current_conversation": Boolean(),
    "filter": CONVERSATION_FILTER,
}


@condition("response_url_enabled is for modals", DOCUMENTED)
def _response_url_in_modal(value: dict[str, Any], at: str, walk: Walk) -> None:
    if value.get("response_url_enabled") and walk.surface != MODAL:
        walk.refuse("response_url_enabled is only allowed in modals", f"{at}/response_url_enabled")


def _single(kind: str, optional: dict[str, Field], *cross: CrossCheck) -> Shape:
    return shape(kind, optional={**_MENU, **optional}, cross=cross)


def _multi(kind: str, optional: dict[str, Field], *cross: CrossCheck) -> Shape:
    return shape(kind, optional={**_MENU, **_MAXIMUM, **optional}, cross=(*cross, initial_within_maximum))


def _ticks(kind: str, initial: dict[str, Field]) -> Shape:
    return shape(
        kind,
        required={"options": ListOf(TICK_OPTION, limits.FEW_CHOICES)},
        optional={**_COMMON, **initial},
        cross=(initial_among_options,),
    )


SELECTS: dict[str, Shape] = {
    "static_select": _single("static_select", {**_STATIC, "initial_option": MENU_OPTION}, *_ONE_LIST),
    "external_select": _single(
        "external_select", {"initial_option": MENU_OPTION, "min_query_length": Integer(least=0)}
    ),
    "users_select": _single("users_select", {"initial_user": String()}),
    "conversations_select": _single(
        "conversations_select",
        {**_CONVERSATIONS, "initial_conversation": String(), "response_url_enabled": Boolean()},
        _response_url_in_modal,
    ),
    "channels_select": _single(
        "channels_select",
        {"initial_channel": String(), "response_url_enabled": Boolean()},
        _response_url_in_modal,
    ),
}

MULTI_SELECTS: dict[str, Shape] = {
    "multi_static_select": _multi(
        "multi_static_select",
        {**_STATIC, "initial_options": ListOf(MENU_OPTION, limits.CHOICES)},
        *_ONE_LIST,
    ),
    "multi_external_select": _multi(
        "multi_external_select",
        {"initial_options": ListOf(MENU_OPTION, limits.CHOICES), "min_query_length": Integer(least=0)},
    ),
    "multi_users_select": _multi("multi_users_select", {"initial_users": _IDS}),
    "multi_conversations_select": _multi(
        "multi_conversations_select", {**_CONVERSATIONS, "initial_conversations": _IDS}
    ),
    "multi_channels_select": _multi("multi_channels_select", {"initial_channels": _IDS}),
}

TICKS: dict[str, Shape] = {
    "checkboxes": _ticks("checkboxes", {"initial_options": ListOf(TICK_OPTION, limits.FEW_CHOICES)}),
    "radio_buttons": _ticks("radio_buttons", {"initial_option": TICK_OPTION}),
}


def check_offer(payload: dict[str, Any]) -> list[Problem]:
    """List what Slack refuses in the answer to a block_suggestion: options, or groups of them, as in a menu."""
    walk = Walk(MODAL, "invalid_response")
    _OFFER.check(payload, "", walk)
    groups = payload.get("option_groups") if not walk.problems else None
    if sum(len(group["options"]) for group in groups or []) > limits.CHOICES:
        walk.refuse(f"no more than {limits.CHOICES} items allowed", "/option_groups")
    return walk.problems
