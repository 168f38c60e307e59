"""Channels that other workspaces read too, or were invited to; conversion, and the new id it may bring.

Sources: docs.slack.dev/apis/slack-connect, and the events channel_shared, channel_unshared and channel_id_changed.
"""

from bot.sandbox import channels, messages
from bot.sandbox.records import Channel, ChannelKind, Json, Refused
from bot.sandbox.workspace import Workspace


def shown(workspace: Workspace, channel: Channel) -> Json:
    """What ``conversations.info`` says of who else reads a channel, by flags and by lists."""
    own = workspace.team.id
    org_wide, connected, invited = channel.org_teams, channel.connected, channel.invited
    return {
        "is_shared": bool(org_wide or connected),
        "is_ext_shared": bool(connected),
        "is_org_shared": bool(org_wide),
        "is_pending_ext_shared": bool(invited),
        "pending_shared": invited,
        "pending_connected_team_ids": invited,
        "shared_team_ids": [own, *org_wide, *connected],
        "internal_team_ids": [own, *org_wide] if org_wide else [],
        "connected_team_ids": connected,
    }


def invite(workspace: Workspace, channel: Channel, team: str) -> None:
    """Invite another workspace to a channel; nobody is told before it accepts.

    Raises:
        Refused: ``already_in_channel``.
    """
    if team in channel.connected:
        raise Refused("already_in_channel")
    channel.invited = [*channel.invited, team]
    workspace.save(channel)


def share(workspace: Workspace, channel: Channel, team: str, *, in_org: bool) -> None:
    """Let another workspace read a channel: of our organisation, or of somebody else's (an id that may begin with E).

    Raises:
        Refused: ``already_in_channel``.
    """
    shared_with = channel.org_teams if in_org else channel.connected
    if team in shared_with:
        raise Refused("already_in_channel")
    channel.invited = [one for one in channel.invited if one != team]
    shared_with.append(team)
    workspace.save(channel)
    workspace.tell_apps({"type": "channel_shared", "connected_team_id": team, "channel": channel.id}, channel)
    channels.changed(workspace, channel)


def unshare(workspace: Workspace, channel: Channel, team: str) -> None:
    """End it, and the other workspace's people are out; or take an invitation back, of which nobody is told."""
    if team in channel.invited:
        channel.invited = [one for one in channel.invited if one != team]
        workspace.save(channel)
        return
    channel.org_teams = [one for one in channel.org_teams if one != team]
    channel.connected = [one for one in channel.connected if one != team]
    for user in [user for user in channel.members if workspace.people[user].team_id == team]:
        channels.leave(workspace, channel, user)
    workspace.save(channel)
    event: Json = {"type": "channel_unshared", "previously_connected_team_id": team, "channel": channel.id}
    workspace.tell_apps(event | {"is_ext_shared": bool(channel.connected)}, channel)
    channels.changed(workspace, channel)


def convert(workspace: Workspace, channel: Channel, user: str, kind: ChannelKind) -> None:
    """Make a private channel public, or a public one private. There is no event of its own, only a message inside.

    Raises:
        Refused: ``method_not_supported_for_channel_type``.
    """
    if channel.is_direct or channel.is_general:
        raise Refused("method_not_supported_for_channel_type")
    channel.kind = kind
    workspace.save(channel)
    text = f"<@{user}> made this channel {kind}"
    messages.system(workspace, channel, user, f"channel_convert_to_{kind}", text)
    channels.changed(workspace, channel)


def renumber(workspace: Workspace, channel: Channel) -> None:
    """Give a channel another id, as sharing or converting an old one does; the messages keep their times."""
    old = channel.id
    workspace.keep.drop("Channel", old)
    del workspace.channels[old]
    channel.id = workspace.new_id("C")
    workspace.channels[channel.id] = channel
    workspace.save(channel)
    for message in workspace.messages.pop(old, []):
        message.channel = channel.id
        workspace.messages.setdefault(channel.id, []).append(message)
        workspace.save_message(message)
    for place, ts in [key for key in workspace.threads if key[0] == old]:
        workspace.threads[channel.id, ts] = workspace.threads.pop((place, ts))
    event: Json = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id}
    workspace.tell_apps(event, channel)
    channels.changed(workspace, channel)
