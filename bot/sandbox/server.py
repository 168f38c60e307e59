"""The sandbox as an HTTP server: Slack's interface, the control interface and the page on one port."""

import asyncio
import errno
import logging
import socket as sockets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox import files, unseen
from bot.sandbox.api.transport import CutError, answer_call
from bot.sandbox.avatar import avatar
from bot.sandbox.control.routes import routes
from bot.sandbox.control.see import file_response
from bot.sandbox.delivery.http import decoded
from bot.sandbox.records import Refused, StoredFile
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.store.seed import Seed, SeedError, read_seed

_PAGE = Path(__file__).parent / "page"
_LOG = logging.getLogger(__name__)


class PortInUseError(OSError):
    """Somebody else listens on the port."""


def application(seed: Seed, *, data: Path | None = None, strict: bool = False, url: str) -> Starlette:
    """The ASGI application; its sandbox is ``app.state.sandbox`` once it runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.sandbox = Sandbox(seed, data, strict, url)
        yield
        await app.state.sandbox.close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/", _page),
            Mount("/page", StaticFiles(directory=_PAGE, check_dir=False)),
            Route("/api/{method}", _call, methods=["GET", "POST"]),
            Route("/upload/v1/{file}", _upload, methods=["POST", "PUT"]),
            Route("/files/{name}/{rest:path}", _download),
            Route("/respond/{team}/{key}", _respond, methods=["POST"]),
            Route("/avatar/{person}.svg", _avatar),
            WebSocketRoute("/socket", _socket),
            *routes(),
        ],
    )


async def _page(_request: Request) -> Response:
    index = _PAGE / "index.html"
    if not index.is_file():
        return PlainTextResponse("The sandbox runs; its page is not installed. See CONTROL.md for the HTTP interface.")
    return FileResponse(index)


async def _call(request: Request) -> Response:
    try:
        return await answer_call(request, request.app.state.sandbox)
    except CutError:
        return _Cut()


class _Cut(Response):
    """Closes the connection without an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["connection"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class _Connection(H11Protocol):
    """A connection that requests can reach, so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "connection": transport}
        super().connection_made(transport)


async def _upload(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    file = sandbox.workspace.files.get(request.path_params["file"])
    content = await _sent_bytes(request)
    entry = sandbox.log.begin("in", file.app_id if file else "", "upload", {"bytes": len(content)})
    if file is None or file.state != "waiting":
        sandbox.log.end(entry, None, 404, "file_not_found")
        return PlainTextResponse("file_not_found", 404)
    if len(content) != file.size:
        sandbox.log.end(entry, None, 400, "size_mismatch")
        return PlainTextResponse(f"size mismatch: {file.size} bytes were announced, {len(content)} came", 400)
    files.store(sandbox.workspace, file, content)
    sandbox.log.end(entry, None, 200)
    sandbox.flush()
    return PlainTextResponse(f"OK - {len(content)}")


async def _sent_bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    form = await request.form()
    for sent in form.values():
        if not isinstance(sent, str):
            return await sent.read()
    return b""


async def _download(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    app = next((one for one in sandbox.workspace.apps.values() if token and token == one.bot_token), None)
    id_ = request.path_params["name"].rpartition("-")[2]
    try:
        if app is None or not app.installed or "files:read" not in app.scopes:
            # Slack answers a page to sign in, with status 200, to who may not read the file.
            return Response("<!DOCTYPE html><html><body>Sign in to Slack</body></html>", media_type="text/html")
        file = _readable(sandbox, id_, app.bot_user)
        content = sandbox.workspace.keep.read_bytes(file.id)
        return file_response(content, file, download=request.path_params["rest"].startswith("download/"))
    except Refused as refusal:
        return PlainTextResponse(refusal.code, 404)


def _readable(sandbox: Sandbox, id_: str, bot: str) -> StoredFile:
    file = sandbox.workspace.files.get(id_)
    # A file put into a form is in no channel, yet the app that asked for it may read it.
    seen = file is not None and (files.may_see(sandbox.workspace, file, bot) or not files.shared_in(file))
    if file is None or file.deleted or not seen:
        raise Refused("file_not_found")
    return file


async def _respond(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    key = request.path_params["key"]
    body = await _payload(request)
    entry = sandbox.log.begin("in", sandbox.responses.app_id(key), "response_url", body)
    try:
        sandbox.responses.use(key, body)
    except Refused as refusal:
        status = 404 if refusal.code in {"used_url", "expired_url"} else 400
        told = {"ok": False, "error": refusal.code, **refusal.extra}
        sandbox.log.end(entry, told, status, refusal.code)
        return JSONResponse(told, status)
    entry.slips = unseen.of(sandbox.workspace, body)
    sandbox.log.end(entry, "ok", 200)
    sandbox.flush()
    return PlainTextResponse("ok")


async def _payload(request: Request) -> Any:
    """What was posted to a response URL: JSON said to be JSON, or a form with a ``payload``; else None."""
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith("application/x-www-form-urlencoded"):
        return decoded(str((await request.form()).get("payload", "")))
    return decoded((await request.body()).decode("utf-8", "replace")) if "json" in kind else None


async def _avatar(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    person = sandbox.workspace.people.get(request.path_params["person"])
    name, seed = (person.name, person.id) if person else ("?", "?")
    return Response(avatar(name, seed), media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


async def _socket(socket: WebSocket) -> None:
    sandbox: Sandbox = socket.app.state.sandbox
    await sandbox.sockets.serve(socket)


def listen(host: str, port: int) -> sockets.socket:
    """A listening socket; port 0 is any free one.

    Raises:
        PortInUseError: somebody else listens there.
    """
    # The protocol is named because asyncio switches Nagle's delay off only for sockets that name it; without that
    # every answer waits 40 ms for the caller's acknowledgement.
    family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
    sock = sockets.socket(family, sockets.SOCK_STREAM, sockets.IPPROTO_TCP)
    sock.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(256)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(f"port {port} on {host} is in use; choose another one with --port") from error
        raise
    return sock


def make_server(sock: sockets.socket, seed: Seed, *, data: Path | None, strict: bool) -> uvicorn.Server:
    """The server for a listening socket."""
    host, port = sock.getsockname()[:2]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - shown, not bound
    app = application(seed, data=data, strict=strict, url=f"http://{shown}:{port}")
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="on",
        http=_Connection,
        ws="websockets-sansio",
        ws_ping_interval=None,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def serve(
    *, port: int, seed: Path | None = None, data: Path | None = None, strict: bool = False, host: str = "127.0.0.1"
) -> None:
    """Serve a workspace until interrupted. A bad seed or a port in use end the process with one line."""
    try:
        checked = read_seed(seed)
        sock = listen(host, port)
    except (SeedError, PortInUseError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        raise SystemExit(2) from error
    name = checked.workspace.name
    sys.stdout.write(f"{name}: http://{host}:{sock.getsockname()[1]}/ (SLACK_API_URL is that with api/ at its end)\n")
    sys.stdout.flush()
    make_server(sock, checked, data=data, strict=strict).run([sock])
