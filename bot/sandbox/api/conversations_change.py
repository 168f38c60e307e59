"""``conversations.*`` that change something."""

import re

from bot.sandbox import channels, messages
from bot.sandbox.api.call import Call, method
from bot.sandbox.api.conversations import shown
from bot.sandbox.records import Channel, ChannelKind, Json, Person, Refused

_TS = re.compile(r"\d{10}\.\d{6}")
INVITE_LIMIT = 100
OPEN_LIMIT = 8
_MANAGE = {
    "public": ("channels:manage", "channels:write"),
    "private": ("groups:write",),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
_INVITE: dict[str, tuple[str, ...]] = {"public": ("channels:write.invites",), "private": ("groups:write.invites",)}
_TOPIC: dict[str, tuple[str, ...]] = {
    "public": ("channels:write.topic",),
    "private": ("groups:write.topic",),
    "im": ("im:write.topic",),
    "mpim": ("mpim:write.topic",),
}


def _manageable(call: Call, narrower: dict[str, tuple[str, ...]] | None = None) -> Channel:
    channel = call.channel()
    call.need_scope(*_MANAGE[channel.kind], *(narrower or {}).get(channel.kind, ()))
    return channel


def _no_direct(channel: Channel) -> None:
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")


@method("conversations.create")
def create(call: Call) -> Json:
    """Make a channel; the caller is its only member."""
    private = call.flag("is_private")
    call.need_scope(*_MANAGE["private" if private else "public"])
    kind: ChannelKind = "private" if private else "public"
    made = channels.create(call.workspace, call.text("name"), kind, call.user)
    return {"channel": shown(call, made, num_members=False)}


@method("conversations.invite")
def invite(call: Call) -> Json:
    """Bring people in, a hundred a call. Without ``force`` one impossible person stops them all."""
    channel = _manageable(call, _INVITE)
    _no_direct(channel)
    users = call.listed("users")
    if not users:
        raise Refused("no_user")
    if len(users) > INVITE_LIMIT:
        raise Refused("too_many_users")
    call.need_open(channel)
    call.need_member(channel)
    problems = {user: code for user in users if (code := _cannot_come(call, channel, user))}
    if problems and not (call.flag("force") and len(problems) < len(users)):
        told = [{"user": user, "ok": False, "error": code} for user, code in problems.items()]
        raise Refused(next(iter(problems.values())), errors=told)
    for user in users:
        if user not in problems:
            _bring(call, channel, user)
    return {"channel": shown(call, channel)}


def _cannot_come(call: Call, channel: Channel, user: str) -> str:
    person = call.workspace.people.get(user)
    if person is None or person.deleted:
        return "user_not_found"
    if user == call.user:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if person.is_stranger:
        return "no_external_invite_permission"
    return "ura_max_channels" if _is_full(call, person) else ""


def _is_full(call: Call, person: Person) -> bool:
    joined = (one for one in call.workspace.channels.values() if person.id in one.members and not one.is_direct)
    return person.is_ultra_restricted and next(joined, None) is not None


def _bring(call: Call, channel: Channel, user: str) -> None:
    channels.join(call.workspace, channel, user, inviter=call.user)
    subtype = "channel_join" if channel.kind == "public" else "group_join"
    text = f"<@{user}> has joined the channel"
    messages.system(call.workspace, channel, user, subtype, text, inviter=call.user)


@method("conversations.join")
def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.kind != "public":
        raise Refused("channel_not_found" if channel.kind == "private" else "method_not_supported_for_channel_type")
    call.need_open(channel)
    if call.user in channel.members:
        call.warnings.append("already_in_channel")
        return {"channel": shown(call, channel)}
    channels.join(call.workspace, channel, call.user)
    messages.system(call.workspace, channel, call.user, "channel_join", f"<@{call.user}> has joined the channel")
    return {"channel": shown(call, channel)}


@method("conversations.leave")
def leave(call: Call) -> Json:
    """Leave a channel."""
    channel = _manageable(call)
    _no_direct(channel)
    call.need_open(channel)
    if channel.is_general:
        raise Refused("cant_leave_general")
    if call.user not in channel.members:
        return {"not_in_channel": True}
    if channel.kind == "private" and channel.members == [call.user]:
        raise Refused("last_member")
    channels.leave(call.workspace, channel, call.user)
    return {}


@method("conversations.kick")
def kick(call: Call) -> Json:
    """Take somebody out."""
    channel = _manageable(call)
    _no_direct(channel)
    user = call.person().id
    call.need_member(channel)
    if user == call.user:
        raise Refused("cant_kick_self")
    if channel.is_general:
        raise Refused("cant_kick_from_general")
    if user not in channel.members:
        raise Refused("not_in_channel")
    channels.leave(call.workspace, channel, user)
    return {"errors": {}}


@method("conversations.rename")
def rename(call: Call) -> Json:
    """Give a channel another name; only its creator (or an admin's token) may."""
    channel = _manageable(call)
    _no_direct(channel)
    call.need_member(channel)
    call.need_open(channel)
    person = call.workspace.people[call.user]
    if channel.creator != call.user and not person.is_admin:
        raise Refused("not_authorized")
    before = channel.name
    channels.rename(call.workspace, channel, call.text("name"))
    text = f'<@{call.user}> has renamed the channel from "{before}" to "{channel.name}"'
    messages.system(call.workspace, channel, call.user, "channel_name", text, old_name=before, name=channel.name)
    return {"channel": shown(call, channel)}


def _describe(call: Call, what: str) -> Json:
    channel = _manageable(call, _TOPIC)
    call.need_member(channel)
    call.need_open(channel)
    text = call.text(what)
    channels.describe(call.workspace, channel, what, text, call.user)
    said = f"<@{call.user}> set the channel {what}: {text}"
    messages.system(call.workspace, channel, call.user, f"channel_{what}", said, **{what: text})
    return {"channel": shown(call, channel), what: text}


@method("conversations.setTopic")
def set_topic(call: Call) -> Json:
    """Set the topic, at most 250 characters."""
    return _describe(call, "topic")


@method("conversations.setPurpose")
def set_purpose(call: Call) -> Json:
    """Set the purpose, at most 250 characters."""
    return _describe(call, "purpose")


@method("conversations.archive")
def archive(call: Call) -> Json:
    """Archive a channel; bots are out of it afterwards."""
    channel = _manageable(call)
    _no_direct(channel)
    if channel.is_archived:
        raise Refused("already_archived")
    if channel.is_general:
        raise Refused("cant_archive_general")
    call.need_member(channel)
    subtype = "channel_archive" if channel.kind == "public" else "group_archive"
    messages.system(call.workspace, channel, call.user, subtype, f"<@{call.user}> archived the channel")
    channels.archive(call.workspace, channel, call.user)
    return {}


@method("conversations.unarchive")
def unarchive(call: Call) -> Json:
    """Open a channel again. Bots are never in an archived channel, so they cannot."""
    channel = _manageable(call)
    _no_direct(channel)
    if not channel.is_archived:
        raise Refused("not_archived")
    call.need_member(channel)
    channels.unarchive(call.workspace, channel, call.user)
    return {}


@method("conversations.open")
def open_direct(call: Call) -> Json:
    """Open a direct message with one person or up to eight."""
    if call.text("channel"):
        channel = call.channel()
        if not channel.is_direct:
            raise Refused("method_not_supported_for_channel_type")
        call.need_scope(*_MANAGE[channel.kind])
        return _opened(call, channel, known=True)
    listed = call.listed("users")
    users = list(dict.fromkeys(user for user in listed if user != call.user))
    if not users:
        raise Refused("not_enough_users" if listed else "users_list_not_supplied")
    if len(users) > OPEN_LIMIT:
        raise Refused("too_many_users")
    call.need_scope("im:write" if len(users) < 2 else "mpim:write")
    for user in users:
        person = call.workspace.people.get(user)
        if person is None:
            raise Refused("user_not_found")
        if person.deleted:
            raise Refused("user_disabled")
        if not call.may_know(person):
            raise Refused("user_not_visible")
        if person.is_bot:
            raise Refused("invalid_user_combination")
    channel, known = channels.direct(call.workspace, call.user, users)
    return _opened(call, channel, known=known)


def _opened(call: Call, channel: Channel, *, known: bool) -> Json:
    told = shown(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": told} | ({"no_op": True, "already_open": True} if known else {})


@method("conversations.close")
def close_direct(call: Call) -> Json:
    """Close a direct message; what was said stays."""
    channel = _manageable(call)
    if not channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    return {}


@method("conversations.mark")
def mark(call: Call) -> Json:
    """Mark read up to a message."""
    channel = _manageable(call)
    call.need_member(channel)
    if not _TS.fullmatch(call.text("ts")):
        raise Refused("invalid_timestamp")
    messages.read(call.workspace, channel, call.user, call.text("ts"))
    return {}
