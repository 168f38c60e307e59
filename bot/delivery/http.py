"""One request to Slack over a kept connection, and an honest word on how far it got when it fails.

Slack is often a satellite link away: a fresh TLS connection costs two or three round trips before the first byte of a
call, so every thread keeps one connection and uses it again.
"""

from __future__ import annotations

import base64
import http.client
import select
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.delivery.version import user_agent

LARGEST_ANSWER = 20_000_000


class NeverSentError(Exception):
    """The request did not leave this machine: nothing was done."""


class NoAnswerError(Exception):
    """The request may have arrived, and no whole answer came. `timed_out` says that Slack may still be at work."""

    def __init__(self, reason: str, *, timed_out: bool) -> None:
        super().__init__(reason)
        self.timed_out = timed_out


@dataclass(frozen=True, slots=True)
class Reply:
    """What Slack answered. Names of headers are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Connection:
    """Posts to one server. `seconds` bounds connecting, and each wait for bytes; any number of threads may use it."""

    def __init__(self, base_url: str, *, seconds: float) -> None:
        parts = urlsplit(base_url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._path = parts.path.rstrip("/") + "/"
        self._seconds = seconds
        # Building a TLS context costs 26 ms of CPU: one serves all connections.
        self._context = ssl.create_default_context() if self._secure else None
        self._kept = threading.local()

    def post(self, path: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """Send one request below the base address. Raises NeverSentError or NoAnswerError."""
        connection = self._connection()
        try:
            connection.request("POST", self._path + path, body=content, headers={"User-Agent": user_agent(), **headers})
            answer = connection.getresponse()
            body = answer.read(LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            self._forget()
            raise NoAnswerError(type(error).__name__, timed_out=isinstance(error, TimeoutError)) from error
        return Reply(answer.status, body, {name.lower(): value for name, value in answer.getheaders()})

    def _connection(self) -> http.client.HTTPConnection:
        kept: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        if kept is not None and kept.sock is not None and not _was_closed(kept):
            return kept
        self._forget()
        fresh = self._dial()
        try:
            fresh.connect()
        except (OSError, http.client.HTTPException) as error:
            fresh.close()
            raise NeverSentError(_reason(error)) from error
        self._kept.connection = fresh
        return fresh

    def _dial(self) -> http.client.HTTPConnection:
        proxy = self._proxy()
        host, port = (proxy[0], proxy[1]) if proxy else (self._host, self._port)
        if self._context is None:
            return http.client.HTTPConnection(host, port, timeout=self._seconds)
        connection = http.client.HTTPSConnection(host, port, timeout=self._seconds, context=self._context)
        if proxy:
            connection.set_tunnel(self._host, self._port, headers=proxy[2])
        return connection

    def _proxy(self) -> tuple[str, int, dict[str, str]] | None:
        """The proxy that the environment names for TLS (`HTTPS_PROXY`, `NO_PROXY`), as every Python client reads it."""
        address = urllib.request.getproxies().get("https", "") if self._secure else ""
        if not address or urllib.request.proxy_bypass(self._host):
            return None
        parts = urlsplit(address if "://" in address else f"http://{address}")
        headers = {"User-Agent": user_agent()}
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            headers["Proxy-Authorization"] = f"Basic {base64.b64encode(login).decode()}"
        return parts.hostname or "", parts.port or 80, headers

    def _forget(self) -> None:
        kept = getattr(self._kept, "connection", None)
        if kept is not None:
            kept.close()
            self._kept.connection = None


def _reason(error: Exception) -> str:
    """What kind of error it was; of a proxy that opened no line, also what it said (`407 Proxy Authentication ...`)."""
    return f"{type(error).__name__} {error}" if "Tunnel connection failed" in str(error) else type(error).__name__


def _was_closed(connection: http.client.HTTPConnection) -> bool:
    """Whether the other side hung up while the connection lay idle: what we would send would be lost or doubtful."""
    waiting = select.poll()
    waiting.register(connection.sock, select.POLLIN)
    return bool(waiting.poll(0))
