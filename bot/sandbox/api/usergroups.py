"""``usergroups.*``."""

import re

from bot.sandbox.api.call import Call, method
from bot.sandbox.records import Json, Refused, UserGroup

_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,20}")
_DESCRIPTION_LIMIT = 140
_NAME_LIMIT = 140


def _shown(call: Call, group: UserGroup, *, users: bool = False) -> Json:
    told: Json = {
        "id": group.id,
        "team_id": call.workspace.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": int(call.workspace.clock.now()),
        "date_delete": 0 if group.enabled else int(call.workspace.clock.now()),
        "created_by": group.created_by,
        "prefs": {"channels": group.channels, "groups": []},
        "user_count": len(group.users),
    }
    return told | ({"users": group.users} if users else {})


def _find(call: Call) -> UserGroup:
    found = call.workspace.usergroups.get(call.text("usergroup"))
    if found is None:
        raise Refused("no_such_subteam")
    return found


def _check_names(call: Call, name: str, handle: str, but: str = "") -> None:
    others = [group for group in call.workspace.usergroups.values() if group.id != but]
    if len(name) > _NAME_LIMIT:
        raise Refused("name_too_long")
    if any(group.name == name for group in others):
        raise Refused("name_already_exists")
    if not _HANDLE.fullmatch(handle):
        raise Refused("bad_handle")
    taken = {person.handle for person in call.workspace.people.values()} | {group.handle for group in others}
    if handle in taken:
        raise Refused("handle_already_exists")
    if len(call.text("description")) > _DESCRIPTION_LIMIT:
        raise Refused("description_too_long")


def _saved(call: Call, group: UserGroup, event: str) -> Json:
    call.workspace.usergroups[group.id] = group
    call.workspace.save(group)
    call.workspace.tell_apps({"type": event, "subteam": _shown(call, group, users=True)})
    return {"usergroup": _shown(call, group, users=True)}


@method("usergroups.create")
def create(call: Call) -> Json:
    """Make a group."""
    name = call.text("name")
    handle = call.text("handle") or re.sub(r"[^a-z0-9._-]+", "-", name.lower())[:21]
    _check_names(call, name, handle)
    if any(channel not in call.workspace.channels for channel in call.listed("channels")):
        raise Refused("invalid_channel_provided")
    made = UserGroup(call.workspace.new_id("S"), handle, name, call.text("description"))
    made.channels = call.listed("channels")
    made.created_by, made.created = call.user, int(call.workspace.clock.now())
    return _saved(call, made, "subteam_created")


@method("usergroups.update")
def update(call: Call) -> Json:
    """Change a group."""
    group = _find(call)
    name, handle = call.text("name", group.name), call.text("handle", group.handle)
    _check_names(call, name, handle, but=group.id)
    group.name, group.handle = name, handle
    group.description = call.text("description", group.description)
    if "channels" in call.arguments:
        group.channels = call.listed("channels")
    return _saved(call, group, "subteam_updated")


def _switch(call: Call, *, enabled: bool) -> Json:
    group = _find(call)
    group.enabled = enabled
    return _saved(call, group, "subteam_updated")


@method("usergroups.enable")
def enable(call: Call) -> Json:
    """Bring a group back."""
    return _switch(call, enabled=True)


@method("usergroups.disable")
def disable(call: Call) -> Json:
    """Put a group away."""
    return _switch(call, enabled=False)


@method("usergroups.list")
def listing(call: Call) -> Json:
    """All groups."""
    groups = [group for group in call.workspace.usergroups.values() if group.enabled or call.flag("include_disabled")]
    users = call.flag("include_users")
    return {"usergroups": [_shown(call, group, users=users) for group in groups]}


@method("usergroups.users.list")
def users_list(call: Call) -> Json:
    """Who is in a group."""
    return {"users": _find(call).users}


@method("usergroups.users.update")
def users_update(call: Call) -> Json:
    """Replace a group's people."""
    group, users = _find(call), call.listed("users")
    if not users:
        raise Refused("no_users_provided")
    if any(user not in call.workspace.people for user in users):
        raise Refused("invalid_users")
    group.users = list(dict.fromkeys(users))
    return _saved(call, group, "subteam_updated")
