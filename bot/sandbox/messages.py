"""What can happen to messages: posted, edited, deleted, shown to one person only. Threads and unread marks follow."""

import uuid
from bisect import insort

from bot.sandbox.records import App, Channel, Json, Message, Person, Refused
from bot.sandbox.text import mentioned_people, rich_text
from bot.sandbox.workspace import Workspace

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
_BROADCASTS = ("<!channel>", "<!here>", "<!everyone>")


def author(workspace: Workspace, app: App) -> Json:
    """The members by which a message shows that an app wrote it."""
    profile = {"id": app.bot_id, "app_id": app.id, "name": app.name, "deleted": False, "team_id": workspace.team.id}
    return {"user": app.bot_user, "bot_id": app.bot_id, "app_id": app.id, "bot_profile": profile}


def post(workspace: Workspace, channel: Channel, body: Json, *, app_id: str = "") -> Message:
    """Post a message; the caller has checked that the author may. ``body`` lacks only type, ts and team.

    Raises:
        Refused: ``cannot_reply_to_message`` when the thread's parent is missing or itself a reply.
    """
    parent = _parent(workspace, channel, body.get("thread_ts", ""))
    ts = workspace.next_ts()
    full = {"type": "message", "ts": ts, "team": workspace.team.id, **body}
    message = Message(channel.id, ts, full, app_id=app_id)
    workspace.messages.setdefault(channel.id, []).append(message)
    workspace.save_message(message)
    if parent is not None:
        _joined_thread(workspace, channel, parent, message)
    _count_unread(workspace, channel, message)
    workspace.tell_channel({"type": "message", "channel": channel.id, "message": message.shown()}, channel)
    _tell_apps_posted(workspace, channel, message)
    return message


def say(workspace: Workspace, channel: Channel, person: Person, text: str, **more: object) -> Message:
    """Post what a person typed; ``text`` is already Slack's kept form."""
    body = {"user": person.id, "text": text, "client_msg_id": str(uuid.uuid4()), **more}
    if text:
        body["blocks"] = [rich_text(text)]
    if person.team_id not in {"", workspace.team.id}:
        body["user_team"] = person.team_id
    message = post(workspace, channel, body)
    read(workspace, channel, person.id, message.ts)
    return message


def system(workspace: Workspace, channel: Channel, user: str, subtype: str, text: str, **more: object) -> None:
    """Post one of Slack's own lines (``channel_join``, ``channel_topic`` ...); nobody's unread mark counts it."""
    post(workspace, channel, {"subtype": subtype, "user": user, "text": text, **more})


def edit(workspace: Workspace, channel: Channel, message: Message, changes: Json, editor: str) -> None:
    """Replace members of a message; a member given as None goes away."""
    before = dict(message.body)
    body = {**message.body, **changes, "edited": {"user": editor, "ts": workspace.next_ts()}}
    message.body = {name: value for name, value in body.items() if value is not None}
    announce_change(workspace, channel, message, before)


def announce_change(workspace: Workspace, channel: Channel, message: Message, before: Json) -> None:
    """Save a message that changed; pages draw it anew and apps hear ``message_changed``."""
    workspace.save_message(message)
    workspace.tell_channel({"type": "message_changed", "channel": channel.id, "message": message.shown()}, channel)
    now = workspace.next_ts()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "ts": now,
        "event_ts": now,
        "hidden": True,
        "message": dict(message.body),
        "previous_message": before,
    }
    workspace.tell_apps(event, channel)


