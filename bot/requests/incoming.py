"""What Slack delivered, read once into one shape, whatever kind of delivery it was."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.requests.whose import teams_of_command, teams_of_event, teams_of_interaction
from commands.kit.forms import Fields
from commands.kit.typed.messages import words_of
from commands.kit.work import MessageRef, ViewRef

Body = dict[str, Any]

ACTION, FORM, CLOSING, OPTIONS = "actions", "forms", "closings", "options"
COMMAND, SHORTCUT, EVENT = "command", "shortcut", "event"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One delivery. `key` recognises it when it comes again; `trigger` opens forms within three seconds.

    `teams` are the workspaces for whose installations of the app it came, as Slack tells; None where nobody was asked.
    """

    kind: str
    key: str
    user: str
    verb: str
    teams: frozenset[str] | None = None
    trigger: str = ""
    response_url: str = ""
    text: str = ""
    value: str = ""
    query: str = ""
    channel: str = ""
    fields: Fields = field(default_factory=Fields)
    notes: dict[str, Any] = field(default_factory=dict)
    view: ViewRef | None = None
    message: MessageRef | None = None
    input_blocks: tuple[str, ...] = ()
    event: Body = field(default_factory=dict)

    def is_for(self, team: str, bot_user_id: str) -> bool:
        """Whether it came for this workspace's installation. A press in a message of ours did, whoever pressed."""
        pressed = self.kind == ACTION and self.message is not None and self.message.user == bot_user_id
        return self.teams is None or team in self.teams or pressed


def read_command(body: Body) -> Incoming:
    """A slash command. Its trigger is unique to the gesture, so it is the key."""
    return Incoming(
        kind=COMMAND,
        key=f"command:{body.get('trigger_id')}",
        user=str(body.get("user_id", "")),
        teams=teams_of_command(body),
        verb=str(body.get("command", "")),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        text=str(body.get("text") or ""),
        channel=str(body.get("channel_id") or ""),
    )


def read_action(body: Body) -> Incoming:
    """A button pressed or a choice made, in a message, a form or Home."""
    action = body["actions"][0]
    view = body.get("view") or {}
    return Incoming(
        kind=ACTION,
        key=f"action:{body.get('trigger_id') or ''}:{action.get('action_ts', '')}",
        verb=_verb_of(action),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        value=_value(action),
        channel=str((body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or ""),
        message=_message(body),
        **_person(body),
        **_view(view),
    )


def _verb_of(action: Body) -> str:
    # A field of a form is told apart by its block: its action id is the same everywhere, or the verb that hears typing.
    return str(action.get("action_id") or "")


def _value(action: Body) -> str:
    chosen = action.get("selected_option") or {}
    first = (
        action.get("value")
        or chosen.get("value")
        or action.get("selected_user")
        or action.get("selected_conversation")
        or action.get("selected_date")
        or action.get("selected_time")
    )
    return str(first or "")


def read_form(body: Body) -> Incoming:
    """A form submitted. Its hash changes with every view shown, so id and hash know the same press again."""
    view = body["view"]
    return Incoming(
        kind=FORM,
        key=f"form:{view.get('id')}:{view.get('hash')}",
        verb=str(view.get("callback_id") or ""),
        trigger=str(body.get("trigger_id") or ""),
        **_person(body),
        **_view(view),
    )


def read_closing(body: Body) -> Incoming:
    """A form closed without submitting it."""
    view = body["view"]
    return Incoming(
        kind=CLOSING,
        key=f"closing:{view.get('id')}:{view.get('hash')}",
        verb=str(view.get("callback_id") or ""),
        **_person(body),
        **_view(view),
    )


def read_options(body: Body) -> Incoming:
    """A select asks for its choices while somebody types."""
    return Incoming(
        kind=OPTIONS,
        key="",
        verb=str(body.get("action_id") or ""),
        query=str(body.get("value") or ""),
        **_person(body),
        **_view(body.get("view") or {}),
    )


def read_shortcut(body: Body) -> Incoming:
    """A global or a message shortcut."""
    return Incoming(
        kind=SHORTCUT,
        key=f"shortcut:{body.get('trigger_id')}",
        verb=str(body.get("callback_id") or ""),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        channel=str((body.get("channel") or {}).get("id") or ""),
        message=_message(body, with_words=True),
        **_person(body),
    )


def read_event(body: Body) -> Incoming:
    """An event; Slack repeats it until it is acknowledged."""
    event = body.get("event") or {}
    user = event.get("user")
    return Incoming(
        kind=EVENT,
        key=f"event:{body.get('event_id')}",
        user=str(user.get("id") if isinstance(user, dict) else user or ""),
        verb=str(event.get("type") or ""),
        teams=teams_of_event(body),
        channel=_event_channel(event),
        event=event,
    )


def _event_channel(event: Body) -> str:
    channel = event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel or "")


def _person(body: Body) -> dict[str, Any]:
    user = body.get("user") or {}
    return {"user": str(user.get("id") or ""), "teams": teams_of_interaction(body)}


def _view(view: Body) -> dict[str, Any]:
    if not view:
        return {}
    return {
        "view": ViewRef(
            id=str(view.get("id") or ""),
            hash=str(view.get("hash") or ""),
            kind=str(view.get("type") or "modal"),
            external_id=str(view.get("external_id") or ""),
        ),
        "notes": read_notes(str(view.get("private_metadata") or "")),
        "fields": Fields((view.get("state") or {}).get("values") or {}),
        "input_blocks": tuple(
            str(block.get("block_id")) for block in view.get("blocks") or [] if block.get("type") == "input"
        ),
    }


def read_notes(text: str) -> dict[str, Any]:
    """The notes a form carries; anything that is not ours reads as none."""
    try:
        notes = json.loads(text) if text else {}
    except ValueError:
        return {}
    return notes if isinstance(notes, dict) else {}


def _message(body: Body, *, with_words: bool = False) -> MessageRef | None:
    message = body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    if not message or not channel:
        return None
    return MessageRef(
        channel=str(channel),
        ts=str(message.get("ts") or body.get("message_ts") or ""),
        text=words_of(message) if with_words else "",
        user=str(message.get("user") or ""),
        thread_ts=str(message.get("thread_ts") or ""),
    )
