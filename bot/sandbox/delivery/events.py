"""The Events API: which app hears of what, and three retries (docs.slack.dev/apis/events-api)."""

import asyncio
import time
from collections import deque

from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.http import Answer
from bot.sandbox.records import App, Channel, Json
from bot.sandbox.workspace import Workspace
from bot.sandbox.workspaces.belonging import installation

RETRY_AFTER = (0.0, 60.0, 300.0)
_FAILURE_WINDOW = 3600.0
_FAILURE_SAMPLE = 100

_MESSAGE_NAMES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "file_shared": "files:read",
    "file_created": "files:read",
    "file_deleted": "files:read",
    "subteam_created": "usergroups:read",
    "subteam_updated": "usergroups:read",
}
_OF_CHANNEL_PREFIXES = ("channel_", "group_", "member_")
_NO_MEMBERSHIP = {
    "channel_created",
    "channel_rename",
    "channel_archive",
    "channel_unarchive",
    "channel_left",
    "group_left",
}


class Events:
    """Turns what happens into deliveries."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self._workspace = workspace
        self._courier = courier
        self._tasks: set[asyncio.Task[None]] = set()
        self._outcomes: dict[str, deque[tuple[float, bool]]] = {}
        workspace.on_app_news.append(self.happened)

    def happened(self, event: Json, channel: Channel | None) -> None:
        """Queue an event for every app that may hear it."""
        only_bot = event.get("_only_bot")
        plain = {name: value for name, value in event.items() if not name.startswith("_")}
        plain.setdefault("event_ts", f"{self._workspace.clock.now():.6f}")
        for app in self._workspace.apps.values():
            if only_bot in {None, app.bot_user} and self.hears(app, plain, channel):
                self._queue(app, self._callback(app, plain, channel))

    def hears(self, app: App, event: Json, channel: Channel | None) -> bool:
        """Whether subscription, scope and membership let an app hear an event."""
        name = subscription(event, channel)
        farewell = name in {"app_uninstalled", "tokens_revoked"}
        if name not in app.events or not app.subscribed or not (app.installed or farewell):
            return False
        scope = needed_scope(name, channel)
        if scope and scope not in app.scopes:
            return False
        return channel is None or name in _NO_MEMBERSHIP or app.bot_user in channel.members

    def _callback(self, app: App, event: Json, channel: Channel | None) -> Json:
        authorization = {
            **installation(self._workspace.team, app),
            "user_id": app.bot_user,
            "is_bot": True,
        }
        return {
            "token": app.verification_token,
            "team_id": self._workspace.team.id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.new_id("Ev"),
            "event_time": int(self._workspace.clock.now()),
            "authorizations": [authorization],
            "is_ext_shared_channel": channel is not None and bool(channel.connected),
            "event_context": f"4-{self._workspace.new_id('E')}",
        }

    def _queue(self, app: App, payload: Json) -> None:
        if app.mode == "none":
            return
        self._courier.busy()
        task = asyncio.get_running_loop().create_task(self._deliver(app, payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, app: App, payload: Json) -> None:
        kind = f"event_callback:{payload['event']['type']}"
        try:
            answer = await self._courier.send(app, "event", payload, kind)
        finally:
            self._courier.done()
        self._count(app, ok=answer.acknowledged)
        for number, delay in enumerate(RETRY_AFTER, start=1):
            if answer.acknowledged or not _again(answer) or not app.installed:
                return
            if delay:
                await self._workspace.clock.sleep_until(self._workspace.clock.now() + delay)
            answer = await self._courier.send(app, "event", payload, kind, (number, answer.failure))
            self._count(app, ok=answer.acknowledged)

    def _count(self, app: App, *, ok: bool) -> None:
        outcomes = self._outcomes.setdefault(app.id, deque(maxlen=1000))
        now = time.time()
        outcomes.append((now, ok))
        recent = [done for at, done in outcomes if at > now - _FAILURE_WINDOW]
        if len(recent) >= _FAILURE_SAMPLE and recent.count(True) < 0.05 * len(recent):
            app.subscribed = False
            self._workspace.tell_people({"type": "app", "app": app.id})

    def stop(self) -> None:
        """Give up what waits."""
        for task in self._tasks:
            task.cancel()


def subscription(event: Json, channel: Channel | None) -> str:
    """The name under which an app subscribes to an event."""
    kind = str(event["type"])
    if kind == "message" and channel is not None:
        return f"message.{_MESSAGE_NAMES[channel.kind]}"
    return kind


def needed_scope(name: str, channel: Channel | None) -> str:
    """The scope an event needs; empty when none."""
    if name.startswith("message."):
        return f"{name.removeprefix('message.')}:history"
    if channel is not None and name.startswith(_OF_CHANNEL_PREFIXES):
        return _READ[channel.kind]
    return _SCOPES.get(name, "")


def _again(answer: Answer) -> bool:
    return answer.headers.get("x-slack-no-retry") != "1"