def delete(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Delete a message. The replies to a deleted parent stay, under a tombstone."""
    replies = workspace.threads.get((channel.id, message.ts), [])
    before = dict(message.body)
    if replies:
        message.body = _tombstone(message)
        workspace.save_message(message)
        news: Json = {"type": "message_changed", "channel": channel.id, "message": message.shown()}
    else:
        _forget(workspace, channel, message)
        news = {"type": "message_deleted", "channel": channel.id, "ts": message.ts}
    workspace.tell_channel(news, channel)
    now = workspace.next_ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "ts": now,
        "event_ts": now,
        "deleted_ts": message.ts,
        "hidden": True,
        "previous_message": before,
    }
    workspace.tell_apps(event, channel)


def whisper(workspace: Workspace, channel: Channel, person: str, body: Json, *, app_id: str = "") -> Message:
    """Show a message to one person only; no history ever holds it and it does not outlive the process."""
    ts = workspace.next_ts()
    full = {"type": "message", "ts": ts, "team": workspace.team.id, "is_ephemeral": True, **body}
    message = Message(channel.id, ts, full, only_for=person, app_id=app_id)
    workspace.ephemerals.setdefault(channel.id, []).append(message)
    news = {"type": "message", "channel": channel.id, "message": message.shown()}
    workspace.tell_people(news, [person])
    return message


def change_whisper(workspace: Workspace, message: Message, body: Json) -> None:
    """Replace an ephemeral message; only a response URL can."""
    message.body = {**body, "ts": message.ts, "type": "message", "team": workspace.team.id, "is_ephemeral": True}
    news = {"type": "message_changed", "channel": message.channel, "message": message.shown()}
    workspace.tell_people(news, [message.only_for])


def drop_whisper(workspace: Workspace, message: Message) -> None:
    """Take an ephemeral message away."""
    workspace.ephemerals[message.channel].remove(message)
    news = {"type": "message_deleted", "channel": message.channel, "ts": message.ts}
    workspace.tell_people(news, [message.only_for])


def read(workspace: Workspace, channel: Channel, user: str, ts: str) -> None:
    """Mark a channel read up to a time; what is later stays unread."""
    channel.last_read[user] = ts
    later = [message for message in reversed(workspace.messages.get(channel.id, [])[-500:]) if message.ts > ts]
    counted = [message for message in later if _counts(message) and message.body.get("user") != user]
    channel.unread[user] = len(counted)
    channel.mentions[user] = sum(_calls(channel, message, user) for message in counted)
    workspace.save(channel)
    workspace.tell_people({"type": "unread", "channel": channel.id}, [user])


def restore(workspace: Workspace, message: Message) -> None:
    """Put a kept message back into its channel and thread, without telling anybody."""
    insort(workspace.messages.setdefault(message.channel, []), message, key=lambda other: other.ts)
    if message.thread_ts:
        replies = workspace.threads.setdefault((message.channel, message.thread_ts), [])
        insort(replies, message, key=lambda other: other.ts)
    workspace.saw_ts(message.ts)


def _parent(workspace: Workspace, channel: Channel, thread_ts: str) -> Message | None:
    if not thread_ts:
        return None
    parent = workspace.find_message(channel.id, thread_ts)
    if parent is None or parent.thread_ts:
        raise Refused("cannot_reply_to_message", "there is no message in this channel that starts such a thread")
    return parent


def _joined_thread(workspace: Workspace, channel: Channel, parent: Message, reply: Message) -> None:
    replies = workspace.threads.setdefault((channel.id, parent.ts), [])
    replies.append(reply)
    reply.body["parent_user_id"] = parent.body.get("user", "")
    _count_replies(workspace, parent, replies)
    workspace.tell_channel({"type": "message_changed", "channel": channel.id, "message": parent.shown()}, channel)


def _count_replies(workspace: Workspace, parent: Message, replies: list[Message]) -> None:
    users = list(dict.fromkeys(reply.body.get("user", "") for reply in replies))
    counted: Json = {
        "thread_ts": parent.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users[:5],
        "latest_reply": replies[-1].ts,
    }
    parent.body.update(counted)
    workspace.save_message(parent)


def _forget(workspace: Workspace, channel: Channel, message: Message) -> None:
    workspace.messages[channel.id].remove(message)
    workspace.keep.drop("Message", f"{message.channel}:{message.ts}")
    replies = workspace.threads.get((channel.id, message.thread_ts), [])
    if message not in replies:
        return
    replies.remove(message)
    parent = workspace.find_message(channel.id, message.thread_ts)
    if parent is None:
        return
    if replies:
        _count_replies(workspace, parent, replies)
        return
    for name in ("thread_ts", "reply_count", "reply_users_count", "reply_users", "latest_reply"):
        parent.body.pop(name, None)
    workspace.save_message(parent)


def _tombstone(message: Message) -> Json:
    kept = ("type", "ts", "team", "thread_ts", "reply_count", "reply_users_count", "reply_users", "latest_reply")
    said = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True}
    return {name: message.body[name] for name in kept if name in message.body} | said


def _counts(message: Message) -> bool:
    silent = message.body.get("subtype", "") not in {"", "bot_message", "file_share", "thread_broadcast", "me_message"}
    return message.in_channel and not silent


def _calls(channel: Channel, message: Message, user: str) -> bool:
    text = message.body.get("text", "")
    return channel.kind == "im" or user in mentioned_people(text) or any(word in text for word in _BROADCASTS)


def _count_unread(workspace: Workspace, channel: Channel, message: Message) -> None:
    if not _counts(message):
        return
    readers = [user for user in channel.members if user != message.body.get("user")]
    for user in readers:
        channel.unread[user] = channel.unread.get(user, 0) + 1
        if _calls(channel, message, user):
            channel.mentions[user] = channel.mentions.get(user, 0) + 1
    workspace.save(channel)
    workspace.tell_people({"type": "unread", "channel": channel.id}, readers)


def _tell_apps_posted(workspace: Workspace, channel: Channel, message: Message) -> None:
    placed = {"channel": channel.id, "event_ts": message.ts, "channel_type": CHANNEL_TYPES[channel.kind]}
    workspace.tell_apps({**message.body, **placed}, channel)
    if message.body.get("subtype") not in {None, "file_share", "thread_broadcast"} or channel.kind == "im":
        return
    for user in mentioned_people(message.body.get("text", "")):
        if workspace.app_of_bot(user) is not None:
            mention = {**message.body, **placed, "type": "app_mention", "_only_bot": user}
            mention.pop("subtype", None)
            mention.pop("channel_type", None)
            workspace.tell_apps(mention, channel)
