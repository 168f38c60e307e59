"""Channels that the product makes and keeps: set up in steps that survive a crash, furnished, filled, and ended."""

from commands.kit.channels.setup import ChannelRequest, advance, begin_setup, lose_channel, try_again
from commands.kit.channels.steps import CANVAS, TOPIC, ChannelContents
from commands.kit.channels.upkeep import archive_channel, invite_people, remove_people, write_canvas

__all__ = [
    "CANVAS",
    "TOPIC",
    "ChannelContents",
    "ChannelRequest",
    "advance",
    "archive_channel",
    "begin_setup",
    "invite_people",
    "lose_channel",
    "remove_people",
    "try_again",
    "write_canvas",
]
