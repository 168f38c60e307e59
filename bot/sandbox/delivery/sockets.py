"""Socket Mode: each envelope goes to exactly one of an app's connections, which must acknowledge it."""

import asyncio
import json
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.delivery.http import Answer
from bot.sandbox.log import Log
from bot.sandbox.records import App, Json
from bot.sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
TICKET_SECONDS = 30.0


@dataclass(eq=False)
class Connection:
    """One open socket of an app."""

    app_id: str
    socket: WebSocket
    waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    retiring: bool = False

    async def send(self, message: Json) -> None:
        """Send one JSON text."""
        await self.socket.send_text(json.dumps(message))


class Sockets:
    """Every app's connections."""

    def __init__(self, workspace: Workspace, log: Log) -> None:
        self._workspace = workspace
        self._log = log
        self._open: dict[str, list[Connection]] = defaultdict(list)
        self._tickets: dict[str, tuple[str, float]] = {}
        self._turn = count()

    def ticket(self, app: App) -> str:
        """The address of a socket for ``apps.connections.open``; good once, for thirty seconds."""
        ticket = self._workspace.new_secret()
        self._tickets[ticket] = (app.id, time.monotonic() + TICKET_SECONDS)
        base = self._workspace.url.replace("http", "ws", 1)
        return f"{base}/socket?ticket={ticket}&app_id={app.id}"

    def connected(self, app_id: str) -> bool:
        """Whether the app has a socket."""
        return any(not connection.retiring for connection in self._open[app_id])

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection from hello to its end."""
        app_id, expires = self._tickets.pop(socket.query_params.get("ticket", ""), ("", 0.0))
        if expires < time.monotonic():
            await socket.close(4001)
            return
        await socket.accept()
        connection = Connection(app_id, socket)
        if len(self._open[app_id]) >= MOST_CONNECTIONS:
            await connection.send({"type": "disconnect", "reason": "too_many_websockets", "debug_info": _debug()})
            await socket.close(1000)
            return
        await self._hold(connection)

    async def _hold(self, connection: Connection) -> None:
        self._open[connection.app_id].append(connection)
        self._note(connection.app_id, "hello")
        info = {"app_id": connection.app_id}
        number = len(self._open[connection.app_id])
        hello = {"type": "hello", "num_connections": number, "connection_info": info, "debug_info": _debug()}
        try:
            await connection.send(hello)
            while True:
                self._heard(connection, await connection.socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._drop(connection)

    def _drop(self, connection: Connection) -> None:
        if connection in self._open[connection.app_id]:
            self._open[connection.app_id].remove(connection)
        for waiting in connection.waiting.values():
            if not waiting.done():
                waiting.set_result(Answer(failure="connection_failed"))
        self._note(connection.app_id, "closed")

    def _heard(self, connection: Connection, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = connection.waiting.pop(said.get("envelope_id", ""), None) if isinstance(said, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(Answer(status=200, body=said.get("payload") or None))

    async def send(self, app: App, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Answer:
        """Send an envelope down one of the app's sockets and wait for its acknowledgement."""
        able = [connection for connection in self._open[app.id] if not connection.retiring]
        if not able:
            return Answer(failure="connection_failed")
        connection = able[next(self._turn) % len(able)]
        envelope: Json = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            number, reason = retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = waiting
        try:
            await connection.send(envelope)
            return await asyncio.wait_for(waiting, self._workspace.patience)
        except TimeoutError:
            return Answer(failure="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Answer(failure="connection_failed")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, app: App, reason: str) -> None:
        """Tell the app's sockets to go; all but ``warning`` close them."""
        for connection in list(self._open[app.id]):
            connection.retiring = reason != "warning"
            await connection.send({"type": "disconnect", "reason": reason, "debug_info": _debug()})
            if reason != "warning" and connection.socket.application_state is WebSocketState.CONNECTED:
                await connection.socket.close(1000)

    async def close(self) -> None:
        """Close every socket."""
        for connections in self._open.values():
            for connection in list(connections):
                if connection.socket.application_state is WebSocketState.CONNECTED:
                    await connection.socket.close(1001)

    def _note(self, app_id: str, what: str) -> None:
        entry = self._log.begin("out", app_id, "socket", {"type": what})
        self._log.end(entry, None)
        self._workspace.tell_people({"type": "app", "app": app_id})


def _debug() -> Json:
    return {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060}
