"""Buttons, selects, shortcuts and the options apps offer."""

from typing import Any

from bot.sandbox import elements
from bot.sandbox.gestures import answers
from bot.sandbox.gestures.base import Outcome, app_of_view, ask, failed, head, own_files, place, shown_to
from bot.sandbox.records import App, Channel, Json, Message, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.views import View

_SILENT: dict[str, Any] = {"on_enter_pressed": "enter", "on_character_entered": "character"}


class Spot:
    """Where a gesture happens: an element in a message or in a view, and the app that owns it."""

    def __init__(self, sandbox: Sandbox, person: Person, container: Json) -> None:
        self.sandbox = sandbox
        self.person = person
        self.view: View | None = None
        self.channel: Channel | None = None
        self.message: Message | None = None
        if container.get("type") == "view":
            self.view = sandbox.views.seen(person.id, str(container.get("view_id", "")))
            self.app = app_of_view(sandbox, self.view)
            self.blocks = self.view.blocks
        else:
            self.channel = sandbox.workspace.channel(str(container.get("channel", "")), person.id)
            self.message = shown_to(sandbox, self.channel, str(container.get("ts", "")), person)
            self.app = self._author(self.message)
            self.blocks = _message_blocks(self.message)

    def _author(self, message: Message) -> App:
        app = self.sandbox.workspace.apps.get(message.app_id)
        if app is None or not app.installed:
            raise Refused("app_not_found", "no app answers for this message")
        return app

    def payload(self, kind: str, *, trigger: bool = True) -> Json:
        """The payload's head with container, message or view."""
        channel = self.channel.id if self.channel else (self.view.channel if self.view else "")
        view_id = self.view.id if self.view else ""
        made = self.sandbox.views.trigger(self.app, self.person.id, view_id, channel) if trigger else ""
        told = head(self.sandbox, self.app, self.person, kind, trigger=made)
        if self.view is not None:
            told["container"] = {"type": "view", "view_id": self.view.id}
            told["view"] = self.sandbox.views.as_slack(self.view)
            return told
        assert self.channel is not None
        assert self.message is not None
        told["container"] = self._message_container(self.channel, self.message)
        told["channel"] = place(self.channel)
        told["state"] = {"values": self.values()}
        if not self.message.only_for:
            told["message"] = self.message.body
        return told

    def _message_container(self, channel: Channel, message: Message) -> Json:
        told: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": bool(message.only_for),
        }
        return told | ({"thread_ts": message.body["thread_ts"]} if message.body.get("thread_ts") else {})

    def response_url(self) -> str:
        """A response URL that can replace the message."""
        assert self.channel is not None
        assert self.message is not None
        thread = self.message.thread_ts
        return self.sandbox.responses.address(self.app, self.person.id, self.channel.id, self.message, thread)

    def values(self) -> Json:
        """What the elements here hold for this person."""
        if self.view is not None:
            return self.view.values
        assert self.message is not None
        held = self.sandbox.typed.setdefault((self.person.id, self.message.channel, self.message.ts), {})
        for block, element in elements.walk(self.blocks):
            if elements.holds(element):
                book = held.setdefault(block["block_id"], {})
                book.setdefault(element["action_id"], elements.initial(element, self.message.channel))
        return held

    def type_in(self, typed: Json) -> None:
        """Put what a person typed into the elements here."""
        files = own_files(self.sandbox, self.person)
        if self.view is not None:
            self.sandbox.views.type_in(self.view, typed, files)
            return
        held = self.values()
        for block_id, actions in typed.items():
            for action_id, value in actions.items():
                block, element = elements.find(self.blocks, block_id, action_id)
                held.setdefault(block["block_id"], {})[action_id] = elements.put(
                    element, value, files, self.offered(action_id)
                )

    def offered(self, action_id: str) -> list[Json]:
        """What the app offered for an external select here."""
        if self.view is not None:
            return self.view.offered.get(action_id, [])
        assert self.message is not None
        found: list[Json] = self.sandbox.typed.get((self.message.ts, action_id, "offered"), {}).get("options", [])
        return found

    def remember_offer(self, action_id: str, options: list[Json]) -> None:
        """Keep what the app offered, so that a choice can be checked."""
        if self.view is not None:
            self.view.offered.setdefault(action_id, []).extend(options)
        elif self.message is not None:
            book = self.sandbox.typed.setdefault((self.message.ts, action_id, "offered"), {"options": []})
            book["options"] += options


def _message_blocks(message: Message) -> list[Json]:
    attached = (one.get("blocks", []) for one in message.body.get("attachments", []))
    return [*message.body.get("blocks", []), *(block for blocks in attached for block in blocks)]


