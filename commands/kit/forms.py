"""Forms: modals of Block Kit whose block ids are the names of their fields.

Gesture: ask for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from commands.kit.cards import Block, plain, shorten
from commands.kit.notes import Notes, written
from commands.kit.typed.prefilled import Prefilled, did_not_fit, parted

TITLE_LIMIT = 24
LABEL_LIMIT = 2000
TEXT_INPUT_LIMIT = 3000
INPUT = "input"  # the action id of every field: the block id tells them apart


def modal(
    verb: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    notes: Notes | None = None,
    tell_when_closed: bool = False,
    external_id: str | None = None,
) -> Block:
    """A form. `verb` is `room:verb` of who receives it; `notes` come back with every press and submission.

    `notes` must stay small (Slack keeps 3,000 characters): identities, never texts.
    """
    view: Block = {
        "type": "modal",
        "callback_id": verb,
        "title": plain(shorten(title, TITLE_LIMIT)),
        "blocks": [shown for block in blocks for shown in (block, *did_not_fit(block))],
        "private_metadata": json.dumps(written(notes), separators=(",", ":")),
    }
    if submit:
        view["submit"] = plain(shorten(submit, TITLE_LIMIT))
    if close:
        view["close"] = plain(shorten(close, TITLE_LIMIT))
    if tell_when_closed:
        view["notify_on_close"] = True
    if external_id:
        view["external_id"] = external_id
    return view


def field_block(
    name: str, label: str, element: Block, *, hint: str | None = None, optional: bool = False, acts: bool = False
) -> Block:
    """One field. With `acts` every change is told to the app while the form is open."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(shorten(label, LABEL_LIMIT)),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(shorten(hint, LABEL_LIMIT))
    if acts:
        block["dispatch_action"] = True
    return block


def text_input(
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    long: bool = False,
    most: int = TEXT_INPUT_LIMIT,
    action: str = INPUT,
    while_typing: bool = False,
) -> Block:
    """A text. Slack itself refuses more than `most` characters (at most 3,000).

    What of `initial` does not fit is shown below the field by `modal`, so that nothing is cut without a word.
    """
    element = Prefilled(type="plain_text_input", action_id=action, multiline=long, max_length=most)
    if initial:
        element["initial_value"], element.rest = parted(initial, most)
    if placeholder:
        element["placeholder"] = plain(shorten(placeholder, 150))
    if while_typing:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return element


def number_input(*, initial: str | None = None, decimals: bool = True, action: str = INPUT) -> Block:
    """A number, checked by Slack while it is typed."""
    element: Block = {"type": "number_input", "action_id": action, "is_decimal_allowed": decimals}
    if initial:
        element["initial_value"] = initial
    return element


def select(
    options: Sequence[Block],
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    action: str = INPUT,
) -> Block:
    """One of up to 100 choices."""
    return _choices("static_select", options, [initial] if initial else [], placeholder, action, many=False)


def multi_select(
    options: Sequence[Block],
    *,
    initial: Sequence[str] = (),
    placeholder: str | None = None,
    action: str = INPUT,
) -> Block:
    """Any of up to 100 choices."""
    return _choices("multi_static_select", options, initial, placeholder, action, many=True)


def radio(options: Sequence[Block], *, initial: str | None = None, action: str = INPUT) -> Block:
    """One of up to ten choices, all visible."""
    return _choices("radio_buttons", options, [initial] if initial else [], None, action, many=False)


def checkboxes(options: Sequence[Block], *, initial: Sequence[str] = (), action: str = INPUT) -> Block:
    """Any of up to ten choices, all visible."""
    return _choices("checkboxes", options, initial, None, action, many=True)


def _choices(
    kind: str, options: Sequence[Block], initial: Sequence[str], placeholder: str | None, action: str, *, many: bool
) -> Block:
    element: Block = {"type": kind, "action_id": action, "options": list(options)}
    chosen = [one for one in options if one["value"] in initial]
    if chosen:
        element["initial_options" if many else "initial_option"] = chosen if many else chosen[0]
    if placeholder:
        element["placeholder"] = plain(shorten(placeholder, 150))
    return element


def external_select(
    action: str, *, initial: Block | None = None, placeholder: str | None = None, min_query: int = 0
) -> Block:
    """One of any number of choices, offered by the room as the person types (`action` is `room:verb`)."""
    element: Block = {"type": "external_select", "action_id": action, "min_query_length": min_query}
    if initial:
        element["initial_option"] = initial
    if placeholder:
        element["placeholder"] = plain(shorten(placeholder, 150))
    return element


