"""``users.*`` and ``dnd.*``."""

from bot.sandbox import people
from bot.sandbox.api.call import Call, method, page
from bot.sandbox.api.conversations import channel_kinds, shown
from bot.sandbox.records import Json, Refused

_EMAIL = "users:read.email"


@method("users.info")
def users_info(call: Call) -> Json:
    """One person; the address only with ``users:read.email``."""
    found = call.person()
    if not call.may_know(found):
        raise Refused("user_not_visible")
    locale = call.flag("include_locale")
    return {"user": people.as_slack(call.workspace, found, locale=locale, email=_EMAIL in call.scopes)}


@method("users.list")
def users_list(call: Call) -> Json:
    """Everybody, a page at a time."""
    known = (person for person in call.workspace.people.values() if call.may_know(person))
    members = sorted(known, key=lambda person: person.id)
    found, metadata = page(call, members, default=len(members) or 1, most=1000)
    locale, email = call.flag("include_locale"), _EMAIL in call.scopes
    told = [people.as_slack(call.workspace, person, locale=locale, email=email) for person in found]
    return {"members": told, "cache_ts": int(call.workspace.clock.now()), "response_metadata": metadata}


@method("users.lookupByEmail")
def users_lookup(call: Call) -> Json:
    """The person with this address."""
    wanted = call.text("email").lower()
    for person in call.workspace.people.values():
        found = person.email.lower() == wanted and not person.deleted and not person.is_bot
        if found and call.may_know(person):
            return {"user": people.as_slack(call.workspace, person)}
    raise Refused("users_not_found")


@method("users.conversations")
def users_conversations(call: Call) -> Json:
    """The channels a person and the caller are both in."""
    kinds = channel_kinds(call)
    user = call.text("user") or call.user
    if user not in call.workspace.people:
        raise Refused("user_not_found")
    found = [
        channel
        for channel in sorted(call.workspace.channels.values(), key=lambda channel: channel.id)
        if channel.kind in kinds and user in channel.members and call.may_see(channel)
    ]
    if call.flag("exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    some, metadata = page(call, found)
    return {"channels": [shown(call, channel) for channel in some], "response_metadata": metadata}


@method("users.getPresence")
def users_presence(call: Call) -> Json:
    """Whether a person is there."""
    found = call.workspace.people.get(call.text("user") or call.user)
    if found is None:
        raise Refused("user_not_found")
    return {"presence": found.presence}


@method("users.setPresence")
def users_set_presence(call: Call) -> Json:
    """Say whether the caller is there."""
    wanted = call.text("presence")
    if wanted not in {"auto", "away"}:
        raise Refused("invalid_presence")
    me = call.workspace.people[call.user]
    me.presence = "active" if wanted == "auto" else "away"
    call.workspace.save(me)
    return {}


@method("users.profile.get")
def users_profile(call: Call) -> Json:
    """A person's profile."""
    found = call.workspace.people.get(call.text("user") or call.user)
    if found is None or not call.may_know(found):
        raise Refused("user_not_found")
    return {"profile": people.profile(call.workspace, found, email=_EMAIL in call.scopes)}


@method("dnd.info")
def dnd_info(call: Call) -> Json:
    """Nobody in the sandbox asks not to be disturbed."""
    if call.text("user") and call.text("user") not in call.workspace.people:
        raise Refused("user_not_found")
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}


@method("dnd.teamInfo")
def dnd_team(call: Call) -> Json:
    """The same for several people."""
    quiet = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {"users": {user: quiet for user in call.listed("users") if user in call.workspace.people}}
