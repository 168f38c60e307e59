"""Channels that the product makes and keeps: set up in steps that survive a crash, furnished, filled, and ended."""

from commands.kit.channels.setup import Wish, advance, begin_setup, try_again
from commands.kit.channels.steps import ChannelContents
from commands.kit.channels.upkeep import archive_channel, bring, take_out, write_canvas

__all__ = [
    "ChannelContents",
    "Wish",
    "advance",
    "archive_channel",
    "begin_setup",
    "bring",
    "take_out",
    "try_again",
    "write_canvas",
]