def multi_external_select(
    action: str, *, initial: Sequence[Block] = (), placeholder: str | None = None, min_query: int = 0
) -> Block:
    """Any of any number of choices, offered by the room as the person types."""
    element: Block = {"type": "multi_external_select", "action_id": action, "min_query_length": min_query}
    if initial:
        element["initial_options"] = list(initial)
    if placeholder:
        element["placeholder"] = plain(shorten(placeholder, 150))
    return element


def person_select(*, initial: str | None = None, action: str = INPUT) -> Block:
    """One person of the workspace."""
    element: Block = {"type": "users_select", "action_id": action}
    if initial:
        element["initial_user"] = initial
    return element


def people_select(*, initial: Sequence[str] = (), action: str = INPUT) -> Block:
    """Any number of people of the workspace, in order."""
    element: Block = {"type": "multi_users_select", "action_id": action}
    if initial:
        element["initial_users"] = list(initial)
    return element


def channel_select(*, initial: str | None = None, action: str = INPUT) -> Block:
    """A public or private channel the person can see."""
    element: Block = {
        "type": "conversations_select",
        "action_id": action,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial:
        element["initial_conversation"] = initial
    return element


def date_input(*, initial: date | None = None, action: str = INPUT) -> Block:
    """A day."""
    element: Block = {"type": "datepicker", "action_id": action}
    if initial:
        element["initial_date"] = initial.isoformat()
    return element


def time_input(*, initial: time | None = None, zone: str | None = None, action: str = INPUT) -> Block:
    """A time of day; `zone` is shown beside it."""
    element: Block = {"type": "timepicker", "action_id": action}
    if initial:
        element["initial_time"] = initial.strftime("%H:%M")
    if zone:
        element["timezone"] = zone
    return element


def file_input(*, kinds: Sequence[str], most: int = 1, action: str = INPUT) -> Block:
    """Files from the person's device; `kinds` are extensions without the dot."""
    return {"type": "file_input", "action_id": action, "filetypes": list(kinds), "max_files": most}


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file a person put into a form, before anybody has read it."""

    id: str
    name: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds, by the names of its fields. Empty fields read as empty, never as an error."""

    values: dict[str, Any] = field(default_factory=dict)

    def _state(self, name: str) -> dict[str, Any]:
        states = self.values.get(name) or {}
        return next(iter(states.values()), None) or {}

    def has(self, name: str) -> bool:
        """Whether the form has such a field."""
        return name in self.values

    def text(self, name: str) -> str:
        """What was typed, without blanks at the ends."""
        return str(self._state(name).get("value") or "").strip()

    def choice(self, name: str) -> str | None:
        """The value of the one choice made."""
        chosen = self._state(name).get("selected_option")
        return str(chosen["value"]) if chosen else None

    def choices(self, name: str) -> list[str]:
        """The values of all choices made, in order."""
        return [str(one["value"]) for one in self._state(name).get("selected_options") or []]

    def person(self, name: str) -> str | None:
        """The chosen person's user id."""
        return self._state(name).get("selected_user")

    def people(self, name: str) -> list[str]:
        """The chosen people's user ids, in order."""
        return list(self._state(name).get("selected_users") or [])

    def channel(self, name: str) -> str | None:
        """The chosen channel's id."""
        state = self._state(name)
        return state.get("selected_conversation") or state.get("selected_channel")

    def channels(self, name: str) -> list[str]:
        """The chosen channels' ids, in order."""
        return list(self._state(name).get("selected_conversations") or [])

    def day(self, name: str) -> date | None:
        """The chosen day."""
        chosen = self._state(name).get("selected_date")
        return date.fromisoformat(chosen) if chosen else None

    def time_of_day(self, name: str) -> time | None:
        """The chosen local time."""
        chosen = self._state(name).get("selected_time")
        return time.fromisoformat(chosen) if chosen else None

    def files(self, name: str) -> list[FileOffer]:
        """The files put in, as Slack describes them."""
        return [
            FileOffer(
                id=str(one["id"]),
                name=str(one.get("name") or ""),
                size=int(one.get("size") or 0),
                url=str(one.get("url_private_download") or one.get("url_private") or ""),
            )
            for one in self._state(name).get("files") or []
        ]
