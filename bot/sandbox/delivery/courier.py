"""Takes what happened to an app, by socket or signed HTTP, and writes both ways into the inspector."""

import asyncio
import json

import httpx

from bot.sandbox.delivery import http
from bot.sandbox.delivery.http import Answer
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.delivery.trust import trusted
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.log import Entry, Log
from bot.sandbox.records import App, Json
from bot.sandbox.workspace import Workspace

_ENVELOPES = {
    "command": "slash_commands",
    "interactive": "interactive",
    "options": "interactive",
    "event": "events_api",
}
_REORDER_PATIENCE = 10.0


class Courier:
    """Deliveries under way, so that a test can wait until there are none."""

    def __init__(self, workspace: Workspace, sockets: Sockets, log: Log, faults: Faults) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._log = log
        self._faults = faults
        # A fresh connection each time: one kept open may be closed by the app at the moment it is used again.
        self._client = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=0),
            follow_redirects=True,
            max_redirects=2,
            trust_env=False,
            verify=trusted(),
        )
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._sent = asyncio.Event()
        self._spare: set[asyncio.Task[Answer]] = set()

    def busy(self) -> None:
        """Count one more delivery as under way, before it is sent."""
        self._under_way += 1
        self._quiet.clear()

    def done(self) -> None:
        """Count one delivery as over."""
        self._under_way -= 1
        if self._under_way == 0:
            self._quiet.set()

    async def idle(self, seconds: float) -> bool:
        """Wait until no delivery is under way; False when that takes longer."""
        try:
            await asyncio.wait_for(self._quiet.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def send(
        self, app: App, family: str, payload: Json, kind: str, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Deliver and wait for the answer. ``family``: command, interactive, options or event."""
        self.busy()
        try:
            fault = self._faults.take(f"delivery:{'interactive' if family == 'options' else family}", app.id)
            return await self._with_fault(fault, app, family, payload, kind, retry)
        finally:
            self.done()

    async def _with_fault(
        self, fault: Fault | None, app: App, family: str, payload: Json, kind: str, retry: tuple[int, str] | None
    ) -> Answer:
        if fault is None:
            return await self._deliver(app, family, payload, kind, retry)
        if fault.kind == "drop":
            entry = self._log.begin("out", app.id, kind, payload)
            await asyncio.sleep(self._workspace.patience)
            self._log.end(entry, None, refused="http_timeout", note="fault: dropped")
            return Answer(failure="http_timeout")
        if fault.kind == "duplicate":
            again = asyncio.create_task(self._deliver(app, family, payload, kind, retry, "fault: duplicate"))
            self._spare.add(again)
            again.add_done_callback(self._spare.discard)
        elif fault.kind == "delay":
            clock = self._workspace.clock
            await clock.sleep_until(clock.now() + fault.seconds)
        else:
            await self._let_another_pass()
        return await self._deliver(app, family, payload, kind, retry, f"fault: {fault.kind}")

    async def _let_another_pass(self) -> None:
        self._sent.clear()
        try:
            await asyncio.wait_for(self._sent.wait(), _REORDER_PATIENCE)
        except TimeoutError:
            return

    async def _deliver(
        self, app: App, family: str, payload: Json, kind: str, retry: tuple[int, str] | None, note: str = ""
    ) -> Answer:
        entry = self._log.begin("out", app.id, kind, payload)
        entry.note = note
        if app.socket_mode:
            answer = await self._sockets.send(app, _ENVELOPES[family], payload, retry)
        else:
            answer = await self._by_http(app, family, payload, retry)
        self._sent.set()
        self._written(app, entry, answer)
        return answer

    async def _by_http(self, app: App, family: str, payload: Json, retry: tuple[int, str] | None) -> Answer:
        url, patience = _address(app, family, payload), self._workspace.patience
        if not url:
            return Answer(failure="connection_failed")
        if family == "event":
            number, reason = retry or (0, "")
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
            return await http.send(self._client, app, url, http.as_json(payload), patience, headers)
        fields = payload if family == "command" else {"payload": json.dumps(payload)}
        return await http.send(self._client, app, url, http.form(fields), patience)

    def _written(self, app: App, entry: Entry, answer: Answer) -> None:
        self._log.end(entry, answer.body, answer.status, answer.failure or None)
        reachable = answer.failure != "connection_failed"
        if reachable != app.reachable:
            app.reachable = reachable
            self._workspace.tell_people({"type": "app", "app": app.id})

    async def challenge(self, app: App) -> Answer:
        """Ask the events URL to prove itself (``url_verification``), as Slack does when it is set."""
        challenge = self._workspace.new_secret()
        payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        entry = self._log.begin("out", app.id, "url_verification", payload)
        answer = await http.send(self._client, app, app.events_url, http.as_json(payload), self._workspace.patience)
        said = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.body
        if answer.acknowledged and said != challenge:
            answer.failure = "challenge_failed"
        self._written(app, entry, answer)
        return answer

    async def close(self) -> None:
        """Let go of the connections."""
        for task in self._spare:
            task.cancel()
        await self._client.aclose()


def _address(app: App, family: str, payload: Json) -> str:
    if family == "event":
        return app.events_url
    if family == "command":
        named = (command for command in app.commands if command["command"] == payload["command"])
        own = next(named, {}).get("url", "")
        return own or app.interactivity_url or app.events_url
    if family == "options" and app.options_url:
        return app.options_url
    return app.interactivity_url or app.events_url
