"""Signed HTTP requests to an app (docs.slack.dev/authentication/verifying-requests-from-slack)."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.sandbox.records import App, Json


@dataclass
class Answer:
    """How an app answered: ``failure`` is empty, or Slack's word for what went wrong."""

    status: int | None = None
    body: Any = None
    failure: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def acknowledged(self) -> bool:
        """Whether the app took it: a status of 2xx in time."""
        return not self.failure


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature of a request: HMAC-SHA256 over ``v0:timestamp:body``."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def form(fields: Json) -> tuple[bytes, str]:
    """A form body and its content type."""
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def as_json(payload: Json) -> tuple[bytes, str]:
    """A JSON body and its content type."""
    return json.dumps(payload).encode(), "application/json"


async def send(
    client: httpx.AsyncClient,
    app: App,
    url: str,
    body: tuple[bytes, str],
    patience: float,
    extra: dict[str, str] | None = None,
) -> Answer:
    """Post a signed request and wait for the answer, at most so many seconds."""
    content, content_type = body
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(app.signing_secret, timestamp, content),
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        **(extra or {}),
    }
    try:
        response = await client.post(url, content=content, headers=headers, timeout=patience)
    except httpx.TimeoutException:
        return Answer(failure="http_timeout")
    except httpx.TooManyRedirects:
        return Answer(failure="too_many_redirects")
    except (httpx.HTTPError, httpx.InvalidURL):
        return Answer(failure="connection_failed")
    return _read(response)


def _read(response: httpx.Response) -> Answer:
    failure = "" if 200 <= response.status_code < 300 else "http_error"
    # Slack reads JSON only where the content type says so; anything else is text.
    told = "json" in response.headers.get("content-type", "").lower()
    body = decoded(response.text) if told else response.text.strip() or None
    return Answer(response.status_code, body, failure, dict(response.headers))


def decoded(text: str) -> Any:
    """An answer's body: JSON where it is JSON, else the text, None when empty."""
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text
