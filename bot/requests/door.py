"""The door: a request is read whole, within seconds, before any thread works on it.

A thread that reads a body waits for as long as the other side likes: a few connections that never finish theirs would
hold every thread, and nobody else would be answered. Here those cost a socket each and are shut after a while; only a
whole request gets a thread. (RSGI is the server's own interface; `Web` behind it is a plain WSGI application.)
"""

from __future__ import annotations

import asyncio
import http.client
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import structlog

from bot.requests.limits import ANSWERED_AT_ONCE, SECONDS_FOR_A_BODY
from bot.requests.web import LARGEST_BODY, LARGEST_BODY_READ, Environ, Web

# What a request and its server are called in the interface that `Web` speaks (PEP 3333).
WITHOUT_PREFIX = frozenset({"content-type", "content-length"})
TOO_SLOW, BROKEN = 408, 500

log = structlog.get_logger()


class Door:
    """RSGI application in front of `Web`. `seconds` is how long a whole body may take to come in."""

    def __init__(self, web: Web, *, seconds: float = SECONDS_FOR_A_BODY) -> None:
        self._web = web
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(ANSWERED_AT_ONCE, "request")

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(self._seconds):
                body = await read_whole(protocol)
        except TimeoutError:
            log.warning("a request was not finished in time", path=scope.path)
            protocol.response_empty(TOO_SLOW, [("connection", "close")])
            return
        loop = asyncio.get_running_loop()
        status, headers, content = await loop.run_in_executor(self._threads, self._answer, environ_of(scope, body))
        protocol.response_bytes(status, headers, content)

    def _answer(self, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
        answered: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answered.append((int(status.split(maxsplit=1)[0]), headers))

        try:
            content = b"".join(self._web(environ, start))
        except Exception:
            log.exception("a request could not be answered")
            return BROKEN, [("content-type", "text/plain")], http.client.responses[BROKEN].encode()
        status, headers = answered[-1]
        return status, headers, content


async def read_whole(protocol: Any) -> bytes:
    """The body; of one that is larger than we take, only as much as shows that.

    What is too large is read all the same, up to a limit: whoever still sends would find the line cut, not our answer.
    """
    kept, size = bytearray(), 0
    async for part in protocol:
        size += len(part)
        if len(kept) <= LARGEST_BODY:
            kept += part
        if size > LARGEST_BODY_READ:
            break
    return bytes(kept)


def environ_of(scope: Any, body: bytes) -> Environ:
    """The request as PEP 3333 names its parts, with a body of known length."""
    environ: Environ = {}
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if name in WITHOUT_PREFIX else f"HTTP_{key}"] = value
    return environ | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path,
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
