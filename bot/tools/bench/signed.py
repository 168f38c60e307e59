"""One signed request through a WSGI application in this process, without a server around it."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from bot.tools.demo.play import SIGNING_SECRET

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def signature(body: bytes, stamp: str, secret: str = SIGNING_SECRET) -> str:
    """The header by which Slack signs."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def ask(application: Application, body: bytes) -> None:
    """Send it. Raises RuntimeError when the answer is not 200."""
    stamp, answered = str(int(time.time())), []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/slack/events",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp,
        "HTTP_X_SLACK_SIGNATURE": signature(body, stamp),
    }
    b"".join(application(environ, lambda status, *_rest: answered.append(status)))
    if answered != ["200 OK"]:
        raise RuntimeError(f"answered with {answered}")
