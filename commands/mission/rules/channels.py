"""What stands in the way of using a channel."""

from __future__ import annotations

from enum import StrEnum

from storage.channels import Channel

# Slack's answers when a channel is private and the app is not in it.
UNSEEN = frozenset({"channel_not_found", "not_in_channel"})


class ChannelProblem(StrEnum):
    """Why the product cannot use a channel as it should."""

    NOT_READ = "not_read"
    UNSEEN = "unseen"
    OTHER = "other"
    ARCHIVED = "archived"
    SHARED = "shared"
    NOT_MEMBER = "not_member"


# Found out about later, by asking Slack again; everything else is certain.
UNCERTAIN = frozenset({ChannelProblem.NOT_READ, ChannelProblem.OTHER})


def channel_problem(channel: Channel) -> ChannelProblem | None:
    """What is wrong with a channel, going by what Slack last said of it. A public channel needs no membership."""
    trouble = channel.trouble
    if channel.read_at is None and trouble is None:
        return ChannelProblem.NOT_READ
    private = channel.is_private or channel.read_at is None
    found = {
        ChannelProblem.ARCHIVED: channel.is_archived,
        ChannelProblem.SHARED: channel.is_shared,
        ChannelProblem.OTHER: trouble is not None and trouble not in UNSEEN,
        ChannelProblem.UNSEEN: trouble == "channel_not_found" or (private and trouble in UNSEEN),
        ChannelProblem.NOT_MEMBER: private and not channel.bot_is_member,
    }
    return next((problem for problem, holds in found.items() if holds), None)
