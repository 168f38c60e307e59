"""POST requests by which other workspaces come to read a channel, and by which it is converted."""

from bot.sandbox.control import shown
from bot.sandbox.control.way import Asked, post
from bot.sandbox.gestures import talk
from bot.sandbox.records import Channel, Json, Refused
from bot.sandbox.workspaces import sharing


def _own_channel(asked: Asked) -> Channel:
    """A channel that the person is in."""
    channel = asked.channel()
    talk.need_member(channel, asked.person)
    return channel


@post("channel/share")
async def share(asked: Asked) -> Json:
    """Share a channel with another workspace, or invite it."""
    channel, team, how = _own_channel(asked), asked.need("team"), asked.text("how") or "connect"
    if how not in {"connect", "organisation", "invite"}:
        raise Refused("invalid_argument", "how: connect, organisation or invite")
    if how == "invite":
        sharing.invite(asked.sandbox.workspace, channel, team)
    else:
        sharing.share(asked.sandbox.workspace, channel, team, in_org=how == "organisation")
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


@post("channel/unshare")
async def unshare(asked: Asked) -> Json:
    """End the sharing."""
    channel = _own_channel(asked)
    sharing.unshare(asked.sandbox.workspace, channel, asked.need("team"))
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


@post("channel/convert")
async def convert(asked: Asked) -> Json:
    """Make a channel public or private."""
    channel, to = _own_channel(asked), asked.need("to")
    if to not in {"public", "private"}:
        raise Refused("invalid_argument", "to: public or private")
    sharing.convert(asked.sandbox.workspace, channel, asked.person.id, "public" if to == "public" else "private")
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


@post("channel/renumber")
async def renumber(asked: Asked) -> Json:
    """Give a channel another id."""
    channel = _own_channel(asked)
    sharing.renumber(asked.sandbox.workspace, channel)
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}
