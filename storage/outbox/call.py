"""What goes into the outbox, and what comes back from Slack: the shape of a call and of its outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from storage.subjects import Key, Subject


class Sent(TypedDict, total=False):
    """What Slack said of a call that left: only what is needed afterwards, and only what this method gives.

    `channel` and `ts`: where a message stands. `id` and `title`: a bookmark. `name`: a new channel's. `message_id`: an
    e-mail's. `refused`: the code of a refusal that the room wants to hear (a call with `answers_refusal`).
    """

    channel: str
    ts: str
    id: str
    title: str
    name: str
    canvas_id: str
    file: str
    message_id: str
    refused: str


def files_lane(channel: str) -> str:
    """The lane of a channel's files, beside the one of its messages."""
    return f"{channel}/files"


@dataclass(frozen=True, slots=True)
class Call:
    """A call to put in the outbox. `key` names the occurrence: the same key is never written twice."""

    key: Key
    method: str
    arguments: dict[str, Any]
    lane: str
    handling: str = "unclassified"
    compartment: str = "mission"
    subject: Subject | None = None
    not_before: datetime | None = None
    attachment: bytes | None = None
    on_done: str | None = None
    caused_by: str | None = None
    request_id: str | None = field(default=None)
