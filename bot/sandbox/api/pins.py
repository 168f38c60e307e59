"""``pins.*``."""

from bot.sandbox import extras
from bot.sandbox.api.call import Call, method
from bot.sandbox.records import Channel, Json, Message, Refused


def _message(call: Call, channel: Channel) -> Message:
    if not call.text("timestamp"):
        raise Refused("no_item_specified")
    found = call.workspace.find_message(channel.id, call.text("timestamp"))
    if found is None:
        raise Refused("message_not_found")
    return found


@method("pins.add")
def add(call: Call) -> Json:
    """Pin a message."""
    channel = call.channel()
    call.need_member(channel)
    extras.pin(call.workspace, channel, _message(call, channel), call.user)
    return {}


@method("pins.remove")
def remove(call: Call) -> Json:
    """Unpin a message."""
    channel = call.channel()
    call.need_member(channel)
    extras.unpin(call.workspace, channel, _message(call, channel), call.user)
    return {}


@method("pins.list")
def listing(call: Call) -> Json:
    """What is pinned."""
    channel = call.channel()
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "created": pin["created"],
            "created_by": pin["created_by"],
            "message": found.body,
        }
        for pin in channel.pins
        if (found := call.workspace.find_message(channel.id, pin["ts"]))
    ]
    return {"items": items}
