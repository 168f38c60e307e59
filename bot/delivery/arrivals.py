"""Looking in Slack for what an attempt whose outcome is unknown may have left there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.delivery.slack import Permanent, SlackCalls
from storage.outbox import Claimed, Sent

LOOKED_THROUGH = 200
PAGES_LOOKED_THROUGH = 5
# Our clock and Slack's may differ; a message of ours is never older than this before its first attempt.
CLOCKS_DIFFER_BY = timedelta(hours=1)
CANNOT_LOOK = "cannot_look"


def find_operation(slack: SlackCalls, row: Claimed, arguments: dict[str, Any]) -> Sent | None:
    """The message of an earlier attempt, known by the key in its metadata."""
    channel = str(arguments["channel"])
    try:
        messages = _recent(slack, channel, arguments.get("thread_ts"), row)
    except Permanent as refusal:
        # Into a public channel we may write without being in it, but not look: a person must decide.
        raise Permanent(CANNOT_LOOK) if refusal.code == "not_in_channel" else refusal from refusal
    for message in messages:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        if payload.get("key") == row.key:
            return {"channel": channel, "ts": str(message["ts"])}
    return None


def has_file(slack: SlackCalls, channel: str, thread_ts: str | None, file_id: str, row: Claimed) -> bool:
    """Whether the file of an earlier attempt is in the channel, or in the thread."""
    since = None if row.first_tried_at is None else f"{(row.first_tried_at - CLOCKS_DIFFER_BY).timestamp():.6f}"
    method = "conversations.replies" if thread_ts else "conversations.history"
    place = {"channel": channel, **({"ts": thread_ts} if thread_ts else {})}
    page = slack.call(method, **place, limit=LOOKED_THROUGH, oldest=since)
    return any(file.get("id") == file_id for one in page.get("messages") or [] for file in one.get("files") or [])


def _recent(slack: SlackCalls, channel: str, thread_ts: str | None, row: Claimed) -> list[dict[str, Any]]:
    method = "conversations.replies" if thread_ts else "conversations.history"
    place = {"channel": channel, **({"ts": thread_ts} if thread_ts else {})}
    found: list[dict[str, Any]] = []
    cursor = ""
    for _page in range(PAGES_LOOKED_THROUGH):
        page = slack.call(method, **place, limit=LOOKED_THROUGH, include_all_metadata=True, cursor=cursor or None)
        messages = page.get("messages") or []
        found += messages
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor or (not thread_ts and _before_first_attempt(messages, row)):
            break
    return found


def _before_first_attempt(messages: list[dict[str, Any]], row: Claimed) -> bool:
    if not messages or row.first_tried_at is None:
        return False
    earliest = (row.first_tried_at - CLOCKS_DIFFER_BY).timestamp()
    return min(float(message["ts"]) for message in messages) < earliest


def worth_keeping(answer: dict[str, Any]) -> Sent:
    """What of an answer of Slack's is remembered: where the message stands."""
    channel = answer.get("channel")
    kept = Sent()
    if place := channel.get("id") if isinstance(channel, dict) else channel:
        kept["channel"] = place
    if answer.get("ts"):
        kept["ts"] = answer["ts"]
    return kept
