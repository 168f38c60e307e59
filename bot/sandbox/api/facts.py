"""What Slack publishes of each method, condensed in ``facts.json``."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "facts.json"


# Codes Slack is known to answer, or that the tables of kindred methods list, although this method's table leaves
# them out.
UNLISTED: dict[str, tuple[str, ...]] = {
    "apps.connections.open": ("socket_mode_not_enabled",),
    "chat.postEphemeral": ("invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large"),
    "chat.postMessage": ("invalid_attachments", "msg_too_long"),
    "chat.scheduleMessage": ("invalid_attachments", "msg_blocks_too_long"),
    "chat.scheduledMessages.list": ("invalid_limit",),
    "conversations.canvases.create": ("channel_not_found",),
    "conversations.invite": ("too_many_users",),
    "conversations.unarchive": ("not_in_channel",),
    "usergroups.disable": ("no_such_subteam",),
    "usergroups.enable": ("no_such_subteam",),
    "usergroups.update": ("no_such_subteam",),
    "usergroups.users.update": ("no_such_subteam",),
    "users.conversations": ("user_not_found",),
    "users.getPresence": ("user_not_found",),
    "users.list": ("invalid_limit",),
}


@dataclass(frozen=True)
class Facts:
    """One method. ``scopes`` None: no bot token may call it; several: one of them is enough."""

    name: str
    http: str
    tier: int | str
    scopes: tuple[str, ...] | None
    user_scopes: tuple[str, ...]
    json: bool
    token: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    errors: tuple[str, ...]


@cache
def all_facts() -> dict[str, Facts]:
    """Every method Slack's table holds."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))["methods"]
    return {
        name: Facts(
            name=name,
            http=found["http"],
            tier=found["tier"],
            scopes=None if found["scopes"] is None else tuple(found["scopes"]),
            user_scopes=tuple(found.get("user_scopes", found["scopes"] or ())),
            json=found["json"],
            token=found.get("token", "bot"),
            required=tuple(found["required"]),
            optional=tuple(found["optional"]),
            errors=tuple(found["errors"]),
        )
        for name, found in raw.items()
    }


@cache
def common_errors() -> frozenset[str]:
    """The codes every method can answer."""
    return frozenset(json.loads(_FILE.read_text(encoding="utf-8"))["common_errors"])
