"""Deliveries that Slack made, brought to the product once more: later, or with something else in them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.signing import FORM, signed
from tests.waiting import PATIENCE
from tests.world import World


def delivered(world: World, kind: str) -> dict[str, Any]:
    """The newest delivery of one kind, for example `view_submission`."""
    request: dict[str, Any] = world.workspace.calls(kind)[-1]["request"]
    return request


def bring(world: World, payload: dict[str, Any]) -> dict[str, Any]:
    """Deliver an interaction, signed as Slack signs. Returns what it is answered with."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    answer = httpx.post(
        world.url,
        content=body,
        headers=signed(body, FORM),
        timeout=PATIENCE,
    )
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json() if answer.text else {}
    return found
