"""Elements that are pressed: buttons of all kinds and the overflow menu."""

from __future__ import annotations

from . import limits
from .fields import ActionId, Enum, ListOf, String, Url
from .objects import COLOURS, CONFIRM, OVERFLOW_OPTION, plain
from .shapes import Shape, shape

_LABEL = String(limits.ACCESSIBILITY_LABEL)
_USERS = ListOf(String(), limits.VISIBLE_TO)
_VALUE = String(limits.BUTTON_VALUE)

_FEEDBACK = shape(
    required={"text": plain(limits.BUTTON_TEXT), "value": _VALUE},
    optional={"accessibility_label": _LABEL},
)

_PARAMETER = shape(required={"name": String(), "value": String(least=0)})

_TRIGGER = shape(required={"url": Url()}, optional={"customizable_input_parameters": ListOf(_PARAMETER, least=0)})

BUTTONS: dict[str, Shape] = {
    "button": shape(
        "button",
        required={"text": plain(limits.BUTTON_TEXT)},
        optional={
            "action_id": ActionId(),
            "url": Url(),
            "value": _VALUE,
            "style": Enum(COLOURS),
            "confirm": CONFIRM,
            "accessibility_label": _LABEL,
            "agent_prompt": String(limits.AGENT_PROMPT),
            "agent_prompt_display": String(),
            "visible_to_user_ids": _USERS,
        },
    ),
    "workflow_button": shape(
        "workflow_button",
        required={"text": plain(limits.BUTTON_TEXT), "workflow": shape(required={"trigger": _TRIGGER})},
        optional={"action_id": ActionId(), "style": Enum(COLOURS), "accessibility_label": _LABEL},
    ),
    "icon_button": shape(
        "icon_button",
        required={"icon": Enum(("trash",)), "text": plain(limits.BUTTON_TEXT)},
        optional={
            "action_id": ActionId(),
            "value": _VALUE,
            "accessibility_label": _LABEL,
            "visible_to_user_ids": _USERS,
            "confirm": CONFIRM,
        },
    ),
    "feedback_buttons": shape(
        "feedback_buttons",
        required={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        optional={"action_id": ActionId()},
    ),
    "overflow": shape(
        "overflow",
        required={"options": ListOf(OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS)},
        optional={"action_id": ActionId(), "confirm": CONFIRM},
    ),
}