async def act(sandbox: Sandbox, person: Person, body: Json) -> Outcome:
    """Press a button or change an element."""
    spot = Spot(sandbox, person, body.get("container") or {})
    block, element = elements.find(spot.blocks, str(body.get("block_id", "")), str(body.get("action_id", "")))
    spot.type_in(body.get("values") or {})
    if elements.holds(element) and "value" in body:
        spot.type_in({block["block_id"]: {element["action_id"]: body["value"]}})
    if not _speaks(block, element, str(body.get("trigger", ""))):
        return Outcome()
    payload = spot.payload("block_actions")
    payload["actions"] = [_action(sandbox, spot, block, element, body.get("value"))]
    if spot.message is not None:
        payload["response_url"] = spot.response_url()
    answer = await ask(sandbox, spot.app, payload)
    if not answer.acknowledged:
        return failed(sandbox, spot.app, person, answer, _label(element))
    return Outcome()


def _speaks(block: Json, element: Json, trigger: str) -> bool:
    if block.get("type") != "input":
        return True
    if not block.get("dispatch_action"):
        return False
    if element["type"] not in {"plain_text_input", "email_text_input", "url_text_input", "number_input"}:
        return True
    wanted = element.get("dispatch_action_config", {}).get("trigger_actions_on") or ["on_enter_pressed"]
    return not trigger or trigger in {_SILENT.get(one) for one in wanted}


def _action(sandbox: Sandbox, spot: Spot, block: Json, element: Json, value: Any) -> Json:
    ts = f"{sandbox.clock.now():.6f}"
    told: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if elements.holds(element):
        told |= spot.values()[block["block_id"]][element["action_id"]]
        return told | {"action_ts": ts}
    if element["type"] == "overflow":
        return told | {"selected_option": _chosen(element, value), "action_ts": ts}
    kept = ("text", "value", "url", "style", "confirm", "icon", "accessibility_label")
    return told | {name: element[name] for name in kept if name in element} | {"action_ts": ts}


def _chosen(element: Json, value: Any) -> Json:
    found: Json | None = next((option for option in element.get("options", []) if option.get("value") == value), None)
    if found is None:
        raise Refused("invalid_value", f"{value!r} is not in this menu")
    return found


def _label(element: Json) -> str:
    text = element.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else str(element.get("action_id", ""))


async def options(sandbox: Sandbox, person: Person, body: Json) -> Outcome:
    """Ask the app what an external select offers for the typed text."""
    spot = Spot(sandbox, person, body.get("container") or {})
    block, element = elements.find(spot.blocks, str(body.get("block_id", "")), str(body.get("action_id", "")))
    if element.get("type") not in {"external_select", "multi_external_select"}:
        raise Refused("invalid_value", "only external selects ask the app for options")
    query = str(body.get("query", ""))
    if len(query) < element.get("min_query_length", 3):
        return Outcome(more={"options": []})
    payload = spot.payload("block_suggestion", trigger=False)
    payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    answer = await ask(sandbox, spot.app, payload, "options")
    if not answer.acknowledged:
        return failed(sandbox, spot.app, person, answer, "Loading options")
    try:
        shown = answers.offer(answer.body)
    except Refused as refusal:
        answers.refused(sandbox, spot.app, "block_suggestion", answer.body, refusal)
        notice = f"{spot.app.name} offered options that cannot be shown ({refusal.message})"
        sandbox.live.notice(person.id, notice, spot.app.id)
        return Outcome(notice=notice, more={"options": []})
    spot.remember_offer(element["action_id"], elements.offered(shown))
    return Outcome(more=shown)


async def shortcut(sandbox: Sandbox, person: Person, body: Json) -> Outcome:
    """Run a global shortcut, or a message shortcut on a message."""
    kind = "message" if body.get("ts") else "global"
    app, found = _find_shortcut(sandbox, kind, str(body.get("callback_id", "")), str(body.get("app", "")))
    channel = sandbox.workspace.channel(str(body["channel"]), person.id) if body.get("channel") else None
    trigger = sandbox.views.trigger(app, person.id, channel=channel.id if channel else "")
    name = "message_action" if kind == "message" else "shortcut"
    payload = head(sandbox, app, person, name, trigger=trigger)
    payload |= {"callback_id": found["callback_id"], "action_ts": f"{sandbox.clock.now():.6f}"}
    if kind == "message":
        if channel is None:
            raise Refused("channel_not_found")
        message = sandbox.workspace.message(channel, str(body["ts"]))
        payload |= {"channel": place(channel), "message": message.body, "message_ts": message.ts}
        payload["response_url"] = sandbox.responses.address(app, person.id, channel.id, message)
    answer = await ask(sandbox, app, payload)
    return Outcome() if answer.acknowledged else failed(sandbox, app, person, answer, found["name"])


def _find_shortcut(sandbox: Sandbox, kind: str, wanted: str, app_name: str) -> tuple[App, Json]:
    for app in sandbox.workspace.apps.values():
        for found in app.shortcuts:
            right = wanted in {found["callback_id"], found["name"]} and found["type"] == kind
            if right and app.installed and app_name in {"", app.id, app.name}:
                return app, found
    raise Refused("shortcut_not_found", f"there is no {kind} shortcut {wanted!r}")
