"""Channels: `known` holds what Slack said of them and who is in them, `ids` follows one that gets another id.

What every part of the product uses can be had from here.
"""

from storage.channels.known import (
    Channel,
    ChannelMember,
    add_member,
    channel_of_side,
    confidential_channels,
    confidential_channels_of,
    get_channel,
    give_channel_to_side,
    lock_channel,
    mark_unseen,
    members_of,
    replace_members,
    side_of_channel,
)

__all__ = [
    "Channel",
    "ChannelMember",
    "add_member",
    "channel_of_side",
    "confidential_channels",
    "confidential_channels_of",
    "get_channel",
    "give_channel_to_side",
    "lock_channel",
    "mark_unseen",
    "members_of",
    "replace_members",
    "side_of_channel",
]
