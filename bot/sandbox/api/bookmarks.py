"""``bookmarks.*``: links in a channel's header."""

import re
from typing import Any

from bot.sandbox.api.call import Call, method
from bot.sandbox.records import Channel, Json, Refused

# Slack documents the code too_many_bookmarks, not this figure.
BOOKMARK_LIMIT = 100
TITLE_LIMIT = 256
LINK_LIMIT = 2048
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")
_LINK = re.compile(r"(?:https?|slack|mailto)://?\S+")


def _channel(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if call.user not in channel.members:
        raise Refused("access_denied")
    return channel


def _check(title: str, link: str) -> None:
    if not title or len(title) > TITLE_LIMIT:
        raise Refused(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] title: 1 to {TITLE_LIMIT} characters"]}
        )
    if len(link) > LINK_LIMIT or not _LINK.fullmatch(link):
        raise Refused("invalid_link")


def _check_emoji(emoji: str) -> None:
    if emoji and not _EMOJI.fullmatch(emoji):
        raise Refused("invalid_emoji")


def _changed(call: Call, channel: Channel) -> None:
    call.workspace.save(channel)
    call.workspace.tell_channel({"type": "bookmarks", "channel": channel.id}, channel)


def _find(call: Call, channel: Channel) -> Json:
    wanted = call.text("bookmark_id")
    found = next((one for one in channel.bookmarks if one["id"] == wanted), None)
    if found is None:
        raise Refused("not_found")
    return found


@method("bookmarks.add")
def add(call: Call) -> Json:
    """Add a link."""
    channel = _channel(call)
    if call.text("type") != "link":
        raise Refused("invalid_bookmark_type")
    _check(call.text("title"), call.text("link"))
    _check_emoji(call.text("emoji"))
    if len(channel.bookmarks) >= BOOKMARK_LIMIT:
        raise Refused("too_many_bookmarks")
    now = int(call.workspace.clock.now())
    made: dict[str, Any] = {
        "id": call.workspace.new_id("Bk"),
        "channel_id": channel.id,
        "title": call.text("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "icon_url": "",
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": f"{len(channel.bookmarks):04d}",
        "last_updated_by_user_id": call.user,
        "last_updated_by_team_id": call.workspace.team.id,
        "shortcut_id": None,
        "app_id": call.app.id,
    }
    channel.bookmarks.append(made)
    _changed(call, channel)
    return {"bookmark": made}


@method("bookmarks.edit")
def edit(call: Call) -> Json:
    """Change a link."""
    channel = _channel(call)
    found = _find(call, channel)
    given = {name: call.text(name) for name in ("title", "link", "emoji") if name in call.arguments}
    _check(call.text("title", found["title"]), call.text("link", found["link"]))
    _check_emoji(call.text("emoji"))
    found |= given | {"date_updated": int(call.workspace.clock.now()), "last_updated_by_user_id": call.user}
    _changed(call, channel)
    return {"bookmark": found}


@method("bookmarks.list")
def listing(call: Call) -> Json:
    """The channel's links."""
    return {"bookmarks": _channel(call).bookmarks}


@method("bookmarks.remove")
def remove(call: Call) -> Json:
    """Take a link away."""
    channel = _channel(call)
    channel.bookmarks.remove(_find(call, channel))
    _changed(call, channel)
    return {}
