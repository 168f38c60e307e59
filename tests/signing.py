"""Deliveries as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac
import time

from tests.world import SIGNING_SECRET

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def signed(body: bytes, kind: str = JSON, *, secret: str = SIGNING_SECRET, stamp: str = "") -> dict[str, str]:
    """The headers of a delivery with this body; `stamp` is when it was sent, now unless it is given."""
    stamp = stamp or str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}
