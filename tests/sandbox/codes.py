"""The codes that Slack's methods may answer beyond those of their own tables."""

import json
from functools import cache
from pathlib import Path

from bot import sandbox

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


@cache
def common_errors() -> frozenset[str]:
    """The codes every method can answer."""
    facts = Path(sandbox.__path__[0]) / "facts.json"
    return frozenset(json.loads(facts.read_text(encoding="utf-8"))["common_errors"])
