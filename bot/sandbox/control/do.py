"""POST requests: what a person does."""

from bot.sandbox import channels, extras, messages
from bot.sandbox.control import shown
from bot.sandbox.control.way import Asked, post
from bot.sandbox.gestures import commands, forms, interact, talk
from bot.sandbox.gestures.base import Outcome
from bot.sandbox.records import Channel, Json


def _told(asked: Asked, outcome: Outcome) -> Json:
    return outcome.to_json(asked.sandbox, asked.person.id)


@post("say")
async def say(asked: Asked) -> Json:
    """Post a message."""
    message = talk.say(
        asked.sandbox,
        asked.person,
        asked.channel(),
        asked.text("text"),
        thread_ts=asked.text("thread_ts"),
        broadcast=bool(asked.arguments.get("broadcast")),
        file_ids=asked.arguments.get("files") or [],
    )
    return {"message": message.shown()}


@post("edit")
async def edit(asked: Asked) -> Json:
    """Edit an own message."""
    message = talk.edit(asked.sandbox, asked.person, asked.channel(), asked.need("ts"), asked.need("text"))
    return {"message": message.shown()}


@post("delete")
async def delete(asked: Asked) -> Json:
    """Delete an own message or dismiss an ephemeral one."""
    talk.delete(asked.sandbox, asked.person, asked.channel(), asked.need("ts"))
    return {}


@post("command")
async def command(asked: Asked) -> Json:
    """Run a slash command."""
    channel, typed = asked.channel(), asked.need("text")
    outcome = await commands.run(asked.sandbox, asked.person, channel, typed, asked.text("thread_ts"))
    return _told(asked, outcome)


@post("action")
async def action(asked: Asked) -> Json:
    """Press a button or change an element."""
    return _told(asked, await interact.act(asked.sandbox, asked.person, asked.arguments))


@post("options")
async def options(asked: Asked) -> Json:
    """Ask for the options of an external select."""
    return _told(asked, await interact.options(asked.sandbox, asked.person, asked.arguments))


@post("view/submit")
async def submit(asked: Asked) -> Json:
    """Submit a form."""
    typed = asked.arguments.get("values") or {}
    return _told(asked, await forms.submit(asked.sandbox, asked.person, asked.need("view_id"), typed))


@post("view/close")
async def close(asked: Asked) -> Json:
    """Close a form."""
    everything = bool(asked.arguments.get("all"))
    view_id = asked.need("view_id")
    return _told(asked, await forms.close(asked.sandbox, asked.person, view_id, everything=everything))


@post("home")
async def home(asked: Asked) -> Json:
    """Open an app's Home."""
    return forms.open_home(asked.sandbox, asked.person, asked.app(), asked.text("tab") or "home")


@post("shortcut")
async def shortcut(asked: Asked) -> Json:
    """Run a shortcut."""
    asked.need("callback_id")
    return _told(asked, await interact.shortcut(asked.sandbox, asked.person, asked.arguments))


@post("react")
async def react(asked: Asked) -> Json:
    """Add or take back a reaction."""
    channel = asked.channel()
    message = asked.sandbox.workspace.message(channel, asked.need("ts"))
    change = extras.unreact if asked.arguments.get("remove") else extras.react
    change(asked.sandbox.workspace, channel, message, asked.need("name").strip(":"), asked.person.id)
    return {"message": message.shown()}


@post("pin")
async def pin(asked: Asked) -> Json:
    """Pin or unpin."""
    channel = asked.channel()
    talk.need_member(channel, asked.person)
    message = asked.sandbox.workspace.message(channel, asked.need("ts"))
    change = extras.unpin if asked.arguments.get("remove") else extras.pin
    change(asked.sandbox.workspace, channel, message, asked.person.id)
    return {}


@post("read")
async def read(asked: Asked) -> Json:
    """Mark a channel read."""
    channel = asked.channel()
    listed = asked.sandbox.workspace.messages.get(channel.id)
    latest = listed[-1].ts if listed else "0"
    messages.read(asked.sandbox.workspace, channel, asked.person.id, asked.text("ts") or latest)
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


@post("dm")
async def direct(asked: Asked) -> Json:
    """Open a direct message."""
    others = [asked.app().bot_user] if asked.text("app") else asked.people()
    channel, _ = channels.direct(asked.sandbox.workspace, asked.person.id, others)
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


def _shown_channel(asked: Asked, channel: Channel) -> Json:
    return {"channel": shown.channel(asked.sandbox, channel, asked.person.id)}


@post("channel/create")
async def create(asked: Asked) -> Json:
    """Make a channel."""
    private = bool(asked.arguments.get("private"))
    channel = talk.create(asked.sandbox, asked.person, asked.text("name"), private=private)
    for what in ("topic", "purpose"):
        if asked.text(what):
            talk.describe(asked.sandbox, asked.person, channel, what, asked.text(what))
    talk.invite(asked.sandbox, asked.person, channel, asked.people("members"))
    return _shown_channel(asked, channel)


@post("channel/join")
async def join(asked: Asked) -> Json:
    """Join a channel."""
    talk.join(asked.sandbox, asked.person, asked.channel())
    return _shown_channel(asked, asked.channel())


@post("channel/leave")
async def leave(asked: Asked) -> Json:
    """Leave a channel."""
    talk.leave(asked.sandbox, asked.person, asked.channel())
    return {}


@post("channel/archive")
async def archive(asked: Asked) -> Json:
    """Archive a channel."""
    talk.archive(asked.sandbox, asked.person, asked.channel())
    return _shown_channel(asked, asked.channel())


@post("channel/unarchive")
async def unarchive(asked: Asked) -> Json:
    """Open an archived channel."""
    talk.unarchive(asked.sandbox, asked.person, asked.channel())
    return _shown_channel(asked, asked.channel())


@post("channel/invite")
async def invite(asked: Asked) -> Json:
    """Bring people in."""
    talk.invite(asked.sandbox, asked.person, asked.channel(), asked.people())
    return _shown_channel(asked, asked.channel())


@post("channel/kick")
async def kick(asked: Asked) -> Json:
    """Take people out."""
    talk.kick(asked.sandbox, asked.person, asked.channel(), asked.people())
    return _shown_channel(asked, asked.channel())


@post("channel/rename")
async def rename(asked: Asked) -> Json:
    """Rename a channel."""
    channel = asked.channel()
    talk.rename(asked.sandbox, asked.person, channel, asked.text("name"))
    return _shown_channel(asked, channel)


@post("channel/topic")
async def topic(asked: Asked) -> Json:
    """Set the topic."""
    talk.describe(asked.sandbox, asked.person, asked.channel(), "topic", asked.text("topic"))
    return _shown_channel(asked, asked.channel())


@post("channel/purpose")
async def purpose(asked: Asked) -> Json:
    """Set the purpose."""
    talk.describe(asked.sandbox, asked.person, asked.channel(), "purpose", asked.text("purpose"))
    return _shown_channel(asked, asked.channel())
