"""``chat.*`` that take effect at once."""

from bot.sandbox import channels, messages
from bot.sandbox.api.call import Call, method
from bot.sandbox.channels import channel_mention
from bot.sandbox.checking import TEXT_LIMIT, checked_message, decoded
from bot.sandbox.records import Channel, Json, Message, Refused

UPDATE_TEXT_LIMIT = 4000


def target(call: Call) -> Channel:
    """The channel a post goes to: by id, by ``#name``, or a person's direct message.

    Raises:
        Refused: ``channel_not_found``, ``is_archived``, ``not_in_channel`` or ``messages_tab_disabled``.
    """
    given = channel_mention(call.text("channel"))
    workspace = call.workspace
    channel = workspace.channels.get(given) or workspace.channel_named(given)
    if channel is None and given in workspace.people:
        channel = _direct_message(call, given)
    if channel is None or not call.may_see(channel):
        raise Refused("channel_not_found")
    call.need_open(channel)
    if call.user not in channel.members and "chat:write.public" not in call.scopes:
        raise Refused("not_in_channel")
    return channel


def _direct_message(call: Call, user: str) -> Channel:
    person = call.workspace.people[user]
    if person.deleted or person.is_bot or not call.may_know(person):
        raise Refused("channel_not_found")
    if not call.app.messages:
        raise Refused("messages_tab_disabled")
    return channels.direct(call.workspace, call.user, [user])[0]


def authored(call: Call) -> Json:
    """Who a message shows as its author."""
    if not call.is_bot:
        return {"user": call.user, "app_id": call.app.id, "bot_id": call.app.bot_id}
    shown = messages.author(call.workspace, call.app)
    if "chat:write.customize" in call.scopes:
        name, icon = call.text("username"), call.text("icon_emoji") or call.text("icon_url")
        if name or icon:
            shown |= {"subtype": "bot_message", "username": name or call.app.name}
            shown |= {"icons": {"emoji": call.text("icon_emoji")}} if call.text("icon_emoji") else {}
    return shown


@method("chat.postMessage")
def post_message(call: Call) -> Json:
    """Post a message."""
    _need_own_voice(call)
    channel = target(call)
    said = checked_message(call.arguments)
    if len(call.text("text")) > TEXT_LIMIT:
        call.warnings.append("message_truncated")
    warn_of_missing_text(call)
    body = {**authored(call), **said, **_placed(call)}
    message = messages.post(call.workspace, channel, body, app_id=call.app.id)
    return {"channel": channel.id, "ts": message.ts, "message": message.body}


def _need_own_voice(call: Call) -> None:
    if call.is_bot and call.flag("as_user"):
        raise Refused("as_user_not_supported")


def warn_of_missing_text(call: Call) -> None:
    """Warn as Slack does of blocks without a text, which notifications and screen readers need."""
    if not call.text("text").strip() and not call.text("markdown_text"):
        call.warnings.append("missing_text_in_message")


def need_thread(call: Call, channel: Channel, code: str = "cannot_reply_to_message") -> None:
    """Refuse to reply where no thread can be.

    Raises:
        Refused: ``code``.
    """
    if not call.text("thread_ts"):
        return
    parent = call.workspace.find_message(channel.id, call.text("thread_ts"))
    if parent is None or parent.thread_ts:
        raise Refused(code)


def need_short_text(call: Call, most: int = TEXT_LIMIT) -> None:
    """Refuse a text that Slack does not cut but sends back.

    Raises:
        Refused: ``msg_too_long``.
    """
    if len(call.text("text")) > most:
        raise Refused("msg_too_long")


def _placed(call: Call) -> Json:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return {}
    broadcast = call.flag("reply_broadcast")
    return {"thread_ts": thread_ts} | ({"subtype": "thread_broadcast"} if broadcast else {})


@method("chat.meMessage")
def me_message(call: Call) -> Json:
    """Post what somebody does."""
    channel = target(call)
    need_short_text(call)
    said = checked_message({"text": call.text("text")})
    message = messages.post(
        call.workspace, channel, {**authored(call), **said, "subtype": "me_message"}, app_id=call.app.id
    )
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> Json:
    """Show a message to one member only; it is in no history."""
    channel = target(call)
    user = call.text("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    need_short_text(call)
    need_thread(call, channel)
    said = checked_message(call.arguments)
    warn_of_missing_text(call)
    if call.text("thread_ts"):
        said["thread_ts"] = call.text("thread_ts")
    message = messages.whisper(call.workspace, channel, user, {**authored(call), **said}, app_id=call.app.id)
    return {"message_ts": message.ts}


@method("chat.update")
def update(call: Call) -> Json:
    """Replace a message of the caller's own. Text without blocks takes the blocks away."""
    channel = call.channel()
    _need_own_voice(call)
    message = _own(call, channel, "cant_update_message")
    if channel.is_archived:
        raise Refused("is_inactive")
    need_short_text(call, UPDATE_TEXT_LIMIT)
    said = checked_message(_with_text_kept(call, message))
    changes: Json = {"blocks": None, "attachments": None, **said}
    if not call.arguments.get("attachments"):
        changes["attachments"] = (
            None if "attachments" in call.arguments or "blocks" in said else message.body.get("attachments")
        )
    if call.arguments.get("blocks"):
        warn_of_missing_text(call)
    messages.edit(call.workspace, channel, message, changes, call.user)
    shown = {name: value for name, value in message.body.items() if name != "ts"}
    return {"channel": channel.id, "ts": message.ts, "text": message.body["text"], "message": shown}


def _with_text_kept(call: Call, message: Message) -> Json:
    only_metadata = call.arguments.get("metadata") and not any(
        call.arguments.get(name) for name in ("text", "blocks", "attachments", "markdown_text")
    )
    return {**message.body, "metadata": call.arguments["metadata"]} if only_metadata else call.arguments


@method("chat.delete")
def delete(call: Call) -> Json:
    """Delete a message of the caller's own."""
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    messages.delete(call.workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def _own(call: Call, channel: Channel, code: str) -> Message:
    message = call.workspace.find_message(channel.id, call.text("ts"))
    if message is None or message.body.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    own = message.app_id == call.app.id if call.is_bot else message.body.get("user") == call.user
    if not own:
        raise Refused(code)
    return message


@method("chat.getPermalink")
def permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()
    message = call.workspace.find_message(channel.id, call.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    base = f"https://{call.workspace.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": base + thread}


@method("chat.unfurl")
def unfurl(call: Call) -> Json:
    """Attach previews to links in a message."""
    if not call.text("channel") or not call.text("ts"):
        raise Refused("missing_channel" if not call.text("channel") else "missing_ts")
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or not call.may_see(channel):
        raise Refused("cannot_find_channel")
    message = call.workspace.find_message(channel.id, call.text("ts"))
    if message is None:
        raise Refused("cannot_find_message")
    unfurls = decoded(call.arguments.get("unfurls"), "invalid_unfurls_format")
    if not isinstance(unfurls, dict) or not all(isinstance(shown, dict) for shown in unfurls.values()):
        raise Refused("invalid_unfurls_format" if unfurls else "missing_unfurls")
    attachments = [{"from_url": url, "is_app_unfurl": True, **shown} for url, shown in unfurls.items()]
    checked = checked_message({"text": "-", "attachments": attachments})
    before = dict(message.body)
    message.body = {**message.body, "attachments": checked["attachments"]}
    messages.announce_change(call.workspace, channel, message, before)
    return {}
