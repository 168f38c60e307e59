"""``conversations.*`` that only read."""

from bot.sandbox.api.call import Call, cursor_start, make_cursor, method, page
from bot.sandbox.records import Channel, Json, Message, Refused
from bot.sandbox.workspaces import sharing

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY_SCOPES = {kind: scope.replace("read", "history") for kind, scope in READ_SCOPES.items()}
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
_HISTORY_MOST = 999
_REPLIES_MOST = 1000
# Since May 2025 for apps that are sold outside the Marketplace.
DISTRIBUTED_MOST = 15


def shown(call: Call, channel: Channel, *, num_members: bool = True) -> Json:
    """The channel object of ``conversations.info``."""
    told: Json = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "context_team_id": call.workspace.team.id,
        "updated": channel.created * 1000,
    }
    told |= sharing.shown(call.workspace, channel)
    if channel.kind == "im":
        other = next((user for user in channel.members if user != call.user), call.user)
        return told | {"user": other, "is_user_deleted": call.workspace.people[other].deleted, "priority": 0}
    told |= {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_general": channel.is_general,
        "is_member": call.user in channel.members,
        "unlinked": 0,
        "topic": channel.topic,
        "purpose": channel.purpose,
        "previous_names": channel.previous_names,
    }
    return told | ({"num_members": len(channel.members)} if num_members else {})


def need_scope_for(call: Call, channel: Channel, scopes: dict[str, str]) -> None:
    """Refuse when the scope for this kind of channel is missing.

    Raises:
        Refused: ``missing_scope``.
    """
    call.need_scope(scopes[channel.kind])


def channel_kinds(call: Call) -> set[str]:
    """The kinds of channels asked for; each needs its scope.

    Raises:
        Refused: ``invalid_types`` or ``missing_scope``.
    """
    asked = call.listed("types") or ["public_channel"]
    if any(kind not in _TYPES for kind in asked):
        raise Refused("invalid_types")
    for kind in asked:
        call.need_scope(READ_SCOPES[_TYPES[kind]])
    return {_TYPES[kind] for kind in asked}


@method("conversations.list")
def conversations_list(call: Call) -> Json:
    """The channels the caller may see. Archived ones are taken out after the page is cut, so pages may be short."""
    kinds = channel_kinds(call)
    listed = sorted(call.workspace.channels.values(), key=lambda channel: channel.id)
    found, metadata = page(call, [one for one in listed if one.kind in kinds and call.may_see(one)])
    if call.flag("exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    return {"channels": [shown(call, channel) for channel in found], "response_metadata": metadata}


@method("conversations.info")
def conversations_info(call: Call) -> Json:
    """One channel."""
    channel = call.channel()
    need_scope_for(call, channel, READ_SCOPES)
    told = shown(call, channel, num_members=call.flag("include_num_members"))
    canvas = {"properties": {"canvas": {"file_id": channel.canvas, "is_empty": False}}} if channel.canvas else {}
    return {"channel": told | canvas}


@method("conversations.members")
def conversations_members(call: Call) -> Json:
    """Who is in a channel."""
    channel = call.channel()
    need_scope_for(call, channel, READ_SCOPES)
    found, metadata = page(call, channel.members)
    return {"members": found, "response_metadata": metadata}


@method("conversations.history")
def conversations_history(call: Call) -> Json:
    """Messages, newest first; replies only when they were broadcast, ephemerals never."""
    channel = call.channel()
    need_scope_for(call, channel, HISTORY_SCOPES)
    call.need_member(channel)
    listed = [message for message in call.workspace.messages.get(channel.id, []) if message.in_channel]
    found = _between(call, listed)[::-1]
    some, metadata, more = _cut(call, found, _HISTORY_MOST)
    told: Json = {"messages": [_body(call, message) for message in some], "has_more": more}
    told |= {"pin_count": len(channel.pins), "channel_actions_ts": None, "channel_actions_count": 0}
    if call.text("latest"):
        told["latest"] = call.text("latest")
    return told | ({"response_metadata": metadata} if more else {})


@method("conversations.replies")
def conversations_replies(call: Call) -> Json:
    """A thread: its parent first, then the replies, oldest first."""
    channel = call.channel()
    need_scope_for(call, channel, HISTORY_SCOPES)
    call.need_member(channel)
    asked = call.workspace.find_message(channel.id, call.text("ts"))
    if asked is None:
        raise Refused("thread_not_found")
    replies = call.workspace.threads.get((channel.id, asked.ts), [])
    found = [asked, *_between(call, replies)]
    some, metadata, more = _cut(call, found, _REPLIES_MOST)
    told: Json = {"messages": [_body(call, message) for message in some], "has_more": more}
    return told | ({"response_metadata": metadata} if more else {})


def _cut(call: Call, found: list[Message], most: int) -> tuple[list[Message], Json, bool]:
    most = min(most, DISTRIBUTED_MOST) if call.app.distributed else most
    size = min(call.number("limit", 100) or 100, most)
    start = cursor_start(call.text("cursor"))
    more = start + size < len(found)
    return found[start : start + size], {"next_cursor": make_cursor(start + size) if more else ""}, more


def _between(call: Call, listed: list[Message]) -> list[Message]:
    oldest = _time(call, "oldest", "0")
    latest = _time(call, "latest", "99999999999")
    if call.flag("inclusive"):
        return [message for message in listed if oldest <= _exact(message.ts) <= latest]
    return [message for message in listed if oldest < _exact(message.ts) < latest]


def _time(call: Call, name: str, default: str) -> int:
    try:
        return _exact(call.text(name) or default)
    except ValueError as error:
        raise Refused(f"invalid_ts_{name}") from error


def _exact(ts: str) -> int:
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")[:6])


def _body(call: Call, message: Message) -> Json:
    if call.flag("include_all_metadata") or "metadata" not in message.body:
        return message.body
    return {name: value for name, value in message.body.items() if name != "metadata"}
