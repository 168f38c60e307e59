"""Reactions and pins."""

import re

from bot.sandbox import messages
from bot.sandbox.records import Channel, Json, Message, Refused
from bot.sandbox.workspace import Workspace

# Slack documents the codes, not these figures.
REACTION_LIMIT = 50
PIN_LIMIT = 100
_EMOJI = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


def react(workspace: Workspace, channel: Channel, message: Message, name: str, user: str) -> None:
    """Add a person's reaction.

    Raises:
        Refused: ``invalid_name``, ``already_reacted`` or ``too_many_reactions``.
    """
    if not _EMOJI.fullmatch(name):
        raise Refused("invalid_name")
    reactions: list[Json] = message.body.setdefault("reactions", [])
    known = next((one for one in reactions if one["name"] == name), None)
    if known is None:
        if len(reactions) >= REACTION_LIMIT:
            raise Refused("too_many_reactions")
        known = {"name": name, "users": [], "count": 0}
        reactions.append(known)
    if user in known["users"]:
        raise Refused("already_reacted")
    known["users"].append(user)
    known["count"] += 1
    _tell_reaction(workspace, channel, message, name, user, "reaction_added")


def unreact(workspace: Workspace, channel: Channel, message: Message, name: str, user: str) -> None:
    """Take a person's reaction back.

    Raises:
        Refused: ``no_reaction``.
    """
    reactions: list[Json] = message.body.get("reactions", [])
    known = next((one for one in reactions if one["name"] == name and user in one["users"]), None)
    if known is None:
        raise Refused("no_reaction")
    known["users"].remove(user)
    known["count"] -= 1
    if not known["count"]:
        reactions.remove(known)
    if not reactions:
        del message.body["reactions"]
    _tell_reaction(workspace, channel, message, name, user, "reaction_removed")


def _tell_reaction(workspace: Workspace, channel: Channel, message: Message, name: str, user: str, kind: str) -> None:
    workspace.save_message(message)
    shown = message.body.get("reactions", [])
    workspace.tell_channel({"type": "reaction", "channel": channel.id, "ts": message.ts, "reactions": shown}, channel)
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {"type": kind, "user": user, "reaction": name, "item": item}
    workspace.tell_apps({**event, "item_user": message.body.get("user", "")}, channel)


def pin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Pin a message to its channel.

    Raises:
        Refused: ``already_pinned`` or ``too_many_pins``.
    """
    if any(one["ts"] == message.ts for one in channel.pins):
        raise Refused("already_pinned")
    if len(channel.pins) >= PIN_LIMIT:
        raise Refused("too_many_pins")
    channel.pins.insert(0, {"ts": message.ts, "created": int(workspace.clock.now()), "created_by": user})
    message.body["pinned_to"] = [channel.id]
    _tell_pin(workspace, channel, message, user, "pin_added")
    text = f"<@{user}> pinned a message to this channel."
    messages.system(workspace, channel, user, "pinned_item", text, item_type="C")


def unpin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Unpin a message.

    Raises:
        Refused: ``not_pinned``.
    """
    known = next((one for one in channel.pins if one["ts"] == message.ts), None)
    if known is None:
        raise Refused("not_pinned")
    channel.pins.remove(known)
    message.body.pop("pinned_to", None)
    _tell_pin(workspace, channel, message, user, "pin_removed")


def _tell_pin(workspace: Workspace, channel: Channel, message: Message, user: str, kind: str) -> None:
    workspace.save_message(message)
    workspace.save(channel)
    workspace.tell_channel({"type": "pins", "channel": channel.id}, channel)
    item = {"type": "message", "channel": channel.id, "message": message.body, "created": int(workspace.clock.now())}
    event = {"type": kind, "user": user, "channel_id": channel.id, "item": item, "pin_count": len(channel.pins)}
    workspace.tell_apps(event, channel)
