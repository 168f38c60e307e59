"""Deleting texts of ours in Slack. What is gone already is as good as deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.delivery.slack import Permanent, SlackCalls
from storage.outbox import Claimed, Sent

GONE = frozenset({"message_not_found", "file_not_found", "file_deleted", "canvas_not_found"})


@dataclass(frozen=True, slots=True)
class Deletions:
    """The calls that delete something. Raises what `SlackCalls` raises, but for what is not there any more."""

    slack: SlackCalls

    def message(self, row: Claimed) -> Sent:
        """Delete one message."""
        self._delete("chat.delete", channel=row.arguments["channel"], ts=row.arguments["ts"])
        return {}

    def file(self, row: Claimed) -> Sent:
        """Delete a file with the message that brought it: its comment would stay."""
        channel, file = str(row.arguments["channel"]), str(row.arguments["file"])
        for ts in self._messages_with(channel, file):
            self._delete("chat.delete", channel=channel, ts=ts)
        self._delete("files.delete", file=file)
        return {}

    def canvas(self, row: Claimed) -> Sent:
        """Delete a canvas."""
        self._delete("canvases.delete", canvas_id=row.arguments["canvas_id"])
        return {}

    def _messages_with(self, channel: str, file: str) -> list[str]:
        try:
            shown = self.slack.call("files.info", file=file)["file"]
        except Permanent as refusal:
            if refusal.code in GONE:
                return []
            raise
        shares = shown.get("shares") or {}
        places = [kind.get(channel) or [] for kind in shares.values()]
        return [str(one["ts"]) for place in places for one in place if one.get("ts")]

    def _delete(self, method: str, **arguments: Any) -> None:
        try:
            self.slack.call(method, **arguments)
        except Permanent as refusal:
            if refusal.code not in GONE:
                raise
