"""What can happen to channels: made, joined, left, renamed, archived. Used by the Web API and by people alike."""

import re
import unicodedata
from collections.abc import Iterable

from bot.sandbox.records import Channel, ChannelKind, Json, Refused
from bot.sandbox.workspace import Workspace

NAME_LIMIT = 80
TOPIC_LIMIT = 250
_PREFIX = {"public": "C", "private": "C", "im": "D", "mpim": "C"}


def check_name(workspace: Workspace, name: str, but: str = "") -> None:
    """Refuse a channel name Slack refuses (docs.slack.dev/reference/methods/conversations.create).

    Raises:
        Refused: ``invalid_name_*`` or ``name_taken``; an archived channel keeps its name taken.
    """
    if not name:
        raise Refused("invalid_name_required")
    if len(name) > NAME_LIMIT:
        raise Refused("invalid_name_maxlength")
    if not any(_is_letter_or_digit(letter) for letter in name):
        raise Refused("invalid_name_punctuation")
    if any(not (_is_letter_or_digit(letter) or letter in "-_") or letter.isupper() for letter in name):
        raise Refused("invalid_name_specials")
    taken = workspace.channel_named(name)
    if taken is not None and taken.id != but:
        raise Refused("name_taken")


def _is_letter_or_digit(letter: str) -> bool:
    return unicodedata.category(letter)[0] in {"L", "N"}


def create(
    workspace: Workspace, name: str, kind: ChannelKind, creator: str, *, members: Iterable[str] = (), id_: str = ""
) -> Channel:
    """Make a channel or direct message; the creator is in it.

    Raises:
        Refused: the name is not possible.
    """
    if kind in {"public", "private"}:
        check_name(workspace, name)
    now = int(workspace.clock.now())
    everybody = list(dict.fromkeys([*([creator] if creator else []), *members]))
    made = Channel(id_ or workspace.new_id(_PREFIX[kind]), name, kind, creator, now, members=everybody)
    workspace.channels[made.id] = made
    workspace.save(made)
    if kind == "public":
        brief = {"id": made.id, "name": name, "created": now, "creator": creator}
        workspace.tell_apps({"type": "channel_created", "channel": brief}, made)
    changed(workspace, made)
    return made


def direct(workspace: Workspace, opener: str, others: Iterable[str]) -> tuple[Channel, bool]:
    """The direct message of these people, and whether it was there already."""
    people = {opener, *others}
    for channel in workspace.channels.values():
        if channel.is_direct and set(channel.members) == people:
            return channel, True
    kind: ChannelKind = "im" if len(people) <= 2 else "mpim"
    handles = [workspace.people[user].handle for user in sorted(people)]
    name = "" if kind == "im" else f"mpdm-{'--'.join(handles)}-1"
    return create(workspace, name, kind, opener, members=sorted(people)), False


def join(workspace: Workspace, channel: Channel, user: str, inviter: str = "") -> None:
    """Make a person a member; members and apps hear of it."""
    if user in channel.members:
        return
    channel.members.append(user)
    channel.last_read[user] = _latest(workspace, channel)
    channel.unread[user] = channel.mentions[user] = 0
    workspace.save(channel)
    home = workspace.people[user].team_id or workspace.team.id
    event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id, "team": home}
    event["channel_type"] = "C" if channel.kind == "public" else "G"
    workspace.tell_apps(event | ({"inviter": inviter} if inviter else {}), channel)
    changed(workspace, channel)


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    """Take a person out; who may no longer see the channel is told it is gone."""
    event: Json = {"type": "member_left_channel", "user": user, "channel": channel.id, "team": workspace.team.id}
    event["channel_type"] = "C" if channel.kind == "public" else "G"
    workspace.tell_apps(event, channel)
    if workspace.app_of_bot(user) is not None:
        own = "channel_left" if channel.kind == "public" else "group_left"
        workspace.tell_apps({"type": own, "channel": channel.id, "actor_id": user, "_only_bot": user}, channel)
    channel.members.remove(user)
    for book in (channel.last_read, channel.unread, channel.mentions):
        book.pop(user, None)
    workspace.save(channel)
    changed(workspace, channel)
    if not workspace.may_see(channel, user):
        workspace.tell_people({"type": "channel_gone", "channel": channel.id}, [user])


def archive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Archive a channel. Bots lose their membership with it and cannot come back by themselves."""
    channel.is_archived = True
    kind = "channel_archive" if channel.kind == "public" else "group_archive"
    workspace.tell_apps({"type": kind, "channel": channel.id, "user": user}, channel)
    for member in list(channel.members):
        if workspace.app_of_bot(member) is not None:
            channel.members.remove(member)
    workspace.save(channel)
    changed(workspace, channel)


def unarchive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Open an archived channel again."""
    channel.is_archived = False
    workspace.save(channel)
    kind = "channel_unarchive" if channel.kind == "public" else "group_unarchive"
    workspace.tell_apps({"type": kind, "channel": channel.id, "user": user}, channel)
    changed(workspace, channel)


def rename(workspace: Workspace, channel: Channel, name: str) -> None:
    """Give a channel another name.

    Raises:
        Refused: the name is not possible.
    """
    check_name(workspace, name, but=channel.id)
    channel.previous_names.insert(0, channel.name)
    channel.name = name
    workspace.save(channel)
    kind = "channel_rename" if channel.kind == "public" else "group_rename"
    brief = {"id": channel.id, "name": name, "created": channel.created}
    workspace.tell_apps({"type": kind, "channel": brief}, channel)
    changed(workspace, channel)


def describe(workspace: Workspace, channel: Channel, what: str, text: str, user: str) -> None:
    """Set the ``topic`` or the ``purpose``.

    Raises:
        Refused: ``too_long``.
    """
    if len(text) > TOPIC_LIMIT:
        raise Refused("too_long", f"a {what} has at most {TOPIC_LIMIT} characters")
    said = {"value": text, "creator": user, "last_set": int(workspace.clock.now())}
    if what == "topic":
        channel.topic = said
    else:
        channel.purpose = said
    workspace.save(channel)
    changed(workspace, channel)


def changed(workspace: Workspace, channel: Channel) -> None:
    """Let every page that may see the channel draw it anew."""
    workspace.tell_channel({"type": "channel", "channel": channel.id}, channel)


def _latest(workspace: Workspace, channel: Channel) -> str:
    listed = workspace.messages.get(channel.id)
    return listed[-1].ts if listed else "0000000000.000000"


def channel_mention(text: str) -> str:
    """The channel id in ``<#C1|name>``, or the text without a leading ``#``."""
    found = re.fullmatch(r"<#([A-Z0-9]+)(?:\|[^>]*)?>", text)
    return found.group(1) if found else text.removeprefix("#")
