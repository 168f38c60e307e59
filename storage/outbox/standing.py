"""What stands in a channel that is above Unclassified or of a side.

As far as the outbox and the messages that are kept current tell.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.compartments import Compartment
from storage.outbox.queue import OutboxRow, State
from storage.posts import Post

PLAIN = "unclassified"
SET_TOPIC = "conversations.setTopic"
DELETE_MESSAGE, DELETE_FILE, DELETE_CANVAS = "chat.delete", "files.delete", "canvases.delete"
# How what a method made is deleted, and what of Slack's answer names it; a channel has one topic.
MADE_BY = {
    "chat.postMessage": (DELETE_MESSAGE, "ts"),
    "show": (DELETE_MESSAGE, "ts"),
    "files.upload": (DELETE_FILE, "file"),
    "channel.canvas": (DELETE_CANVAS, "canvas_id"),
    SET_TOPIC: (SET_TOPIC, ""),
}
NAMED = {DELETE_MESSAGE: "ts", DELETE_FILE: "file", DELETE_CANVAS: "canvas_id"}


class Standing(NamedTuple):
    """One text of ours: by which method it is deleted, and what names it there (for a topic nothing)."""

    method: str
    name: str


def standing_texts(session: Session, mission_id: str, channel_id: str) -> list[Standing]:
    """Texts of ours in a channel that are above Unclassified or of a side, or of which nobody remembers; oldest first.

    Left out is what was deleted, or is about to be.
    """
    levels: dict[Standing, str] = {}
    for row in session.execute(_calls(mission_id, channel_id)):
        if row.method in NAMED:
            levels[Standing(row.method, str(row.arguments[NAMED[row.method]]))] = PLAIN
        elif found := _made(row.method, row.outcome):
            levels[found] = row.handling if row.compartment == Compartment.MISSION else row.compartment
    posts = select(Post.ts).where(Post.mission_id == mission_id, Post.channel_id == channel_id)
    for ts in session.scalars(posts.order_by(Post.ts)):
        levels.setdefault(Standing(DELETE_MESSAGE, ts), "")
    return [one for one, level in levels.items() if level != PLAIN]


def _calls(mission_id: str, channel_id: str) -> Any:
    """Every call that made something in a channel, and every deletion that has left or waits, in their order."""
    left = (OutboxRow.state == State.SENT) & OutboxRow.method.in_(MADE_BY)
    deletes = OutboxRow.state.in_([State.SENT, State.PENDING]) & OutboxRow.method.in_(NAMED)
    query = select(OutboxRow.method, OutboxRow.handling, OutboxRow.compartment, OutboxRow.arguments, OutboxRow.outcome)
    return query.where(
        OutboxRow.mission_id == mission_id,
        OutboxRow.arguments["channel"].as_string() == channel_id,
        left | deletes,
    ).order_by(OutboxRow.id)


def _made(method: str, outcome: dict[str, Any] | None) -> Standing | None:
    deleted_by, name = MADE_BY[method]
    if not name:
        return Standing(deleted_by, "")
    named = (outcome or {}).get(name)
    return Standing(deleted_by, str(named)) if named else None


def forget_messages(session: Session, mission_id: str, channel_id: str, stamps: list[str]) -> None:
    """These messages are deleted: what is said of their subjects from now on is posted anew."""
    gone = (Post.mission_id == mission_id, Post.channel_id == channel_id, Post.ts.in_(stamps))
    session.execute(delete(Post).where(*gone))
