"""The calls that make a channel, each of which finds out first what an attempt of unknown outcome has done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.arrivals import worth_keeping
from bot.delivery.slack import Permanent, SlackCalls, Transient
from storage.channel_setups import ChannelSetup
from storage.database import Database
from storage.outbox import Claimed, Sent, files_lane
from storage.outbox.waiting import lane_waits

PER_PAGE = 200
CLOCKS_DIFFER_BY = timedelta(minutes=2)


@dataclass(slots=True)
class ChannelCalls:
    """Makes channels, bookmarks and canvases. Raises what `SlackCalls` raises."""

    database: Database
    slack: SlackCalls
    bot_user_id: Callable[[], str]
    now: Callable[[], datetime]

    def create(self, row: Claimed) -> Sent:
        """Make a private channel; the one an earlier attempt made, where its answer was lost."""
        name = str(row.arguments["name"])
        found = self._made_before(row, name) if row.uncertain else None
        if found is None:
            try:
                found = self.slack.call("conversations.create", name=name, is_private=True)["channel"]
            except Permanent as refusal:
                if refusal.code != "name_taken" or not row.uncertain:
                    raise
                # It may have taken Slack a moment to list what the lost attempt made.
                found = self._made_before(row, name)
                if found is None:
                    raise
        return {"channel": str(found["id"]), "name": str(found.get("name") or name)}

    def _made_before(self, row: Claimed, name: str) -> dict[str, Any] | None:
        """A channel of this name that we created since the first attempt and that none of our own records has."""
        since = ((row.first_tried_at or self.now()) - CLOCKS_DIFFER_BY).timestamp()
        us = self.bot_user_id()
        cursor = ""
        while True:
            page = self.slack.call(
                "conversations.list",
                types="private_channel",
                exclude_archived=True,
                limit=PER_PAGE,
                cursor=cursor or None,
            )
            for channel in page.get("channels") or []:
                ours = channel.get("name") == name and channel.get("creator") == us
                if ours and float(channel.get("created") or 0) >= since - 1 and not self._is_known(row, channel["id"]):
                    return dict(channel)
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None

    def _is_known(self, row: Claimed, channel_id: str) -> bool:
        with self.database.reading() as session:
            query = session.query(ChannelSetup.id).filter_by(mission_id=row.mission_id, channel_id=channel_id)
            return query.first() is not None

    def archive(self, row: Claimed) -> Sent:
        """Archive a channel after its files have left; its messages are in the lane before this row."""
        channel = str(row.arguments["channel"])
        with self.database.reading() as session:
            waits = lane_waits(session, row.mission_id, files_lane(channel))
        if waits:
            raise Transient("files_wait", uncertain=False)
        return worth_keeping(self.slack.call("conversations.archive", channel=channel))

    def bookmark(self, row: Claimed) -> Sent:
        """A link in the channel's head to one of its messages; moved there where it exists already."""
        channel, title = str(row.arguments["channel"]), str(row.arguments["title"])
        link = self.slack.call("chat.getPermalink", channel=channel, message_ts=row.arguments["ts"])["permalink"]
        known = row.arguments.get("known") or (self._bookmark_titled(channel, title) if row.uncertain else None)
        if known is not None:
            try:
                self.slack.call("bookmarks.edit", channel_id=channel, bookmark_id=known, title=title, link=link)
            except Permanent as refusal:
                if refusal.code != "not_found":
                    raise
            else:
                return {"id": str(known), "title": title}
        made = self.slack.call("bookmarks.add", channel_id=channel, title=title, type="link", link=link)
        return {"id": str(made["bookmark"]["id"]), "title": title}

    def _bookmark_titled(self, channel: str, title: str) -> str | None:
        listed = self.slack.call("bookmarks.list", channel_id=channel).get("bookmarks") or []
        return next((str(one["id"]) for one in listed if one.get("title") == title), None)

    def canvas(self, row: Claimed) -> Sent:
        """The channel's canvas with exactly this text."""
        channel, markdown = str(row.arguments["channel"]), str(row.arguments["markdown"])
        known = row.arguments.get("known")
        if known is None:
            try:
                content = {"type": "markdown", "markdown": markdown}
                made = self.slack.call("conversations.canvases.create", channel_id=channel, document_content=content)
                return {"canvas_id": str(made["canvas_id"])}
            except Permanent as refusal:
                known = self._canvas_of(channel) if refusal.code == "channel_canvas_already_exists" else None
                if known is None:
                    raise
        change = {"operation": "replace", "document_content": {"type": "markdown", "markdown": markdown}}
        self.slack.call("canvases.edit", canvas_id=known, changes=[change])
        return {"canvas_id": str(known)}

    def _canvas_of(self, channel: str) -> str | None:
        shown = self.slack.call("conversations.info", channel=channel)["channel"]
        canvas = (shown.get("properties") or {}).get("canvas") or {}
        return str(canvas["file_id"]) if canvas.get("file_id") else None
