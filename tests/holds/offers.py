"""What a person can do with what they see: every button, menu line and form of a message, a form or Home."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.requests.incoming import ACTION, CLOSING, FORM, Incoming, read_notes
from bot.sandbox import elements
from commands.kit.forms import Fields
from commands.kit.work import MessageRef, ViewRef

LINES_TRIED = 12
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """Something with blocks in front of a person: a form or Home (`view`), else the message at `place`."""

    user: str
    blocks: tuple[dict[str, Any], ...]
    view: dict[str, Any] = field(default_factory=dict)
    place: tuple[str, str] = ("D0", "1.0")


@dataclass(frozen=True, slots=True)
class Hand:
    """How a field is filled that holds nothing: by its name where a room says so, else by its kind.

    `options` asks for the choices of a select; `files` gives what is put into the fields of a form.
    """

    now: datetime
    people: tuple[str, ...]
    channels: tuple[str, ...]
    texts: dict[str, str]
    files: Callable[[str], dict[str, Any] | None]
    options: Callable[[str, Seen, str], list[dict[str, Any]]] = lambda _action, _seen, _query: []


@dataclass(frozen=True, slots=True)
class Offer:
    """A delivery that something in sight can cause; `line` tells the lines of one menu apart."""

    incoming: Incoming
    line: str = ""


def offers(seen: Seen, hand: Hand) -> Iterator[Offer]:
    """Every delivery that this can cause, as Slack would make it."""
    for block, element in elements.walk(list(seen.blocks)):
        if block["type"] == "input" and not block.get("dispatch_action"):
            continue
        for value in _values(seen, element, hand):
            line = label(element, value) if element["type"] == "overflow" else ""
            yield Offer(_press(seen, block, element, value, hand), line)
    if seen.view.get("type") != "modal":
        return
    if "submit" in seen.view:
        for fill_all, turn in ((True, 0), (False, 0), (True, 1), (True, 2)):
            yield Offer(submission(seen, hand, fill_all=fill_all, turn=turn))
    if seen.view.get("notify_on_close"):
        yield Offer(Incoming(kind=CLOSING, key=_key(), user=seen.user, verb=seen.view["callback_id"], **of_view(seen)))


def label(element: dict[str, Any], value: str) -> str:
    """What is written on a line of a menu, without what names a thing."""
    text = next(one["text"]["text"] for one in elements.offered(element) if one["value"] == value)
    return str(text).partition(":")[0]


def _key() -> str:
    return f"holds:{next(_numbers)}"


def _values(seen: Seen, element: dict[str, Any], hand: Hand) -> list[str]:
    kind = element["type"]
    if kind == "button":
        return [str(element.get("value") or "")]
    if "external" in kind:
        return [str(one["value"]) for one in hand.options(element["action_id"], seen, "")[:LINES_TRIED]]
    if kind == "overflow" or ("select" in kind and elements.offered(element)):
        return [str(one["value"]) for one in elements.offered(element)[:LINES_TRIED]]
    entry = _filled(seen, {"block_id": ""}, element, hand, 0)
    found = next((value for name, value in (entry or {}).items() if name != "type"), None)
    if isinstance(found, dict):
        return [str(found.get("value"))]
    return [str(found)] if found is not None and not isinstance(found, list) else [""]


def _press(seen: Seen, block: dict[str, Any], element: dict[str, Any], value: str, hand: Hand) -> Incoming:
    about = of_view(seen) if seen.view else {"message": MessageRef(seen.place[0], seen.place[1], "A text")}
    if seen.view.get("type") == "modal":
        about["fields"] = _state(seen, hand, fill_all=block["type"] == "input", turn=0)
    return Incoming(
        kind=ACTION,
        key=_key(),
        user=seen.user,
        verb=element["action_id"],
        value=value,
        channel=seen.place[0],
        **about,
    )


def submission(seen: Seen, hand: Hand, *, fill_all: bool, turn: int) -> Incoming:
    """The form in sight, sent as this hand fills it."""
    about = of_view(seen)
    about["fields"] = _state(seen, hand, fill_all=fill_all, turn=turn)
    return Incoming(kind=FORM, key=_key(), user=seen.user, verb=seen.view["callback_id"], **about)


def of_view(seen: Seen) -> dict[str, Any]:
    """What a delivery says of the form or Home it comes from."""
    view = seen.view
    return {
        "view": ViewRef("V1", "h1", view["type"], str(view.get("external_id") or "")),
        "notes": read_notes(str(view.get("private_metadata") or "")),
        "input_blocks": tuple(str(one.get("block_id")) for one in seen.blocks if one["type"] == "input"),
    }


def _state(seen: Seen, hand: Hand, *, fill_all: bool, turn: int) -> Fields:
    """What the form holds: what it held at first, and the empty fields filled; without `fill_all` the needed ones."""
    values: dict[str, Any] = {}
    for block, element in elements.walk(list(seen.blocks)):
        if not elements.holds(element):
            continue
        entry = elements.initial(element)
        wanted = fill_all or not block.get("optional")
        if block["type"] == "input" and (turn or (wanted and elements.empty(entry))):
            entry = _filled(seen, block, element, hand, turn) or entry
        values.setdefault(str(block.get("block_id") or ""), {})[element["action_id"]] = entry
    return Fields(values)


def _filled(seen: Seen, block: dict[str, Any], element: dict[str, Any], hand: Hand, turn: int) -> dict[str, Any] | None:
    """What a person might put into a field; another thing at another turn."""
    kind, name = element["type"], str(block.get("block_id") or "")
    # Later fields have later days, so that what ends does so after it began.
    day = hand.now + timedelta(days=14 + 7 * turn + 7 * seen.blocks.index(block) if block in seen.blocks else 14)
    made = {
        "plain_text_input": lambda: {"value": hand.texts.get(name, "Convoys reached the north")},
        "email_text_input": lambda: {"value": "office@example.org"},
        "url_text_input": lambda: {"value": "https://example.org/paper"},
        "number_input": lambda: {"value": hand.texts.get(name, "5")},
        "datepicker": lambda: {"selected_date": day.date().isoformat()},
        "timepicker": lambda: {"selected_time": "10:00"},
        "datetimepicker": lambda: {"selected_date_time": int(day.timestamp())},
        "users_select": lambda: {"selected_user": hand.people[turn % len(hand.people)]},
        "multi_users_select": lambda: {"selected_users": [hand.people[turn % len(hand.people)]]},
        "conversations_select": lambda: {"selected_conversation": hand.channels[0]},
        "multi_conversations_select": lambda: {"selected_conversations": [hand.channels[0]]},
    }
    if kind in made:
        return {"type": kind, **made[kind]()}
    if kind == "file_input":
        file = hand.files(seen.view.get("callback_id", ""))
        return {"type": kind, "files": [file]} if file else None
    options = hand.options(element["action_id"], seen, "") if "external" in kind else elements.offered(element)
    if not options:
        return None
    one = options[turn % len(options)]
    if kind.startswith("multi_") or kind == "checkboxes":
        return {"type": kind, "selected_options": [one]}
    return {"type": kind, "selected_option": one}
