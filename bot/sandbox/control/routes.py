"""The paths under ``/sandbox`` and the live socket."""

import asyncio

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox import files
from bot.sandbox.control import do, run, see, sharing, shown  # noqa: F401 - they register what they answer
from bot.sandbox.control.way import DONE, SEEN, Asked, Doing, arguments_of
from bot.sandbox.gestures import talk
from bot.sandbox.log import Entry
from bot.sandbox.records import Json, Refused
from bot.sandbox.sandbox import Sandbox

_NOT_FOUND = ("not_found", "not_open")
_CONFLICT = ("taken", "already")
_FORBIDDEN = ("not_in_channel", "not_own", "not_authorized", "restricted")


def routes() -> list[BaseRoute]:
    """Every control path."""
    seen = [Route(f"/sandbox/{path}", _route(doing), methods=["GET"]) for path, doing in SEEN.items()]
    done = [Route(f"/sandbox/{path}", _route(doing), methods=["POST"]) for path, doing in DONE.items()]
    own = [
        Route("/sandbox/files/{file}", _file, methods=["GET"]),
        Route("/sandbox/files", _upload, methods=["POST"]),
        WebSocketRoute("/sandbox/live", _live),
    ]
    return [*own, *seen, *done]


def refused(refusal: Refused) -> Response:
    """A refusal as JSON."""
    code = refusal.code
    status = 400
    for words, found in ((_NOT_FOUND, 404), (_CONFLICT, 409), (_FORBIDDEN, 403)):
        if any(word in code for word in words):
            status = found
            break
    return JSONResponse({"ok": False, "error": code, "message": refusal.message}, status)


class _Answer:
    """A route that answers a control request and writes down what changed."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    async def __call__(self, request: Request) -> Response:
        sandbox: Sandbox = request.app.state.sandbox
        try:
            told = await self._doing(Asked(sandbox, await arguments_of(request)))
        except Refused as refusal:
            return refused(refusal)
        sandbox.flush()
        return JSONResponse({"ok": True, **told})


def _route(doing: Doing):  # type: ignore[no-untyped-def]
    answer = _Answer(doing)

    async def endpoint(request: Request) -> Response:
        return await answer(request)

    return endpoint


async def _file(request: Request) -> Response:
    asked = Asked(request.app.state.sandbox, dict(request.query_params))
    try:
        return await see.file_bytes(request, asked)
    except Refused as refusal:
        return refused(refusal)


async def _upload(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    form = await request.form()
    sent = form.get("file")
    asked = Asked(sandbox, {name: value for name, value in form.items() if isinstance(value, str)})
    try:
        name, content = await _sent(sent)
        file = files.announce(sandbox.workspace, name, len(content), asked.person.id, title=asked.text("title"))
        files.store(sandbox.workspace, file, content)
        files.complete(sandbox.workspace, file)
        if asked.text("channel"):
            talk.say(
                sandbox,
                asked.person,
                asked.channel(),
                asked.text("comment"),
                thread_ts=asked.text("thread_ts"),
                file_ids=[file.id],
            )
    except Refused as refusal:
        return refused(refusal)
    sandbox.flush()
    return JSONResponse({"ok": True, "file": files.as_slack(sandbox.workspace, file)})


async def _sent(sent: object) -> tuple[str, bytes]:
    if not isinstance(sent, UploadFile):
        raise Refused("missing_argument", "file is missing")
    return sent.filename or "file", await sent.read()


async def _live(socket: WebSocket) -> None:
    sandbox: Sandbox = socket.app.state.sandbox
    try:
        me = sandbox.workspace.person(socket.query_params.get("as", "")).id
    except Refused:
        await socket.close(4004)
        return
    await socket.accept()
    entries: asyncio.Queue[Json] = asyncio.Queue(maxsize=1000)

    def noted(entry: Entry) -> None:
        if not entries.full():
            entries.put_nowait({"type": "log", "entry": entry.to_json()})

    if socket.query_params.get("log") == "1":
        sandbox.log.listeners.append(noted)
    tasks = [
        asyncio.create_task(_push_news(socket, sandbox, me)),
        asyncio.create_task(_push_entries(socket, entries)),
        asyncio.create_task(_until_gone(socket)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if noted in sandbox.log.listeners:
            sandbox.log.listeners.remove(noted)


async def _push_news(socket: WebSocket, sandbox: Sandbox, me: str) -> None:
    live = sandbox.live
    given = socket.query_params.get("after", "")
    seen = int(given) if given.isdigit() else live.last
    await socket.send_json({"type": "hello", "seq": seen})
    if seen < live.oldest:
        seen = live.last
        await socket.send_json({"type": "reload", "seq": seen})
    while True:
        found = live.after(seen, me)
        seen = live.last
        for news in found:
            await socket.send_json(shown.news(sandbox, news, me))
        await live.wait(seen)


async def _push_entries(socket: WebSocket, entries: asyncio.Queue[Json]) -> None:
    while True:
        await socket.send_json(await entries.get())


async def _until_gone(socket: WebSocket) -> None:
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return
