"""The HTTP side: Slack's deliveries, health and metrics, as one small WSGI application."""

from __future__ import annotations

import hmac
import http.client
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Product
from bot.delivery.slack import SlackTrouble
from storage.connection.trouble import NotNowError
from storage.machine import get_facts
from storage.migrate import is_current
from storage.missions import Mission
from storage.outbox.report import depth, oldest_due

TIMESTAMP = re.compile(r"[0-9]{1,12}")
LARGEST_BODY = 1_000_000
LARGEST_BODY_READ = 20_000_000
READ_AT_ONCE = 65_536
HEARTBEAT_OLD_AFTER = timedelta(seconds=60)
OUTBOX_STUCK_AFTER = timedelta(minutes=10)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

log = structlog.get_logger()


@dataclass(slots=True)
class Web:
    """WSGI: `POST /slack/events`, `GET /health/live`, `GET /health/ready`, `GET /metrics`.

    Without `app` (Socket Mode) Slack's path does not exist: nothing signed arrives there.
    """

    product: Product
    app: App | None

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if (method, path) == ("POST", "/slack/events") and self.app is not None:
            return self._slack(self.app, environ, start)
        pages = {"/health/live": self._live, "/health/ready": self._ready, "/metrics": self._metrics}
        if method == "GET" and path in pages:
            return pages[path](start)
        return _answer(start, 404, b'{"error":"not found"}')

    def _slack(self, app: App, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        body = read_body(environ)
        if body is None:
            return _answer(start, 413, b'{"error":"too large"}')
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        # Bolt stumbles over a timestamp that is no number: refuse it before it does.
        if not TIMESTAMP.fullmatch(str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))):
            return _answer(start, 401, b'{"error":"no timestamp"}')
        if not self._is_signed(body, environ):
            return _answer(start, 401, b'{"error":"invalid signature"}')
        handler = SlackRequestHandler(app, path="/slack/events")
        try:
            answer: Iterable[bytes] = handler(environ, start)
        except (ValueError, RecursionError) as error:
            # Signed, and still no text, no JSON or nested beyond reason: nothing can be done with it, now or later.
            log.warning("a signed request could not be read", reason=type(error).__name__)
            return _answer(start, 400, b'{"error":"unreadable"}')
        return answer

    def _is_signed(self, body: bytes, environ: Environ) -> bool:
        """Whether Slack signed these very bytes: asked before anybody reads them as text, form or JSON.

        Bolt asks again, and whether the stamp is fresh.
        """
        secret = self.product.settings.slack_signing_secret.get_secret_value().encode()
        stamp = str(environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"]).encode()
        expected = "v0=" + hmac.new(secret, b"v0:" + stamp + b":" + body, "sha256").hexdigest()
        given = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        return given.isascii() and hmac.compare_digest(expected, given)

    def _live(self, start: StartResponse) -> Iterable[bytes]:
        return _answer(start, 200, b'{"live":true}')

    def _ready(self, start: StartResponse) -> Iterable[bytes]:
        findings = readiness(self.product)
        body = json.dumps({"ready": not findings, "findings": findings}).encode()
        return _answer(start, 503 if findings else 200, body)

    def _metrics(self, start: StartResponse) -> Iterable[bytes]:
        try:
            self._measure_outbox()
        except (SQLAlchemyError, NotNowError):
            log.warning("the outbox could not be measured")
        return _answer(start, 200, self.product.metrics.text(), "text/plain; version=0.0.4; charset=utf-8")

    def _measure_outbox(self) -> None:
        product = self.product
        with product.database.reading() as session:
            product.metrics.depth.set(depth(session))
            due = oldest_due(session, product.now())
        product.metrics.oldest.set((product.now() - due).total_seconds() if due else 0)


def read_body(environ: Environ) -> bytes | None:
    """The whole body, also one that came in chunks without a length; None when it is larger than we take.

    What is too large is read all the same, up to a limit: whoever still sends would find the line cut, not our answer.
    """
    announced = environ.get("CONTENT_LENGTH") or ""
    whole = environ.get("wsgi.input_terminated", False)
    length = int(announced) if announced.isdecimal() else 0
    left = LARGEST_BODY_READ if whole and not length else min(length, LARGEST_BODY_READ)
    kept, size = [], 0
    while left > 0 and (part := environ["wsgi.input"].read(min(left, READ_AT_ONCE))):
        left, size = left - len(part), size + len(part)
        if size <= LARGEST_BODY:
            kept.append(part)
    return b"".join(kept) if size <= LARGEST_BODY else None


def readiness(product: Product) -> list[str]:
    """What keeps this installation from doing its work, in plain words; empty when nothing does."""
    now = product.now()
    try:
        if not is_current(product.database):
            return ["the database needs `python -m bot migrate`"]
        with product.database.reading() as session:
            beat = get_facts(session, "").get("worker:heartbeat")
            due = oldest_due(session, now)
        findings = _paused(product)
    except (SQLAlchemyError, NotNowError):
        return ["the database cannot be reached"]
    if beat is None or now - beat.written_at > HEARTBEAT_OLD_AFTER:
        findings.append("no worker has been heard of for a minute")
    if due is not None and now - due > OUTBOX_STUCK_AFTER:
        findings.append(f"a message waits since {_stamp(due)}")
    return findings


def _paused(product: Product) -> list[str]:
    try:
        mission_id = product.identity.team_id()
    except SlackTrouble as trouble:
        return [f"Slack has never told us who we are ({trouble.code})"]
    with product.database.reading() as session:
        mission = session.get(Mission, mission_id)
    if mission is None or mission.paused_reason is None:
        return []
    return [f"nothing can be sent: Slack says {mission.paused_reason}"]


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _answer(start: StartResponse, status: int, body: bytes, kind: str = "application/json") -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start(f"{status} {http.client.responses[status]}", headers)
    return [body]
