"""POST requests about other workspaces: that read a channel, or where the same app is installed; and conversions."""

from bot.sandbox.control import shown
from bot.sandbox.control.way import Asked, post
from bot.sandbox.gestures import talk
from bot.sandbox.records import Channel, Json, Refused
from bot.sandbox.workspaces import elsewhere, sharing


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


@post("elsewhere/command")
async def command_elsewhere(asked: Asked) -> Json:
    """Let somebody of another workspace, where the app is installed too, type a command."""
    answer = await elsewhere.command(asked.sandbox, asked.app(), asked.need("team"), asked.need("text"))
    return {"status": answer.status, "body": answer.body}


@post("elsewhere/event")
async def event_elsewhere(asked: Asked) -> Json:
    """Let something happen in another workspace where the app is installed too."""
    event = asked.arguments.get("event")
    if not isinstance(event, dict):
        raise Refused("missing_argument", "event is missing")
    answer = await elsewhere.event(asked.sandbox, asked.app(), asked.need("team"), event)
    return {"status": answer.status, "body": answer.body}
