"""Interactive elements: what they hold at first, what a person may put in, what the app is told."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.records import Json, Refused
from bot.sandbox.text import rich_text

_HELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
_FORMS = {
    "datepicker": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "timepicker": re.compile(r"\d{2}:\d{2}"),
    "email_text_input": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "url_text_input": re.compile(r"(?:https?|mailto|tel)://?\S+|mailto:\S+"),
    "number_input": re.compile(r"[-+]?\d+(?:\.\d+)?"),
}
_FORM_WORDS = {
    "datepicker": "Please enter a valid date.",
    "timepicker": "Please enter a valid time.",
    "email_text_input": "Please enter a valid email address.",
    "url_text_input": "Please enter a valid URL.",
    "number_input": "Please enter a number.",
}
REQUIRED = "Please complete this required field."


def walk(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it is in."""
    for block in blocks:
        single = [block[name] for name in ("element", "accessory") if isinstance(block.get(name), dict)]
        several = block.get("elements") if block.get("type") in {"actions", "context_actions"} else None
        for element in [*single, *(several or [])]:
            if "action_id" in element or element.get("type") in _HELD:
                yield block, element
        if isinstance(block.get("actions"), list):
            yield from ((block, element) for element in block["actions"])
        nested = block.get("child_blocks") or (block.get("elements") if block.get("type") == "carousel" else None)
        yield from walk(nested or [])


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The element a person means, with its block.

    Raises:
        Refused: ``element_not_found``.
    """
    for block, element in walk(blocks):
        if element.get("action_id") == action_id and block_id in {"", block.get("block_id")}:
            return block, element
    raise Refused("element_not_found", f"there is no element {action_id!r} in block {block_id!r} here")


def holds(element: Json) -> bool:
    """Whether the element holds a value (buttons and overflow menus do not)."""
    return element.get("type") in _HELD


def initial(element: Json, channel: str = "") -> Json:
    """What the element holds before anybody touched it, in the shape of ``state.values``."""
    kind = element["type"]
    key = _HELD[kind]
    name = "initial_value" if key in {"value", "rich_text_value"} else key.replace("selected", "initial")
    value = element.get(name)
    if value is None and element.get("default_to_current_conversation") and channel:
        value = [channel] if kind.startswith("multi_") else channel
    if value is None and key.endswith("s"):
        value = []
    return _entry(kind, value)


def put(element: Json, typed: Any, files: dict[str, Json], options: list[Json]) -> Json:
    """What the element holds once a person put ``typed`` in; see CONTROL.md for the shapes.

    ``files`` are the person's uploads by id, ``options`` what the app offered for an external select.

    Raises:
        Refused: ``invalid_value``.
    """
    kind = element["type"]
    key = _HELD[kind]
    if typed is None or not str(typed) or typed == []:
        return _entry(kind, [] if key.endswith("s") else None)
    read: dict[str, Callable[[Any], Any]] = {
        "selected_option": lambda one: _option(element, one, options),
        "selected_options": lambda one: _option(element, one, options),
        "files": lambda one: _file(one, files),
        "rich_text_value": lambda one: one if isinstance(one, dict) else rich_text(str(one)),
        "selected_date_time": int,
    }
    reader = read.get(key, str)
    several = typed if isinstance(typed, list) else [typed]
    return _entry(kind, [reader(one) for one in several] if key.endswith("s") else reader(typed))


def empty(entry: Json) -> bool:
    """Whether a state entry holds nothing."""
    value = entry.get(_HELD[entry["type"]])
    return value is None or value in ("", [])


def mistake(block: Json, element: Json, entry: Json) -> str | None:
    """What Slack's client says under the field before it asks the app; None when it is content."""
    if empty(entry):
        return None if block.get("optional") else REQUIRED
    kind = element["type"]
    value = entry[_HELD[kind]]
    form = _FORMS.get(kind)
    if form is not None and not form.fullmatch(str(value)):
        return _FORM_WORDS[kind]
    if kind == "plain_text_input":
        return _length_mistake(element, str(value))
    if kind == "number_input":
        return _number_mistake(element, str(value))
    return _count_mistake(element, value)


def _entry(kind: str, value: Any) -> Json:
    entry: Json = {"type": kind, _HELD[kind]: value}
    return entry


def offered(element: Json) -> list[Json]:
    """All options of an element, groups opened."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]


def _option(element: Json, typed: Any, options: list[Json]) -> Json:
    wanted = typed.get("value") if isinstance(typed, dict) else typed
    initials = element.get("initial_options") or [element.get("initial_option")]
    for option in [*offered(element), *options, *(one for one in initials if one)]:
        if option.get("value") == wanted:
            return {name: option[name] for name in ("text", "value", "description") if name in option}
    raise Refused("invalid_value", f"{wanted!r} is none of the options of {element.get('action_id')!r}")


def _file(one: Any, files: dict[str, Json]) -> Json:
    id_ = one.get("id") if isinstance(one, dict) else one
    if id_ not in files:
        raise Refused("invalid_value", f"there is no uploaded file {id_!r}")
    return files[id_]


def _length_mistake(element: Json, value: str) -> str | None:
    least, most = element.get("min_length"), element.get("max_length")
    if least is not None and len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > (most or 3000):
        return f"Please enter at most {most or 3000} characters."
    return None


def _number_mistake(element: Json, value: str) -> str | None:
    number = float(value)
    if "." in value and not element.get("is_decimal_allowed"):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _count_mistake(element: Json, value: Any) -> str | None:
    most = element.get("max_selected_items")
    if element["type"] == "file_input":
        most = element.get("max_files", 10)
        allowed = [kind.lower() for kind in element.get("filetypes") or []]
        if allowed and any(
            not {file["filetype"], file["name"].rpartition(".")[2].lower()} & {*allowed} for file in value
        ):
            return f"Only these file types are accepted: {', '.join(allowed)}."
    if most is not None and isinstance(value, list) and len(value) > most:
        return f"Please choose at most {most}."
    return None
