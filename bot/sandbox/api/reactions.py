"""``reactions.*``."""

from bot.sandbox import extras
from bot.sandbox.api.call import Call, method
from bot.sandbox.records import Channel, Json, Message, Refused


def _message(call: Call) -> tuple[Channel, Message]:
    if not call.text("channel") or not call.text("timestamp"):
        raise Refused("no_item_specified")
    channel = call.channel()
    found = call.workspace.find_message(channel.id, call.text("timestamp"))
    if found is None:
        raise Refused("message_not_found")
    return channel, found


@method("reactions.add")
def add(call: Call) -> Json:
    """React to a message."""
    channel, message = _message(call)
    call.need_open(channel)
    extras.react(call.workspace, channel, message, call.text("name").strip(":"), call.user)
    return {}


@method("reactions.remove")
def remove(call: Call) -> Json:
    """Take a reaction back."""
    channel, message = _message(call)
    extras.unreact(call.workspace, channel, message, call.text("name").strip(":"), call.user)
    return {}


@method("reactions.get")
def get(call: Call) -> Json:
    """A message with its reactions."""
    channel, message = _message(call)
    return {"type": "message", "channel": channel.id, "message": message.body}


@method("reactions.list")
def listing(call: Call) -> Json:
    """What a person reacted to."""
    user = call.text("user") or call.user
    found = [
        {"type": "message", "channel": channel, "message": message.body}
        for channel, listed in call.workspace.messages.items()
        for message in listed
        if call.may_see(call.workspace.channels[channel])
        and any(user in one["users"] for one in message.body.get("reactions", []))
    ]
    return {"items": found, "response_metadata": {"next_cursor": ""}}
