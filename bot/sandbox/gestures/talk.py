"""Talking and the life of channels, as people do it."""

from typing import Any

from bot.sandbox import channels, files, messages
from bot.sandbox.records import Channel, Message, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import as_typed, rich_text


def names(sandbox: Sandbox) -> tuple[dict[str, str], dict[str, str]]:
    """What can be mentioned: people by handle and name, channels by name."""
    workspace = sandbox.workspace
    people = {person.handle: person.id for person in workspace.people.values()}
    people |= {person.name: person.id for person in workspace.people.values()}
    return people, {one.name: one.id for one in workspace.channels.values() if one.kind == "public"}


def need_member(channel: Channel, person: Person) -> None:
    """Refuse who is not in the channel, and everybody in an archived one.

    Raises:
        Refused: ``not_in_channel`` or ``is_archived``.
    """
    if person.id not in channel.members:
        raise Refused("not_in_channel", f"join {channel.name or 'the conversation'} first")
    if channel.is_archived:
        raise Refused("is_archived", "this channel is archived")


def say(
    sandbox: Sandbox,
    person: Person,
    channel: Channel,
    text: str,
    *,
    thread_ts: str = "",
    broadcast: bool = False,
    file_ids: list[str] | None = None,
) -> Message:
    """Post what a person typed, with their files."""
    need_member(channel, person)
    _need_listener(sandbox, channel)
    if not text.strip() and not file_ids:
        raise Refused("no_text", "type something first")
    kept = as_typed(text, *names(sandbox))
    more: dict[str, Any] = {"thread_ts": thread_ts} if thread_ts else {}
    if thread_ts and broadcast:
        more["subtype"] = "thread_broadcast"
    if file_ids:
        found = [files.find(sandbox.workspace, id_, person.id) for id_ in file_ids]
        body = {"user": person.id, "text": kept, "subtype": "file_share", **more}
        return files.share(sandbox.workspace, channel, found, body)
    return messages.say(sandbox.workspace, channel, person, kept, **more)


def _need_listener(sandbox: Sandbox, channel: Channel) -> None:
    apps = [app for user in channel.members if (app := sandbox.workspace.app_of_bot(user))]
    if channel.kind == "im" and any(app.read_only or not app.messages for app in apps):
        raise Refused("messages_tab_disabled", "sending messages to this app has been turned off")


def edit(sandbox: Sandbox, person: Person, channel: Channel, ts: str, text: str) -> Message:
    """Edit an own message."""
    message = _own(sandbox, person, channel, ts)
    kept = as_typed(text, *names(sandbox))
    messages.edit(sandbox.workspace, channel, message, {"text": kept, "blocks": [rich_text(kept)]}, person.id)
    return message


def delete(sandbox: Sandbox, person: Person, channel: Channel, ts: str) -> None:
    """Delete an own message, or dismiss an ephemeral one."""
    whispered = sandbox.workspace.find_ephemeral(channel.id, ts)
    if whispered is not None and whispered.only_for == person.id:
        messages.drop_whisper(sandbox.workspace, whispered)
        return
    messages.delete(sandbox.workspace, channel, _own(sandbox, person, channel, ts))


def _own(sandbox: Sandbox, person: Person, channel: Channel, ts: str) -> Message:
    message = sandbox.workspace.message(channel, ts)
    if message.body.get("user") != person.id:
        raise Refused("not_own_message", "only the author may change a message")
    return message


def create(sandbox: Sandbox, person: Person, name: str, *, private: bool) -> Channel:
    """Make a channel; guests may not."""
    if person.is_guest:
        raise Refused("user_is_restricted", "guests cannot make channels")
    return channels.create(sandbox.workspace, name, "private" if private else "public", person.id)


def join(sandbox: Sandbox, person: Person, channel: Channel) -> None:
    """Join a public channel."""
    if channel.kind != "public" or channel.is_archived:
        raise Refused("is_archived" if channel.is_archived else "channel_not_found")
    if person.id not in channel.members:
        channels.join(sandbox.workspace, channel, person.id)
        text = f"<@{person.id}> has joined the channel"
        messages.system(sandbox.workspace, channel, person.id, "channel_join", text)


def leave(sandbox: Sandbox, person: Person, channel: Channel) -> None:
    """Leave a channel."""
    need_member(channel, person)
    if channel.is_general or channel.is_direct:
        raise Refused("cant_leave_general" if channel.is_general else "method_not_supported_for_channel_type")
    channels.leave(sandbox.workspace, channel, person.id)


def invite(sandbox: Sandbox, person: Person, channel: Channel, users: list[str]) -> None:
    """Bring people or apps into a channel."""
    need_member(channel, person)
    if channel.is_direct or person.is_guest:
        raise Refused("method_not_supported_for_channel_type" if channel.is_direct else "user_is_restricted")
    for user in users:
        if sandbox.workspace.person(user).id not in channel.members:
            channels.join(sandbox.workspace, channel, user, inviter=person.id)
            subtype = "channel_join" if channel.kind == "public" else "group_join"
            text = f"<@{user}> has joined the channel"
            messages.system(sandbox.workspace, channel, user, subtype, text, inviter=person.id)


def kick(sandbox: Sandbox, person: Person, channel: Channel, users: list[str]) -> None:
    """Take people or apps out of a channel; members of it who are no guests may."""
    need_member(channel, person)
    if channel.is_general or person.is_guest:
        raise Refused("cant_kick_from_general" if channel.is_general else "user_is_restricted")
    for user in users:
        if user in channel.members:
            channels.leave(sandbox.workspace, channel, user)


def describe(sandbox: Sandbox, person: Person, channel: Channel, what: str, text: str) -> None:
    """Set the topic or purpose."""
    need_member(channel, person)
    channels.describe(sandbox.workspace, channel, what, text, person.id)
    said = f"<@{person.id}> set the channel {what}: {text}"
    messages.system(sandbox.workspace, channel, person.id, f"channel_{what}", said, **{what: text})


def rename(sandbox: Sandbox, person: Person, channel: Channel, name: str) -> None:
    """Rename a channel; its creator and admins may."""
    need_member(channel, person)
    if channel.creator != person.id and not person.is_admin:
        raise Refused("not_authorized", "only the channel's creator or an admin may rename it")
    before = channel.name
    channels.rename(sandbox.workspace, channel, name)
    text = f'<@{person.id}> has renamed the channel from "{before}" to "{name}"'
    messages.system(sandbox.workspace, channel, person.id, "channel_name", text, old_name=before, name=name)


def archive(sandbox: Sandbox, person: Person, channel: Channel) -> None:
    """Archive a channel; guests may not."""
    need_member(channel, person)
    if channel.is_general or person.is_guest:
        raise Refused("cant_archive_general" if channel.is_general else "user_is_restricted")
    text = f"<@{person.id}> archived the channel"
    messages.system(sandbox.workspace, channel, person.id, "channel_archive", text)
    channels.archive(sandbox.workspace, channel, person.id)


def unarchive(sandbox: Sandbox, person: Person, channel: Channel) -> None:
    """Open an archived channel again."""
    if not channel.is_archived:
        raise Refused("not_archived", "this channel is not archived")
    if person.is_guest:
        raise Refused("user_is_restricted")
    channels.unarchive(sandbox.workspace, channel, person.id)
