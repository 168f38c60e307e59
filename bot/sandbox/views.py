"""Modals and Homes: triggers that open them, the stack of three, hashes, and what a form holds."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import elements
from bot.sandbox.records import App, Json, Refused
from bot.sandbox.workspace import Workspace

STACK_LIMIT = 3
SIZE_LIMIT = 250_000
_KEPT = ("title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id", "type")
_FLAGS = ("clear_on_close", "notify_on_close", "submit_disabled")


@dataclass
class Trigger:
    """The right to open one form within three real seconds of a gesture."""

    id: str
    app_id: str
    user: str
    expires: float
    view_id: str = ""
    channel: str = ""
    used: bool = False


@dataclass
class View:
    """A view somebody sees: a modal in a stack, or a Home."""

    id: str
    app_id: str
    user: str
    body: Json
    hash: str
    channel: str = ""
    previous: str = ""
    root: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    offered: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks."""
        found: list[Json] = self.body.get("blocks", [])
        return found


class Views:
    """All open views. They do not outlive the process, as forms do not outlive a person's window."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[tuple[str, str], View] = {}
        self._version = 0

    def trigger(self, app: App, user: str, view_id: str = "", channel: str = "") -> str:
        """A fresh trigger for a gesture; it lives for three real seconds and opens one view."""
        now = time.monotonic()
        for old in [known for known, trigger in self._triggers.items() if trigger.expires < now - 60]:
            del self._triggers[old]
        id_ = f"{int(time.time() * 1000)}.{self._workspace.team.id}.{self._workspace.new_secret(12)}"
        self._triggers[id_] = Trigger(id_, app.id, user, now + self._workspace.patience, view_id, channel)
        return id_

    def redeem(self, app: App, id_: str) -> Trigger:
        """Use a trigger up.

        Raises:
            Refused: ``invalid_trigger_id``, ``expired_trigger_id`` or ``exchanged_trigger_id``.
        """
        trigger = self._triggers.get(id_)
        if trigger is None or trigger.app_id != app.id:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if trigger.expires < time.monotonic():
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def open(self, app: App, trigger: Trigger, body: Json) -> View:
        """Show a modal on a fresh stack."""
        self._check_external_id(app, body)
        self.close_all(trigger.user, tell=False)
        view = self._made(app, trigger.user, body, trigger.channel)
        view.root = view.id
        self._stacks[trigger.user] = [view.id]
        self._tell(trigger.user, "opened", app.id)
        return view

    def push(self, app: App, user: str, body: Json, channel: str = "") -> View:
        """Show a modal on top of the person's stack.

        Raises:
            Refused: ``not_found`` without an open modal, ``push_limit_reached`` above three.
        """
        stack = self._stacks.get(user, [])
        if not stack:
            raise Refused("not_found")
        if len(stack) >= STACK_LIMIT:
            raise Refused("push_limit_reached")
        self._check_external_id(app, body)
        view = self._made(app, user, body, channel or self._views[stack[-1]].channel)
        view.previous, view.root = stack[-1], stack[0]
        stack.append(view.id)
        self._tell(user, "pushed", app.id)
        return view

    def update(self, app: App, view: View, body: Json, hash_: str = "") -> View:
        """Replace what a view shows. Inputs whose block and action stay keep what was typed.

        Raises:
            Refused: ``hash_conflict`` when the view changed since that hash.
        """
        if hash_ and hash_ != view.hash:
            raise Refused("hash_conflict")
        self._check_external_id(app, body, but=view)
        view.body = _shown(body)
        view.hash = self._hash()
        view.values = self._state(view, view.values)
        if view.body["type"] == "home":
            self._tell_home(view)
        else:
            self._tell(view.user, "updated", app.id)
        return view

    def publish(self, app: App, user: str, body: Json, hash_: str = "") -> View:
        """Show a Home; it replaces the one before, and what was typed there."""
        known = self._homes.get((app.id, user))
        if hash_ and (known is None or known.hash != hash_):
            raise Refused("hash_conflict")
        if known is not None:
            known.values = {}
            return self.update(app, known, body)
        view = self._made(app, user, body, "")
        view.root = view.id
        self._homes[app.id, user] = view
        self._tell_home(view)
        return view

    def find(self, app: App, view_id: str, external_id: str = "") -> View:
        """An open view of this app.

        Raises:
            Refused: ``not_found``.
        """
        for view in self._views.values():
            named = view.id == view_id or (external_id and view.body.get("external_id") == external_id)
            if named and view.app_id == app.id:
                return view
        raise Refused("not_found")

    def seen(self, user: str, view_id: str) -> View:
        """A view this person has open.

        Raises:
            Refused: ``view_not_open``.
        """
        view = self._views.get(view_id)
        if view is None or view.user != user:
            raise Refused("view_not_open", "this form is not open any more")
        return view

    def home(self, app_id: str, user: str) -> View | None:
        """The app's Home as that person last saw it published."""
        return self._homes.get((app_id, user))

    def stack(self, user: str) -> list[View]:
        """The person's open modals, the top one last."""
        return [self._views[id_] for id_ in self._stacks.get(user, [])]

    def close_top(self, user: str) -> None:
        """Close the top modal; the one below shows again."""
        stack = self._stacks.get(user, [])
        if stack:
            gone = self._views.pop(stack.pop())
            self._tell(user, "closed", gone.app_id)

    def close_all(self, user: str, *, tell: bool = True) -> None:
        """Close every modal of a person."""
        gone = self._stacks.pop(user, [])
        app_id = self._views[gone[-1]].app_id if gone else ""
        for id_ in gone:
            del self._views[id_]
        if gone and tell:
            self._tell(user, "closed", app_id)

    def type_in(self, view: View, typed: Json, files: dict[str, Json]) -> None:
        """Put what a person typed into the form.

        Raises:
            Refused: ``element_not_found`` or ``invalid_value``.
        """
        for block_id, actions in typed.items():
            for action_id, value in actions.items():
                block, element = elements.find(view.blocks, block_id, action_id)
                if elements.holds(element):
                    entry = elements.put(element, value, files, view.offered.get(action_id, []))
                    view.values.setdefault(block["block_id"], {})[action_id] = entry

    def as_slack(self, view: View) -> Json:
        """The view object apps and pages get."""
        app = self._workspace.apps[view.app_id]
        return {
            **view.body,
            "id": view.id,
            "team_id": self._workspace.team.id,
            "state": {"values": view.values},
            "hash": view.hash,
            "previous_view_id": view.previous or None,
            "root_view_id": view.root,
            "app_id": view.app_id,
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": app.bot_id,
        }

    def _made(self, app: App, user: str, body: Json, channel: str) -> View:
        view = View(self._workspace.new_id("V"), app.id, user, _shown(body), self._hash(), channel)
        view.values = self._state(view, {})
        self._views[view.id] = view
        return view

    def _state(self, view: View, before: dict[str, Json]) -> dict[str, Json]:
        state: dict[str, Json] = {}
        for block, element in elements.walk(view.blocks):
            if not elements.holds(element):
                continue
            block_id, action_id = block["block_id"], element["action_id"]
            known = before.get(block_id, {}).get(action_id)
            same = known is not None and known["type"] == element["type"]
            entry = known if same else elements.initial(element, view.channel)
            state.setdefault(block_id, {})[action_id] = entry
        return state

    def _check_external_id(self, app: App, body: Json, but: View | None = None) -> None:
        wanted = body.get("external_id")
        for view in self._views.values():
            if wanted and view is not but and view.app_id == app.id and view.body.get("external_id") == wanted:
                raise Refused("duplicate_external_id")

    def _hash(self) -> str:
        self._version += 1
        return f"{int(time.time())}.{self._version:08x}"

    def _tell(self, user: str, change: str, app_id: str) -> None:
        shown = [self.as_slack(view) for view in self.stack(user)]
        self._workspace.tell_people({"type": "views", "views": shown, "change": change, "app": app_id}, [user])

    def _tell_home(self, view: View) -> None:
        news = {"type": "home", "app": view.app_id, "view": self.as_slack(view)}
        self._workspace.tell_people(news, [view.user])


def too_large(body: Any) -> bool:
    """Whether a view is over Slack's 250 KB."""
    return len(json.dumps(body)) > SIZE_LIMIT


def _shown(body: Json) -> Json:
    shown: Json = {
        "title": None,
        "submit": None,
        "close": None,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
    }
    if body.get("type") == "home":
        shown["title"] = {"type": "plain_text", "text": "View Title", "emoji": True}
    shown |= {name: body[name] for name in _KEPT if body.get(name) is not None}
    return shown | {flag: bool(body.get(flag, False)) for flag in _FLAGS}
