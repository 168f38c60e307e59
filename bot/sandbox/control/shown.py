"""Records as the control interface gives them to one person."""

from bot.sandbox import people
from bot.sandbox.live import News
from bot.sandbox.records import App, Channel, Json, Message, Person
from bot.sandbox.sandbox import Sandbox


def channel(sandbox: Sandbox, one: Channel, me: str) -> Json:
    """A channel as one person sees it."""
    workspace = sandbox.workspace
    other = next((user for user in one.members if user != me), me) if one.kind == "im" else ""
    listed = workspace.messages.get(one.id)
    return {
        "id": one.id,
        "name": workspace.people[other].name if other else _name(sandbox, one, me),
        "kind": one.kind,
        "is_member": me in one.members,
        "is_archived": one.is_archived,
        "is_general": one.is_general,
        "topic": one.topic["value"],
        "purpose": one.purpose["value"],
        "user": other,
        "members": one.members if one.kind == "mpim" else [],
        "num_members": len(one.members),
        "unread": one.unread.get(me, 0),
        "mentions": one.mentions.get(me, 0),
        "last_read": one.last_read.get(me, "0"),
        "latest": listed[-1].ts if listed else None,
        "creator": one.creator,
        "created": one.created,
    }


def _name(sandbox: Sandbox, one: Channel, me: str) -> str:
    if one.kind != "mpim":
        return one.name
    return ", ".join(sandbox.workspace.people[user].name for user in one.members if user != me)


def channels(sandbox: Sandbox, me: str) -> list[Json]:
    """Every channel a person may see, by name."""
    seen = (one for one in sandbox.workspace.channels.values() if sandbox.workspace.may_see(one, me))
    return sorted((channel(sandbox, one, me) for one in seen), key=lambda one: str(one["name"]).lower())


def app(sandbox: Sandbox, one: App) -> Json:
    """An app as the page draws it; nothing secret."""
    connected = sandbox.sockets.connected(one.id) if one.socket_mode else one.reachable
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "bot_user_id": one.bot_user,
        "mode": one.mode,
        "connected": connected,
        "home": one.home,
        "messages": one.messages,
        "commands": [{name: c[name] for name in ("command", "description", "usage_hint")} for c in one.commands],
        "shortcuts": one.shortcuts,
    }


def messages(sandbox: Sandbox, one: Channel, me: str, before: str, limit: int) -> Json:
    """A stretch of a channel, oldest first, with this person's ephemerals in their places."""
    listed = [message for message in sandbox.workspace.messages.get(one.id, []) if message.in_channel]
    own = sandbox.workspace.ephemerals.get(one.id, [])
    listed += [message for message in own if message.only_for == me and not message.body.get("thread_ts")]
    if before:
        listed = [message for message in listed if message.ts < before]
    listed.sort(key=lambda message: message.ts)
    return {"messages": _bodies(listed[-limit:]), "has_more": len(listed) > limit}


def thread(sandbox: Sandbox, one: Channel, me: str, ts: str) -> list[Json]:
    """A thread: its parent, then the replies, this person's ephemerals among them."""
    parent = sandbox.workspace.message(one, ts)
    own = sandbox.workspace.ephemerals.get(one.id, [])
    whispered = [message for message in own if message.only_for == me and message.body.get("thread_ts") == ts]
    replies = [*sandbox.workspace.threads.get((one.id, ts), []), *whispered]
    return _bodies([parent, *sorted(replies, key=lambda message: message.ts)])


def _bodies(listed: list[Message]) -> list[Json]:
    return [message.shown() for message in listed]


def details(sandbox: Sandbox, one: Channel, me: str) -> Json:
    """A channel with its people, pins, bookmarks and canvas."""
    pins = [sandbox.workspace.find_message(one.id, pin["ts"]) for pin in one.pins]
    canvas = sandbox.workspace.canvases.get(one.canvas)
    text = "\n\n".join(section["markdown"] for section in canvas.sections) if canvas else ""
    return {
        "channel": channel(sandbox, one, me),
        "members": one.members,
        "pins": _bodies([message for message in pins if message]),
        "bookmarks": [{name: b[name] for name in ("id", "title", "link", "emoji")} for b in one.bookmarks],
        "canvas": {"id": canvas.id, "title": canvas.title, "markdown": text} if canvas else None,
    }


def news(sandbox: Sandbox, one: News, me: str) -> Json:
    """News as one person sees it; channels and unread marks are as they are now."""
    body = dict(one.body)
    if body["type"] in {"channel", "unread"}:
        found = sandbox.workspace.channels.get(body["channel"])
        if found is None:
            return {"type": "reload", "seq": one.seq}
        seen = channel(sandbox, found, me)
        body |= (
            {"channel": seen}
            if body["type"] == "channel"
            else {n: seen[n] for n in ("unread", "mentions", "last_read")}
        )
    if body["type"] == "app":
        body["app"] = app(sandbox, sandbox.workspace.apps[body["app"]])
    return {**body, "seq": one.seq}


def boot(sandbox: Sandbox, me: Person | None) -> Json:
    """Everything a page needs to begin."""
    workspace = sandbox.workspace
    team = {"id": workspace.team.id, "name": workspace.team.name, "domain": workspace.team.domain, "icon_url": ""}
    told: Json = {
        "workspace": team,
        "people": [people.as_page(workspace, person) for person in workspace.people.values()],
        "apps": [app(sandbox, one) for one in workspace.apps.values() if one.installed],
        "clock": sandbox.clock.to_json(),
        "strict": sandbox.limits.strict,
        "seq": sandbox.live.last,
    }
    if me is None:
        return told
    homes = {one.id: sandbox.views.home(one.id, me.id) for one in workspace.apps.values()}
    groups = workspace.usergroups.values()
    return told | {
        "me": people.as_page(workspace, me),
        "channels": channels(sandbox, me.id),
        "usergroups": [{"id": g.id, "handle": g.handle, "name": g.name, "users": g.users} for g in groups],
        "views": [sandbox.views.as_slack(view) for view in sandbox.views.stack(me.id)],
        "homes": {id_: sandbox.views.as_slack(view) if view else None for id_, view in homes.items()},
    }
