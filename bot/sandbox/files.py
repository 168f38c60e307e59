"""Files: announced, uploaded, shared."""

import mimetypes
from pathlib import PurePath

from bot.sandbox import messages
from bot.sandbox.records import Channel, Json, Message, Refused, StoredFile
from bot.sandbox.workspace import Workspace

_TYPE_NAMES = {"txt": "text", "jpeg": "jpg", "md": "markdown", "yml": "yaml", "htm": "html"}


def announce(workspace: Workspace, name: str, size: int, user: str, *, app_id: str = "", title: str = "") -> StoredFile:
    """Make the record of a file whose bytes come next."""
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    now = int(workspace.clock.now())
    made = StoredFile(workspace.new_id("F"), name, title or name, mimetype, size, user, now, app_id=app_id)
    workspace.files[made.id] = made
    return made


def store(workspace: Workspace, file: StoredFile, content: bytes) -> None:
    """Take a file's bytes."""
    file.state = "uploaded"
    workspace.keep.put_bytes(file.id, content)
    workspace.save(file)


def complete(workspace: Workspace, file: StoredFile) -> None:
    """Finish an upload; apps that may see it hear of it once it is shared."""
    file.state = "complete"
    workspace.save(file)


def share(workspace: Workspace, channel: Channel, files: list[StoredFile], body: Json, app_id: str = "") -> Message:
    """Post a message that carries files."""
    shown = [as_slack(workspace, file) for file in files]
    message = messages.post(workspace, channel, {**body, "files": shown, "upload": True}, app_id=app_id)
    for file in files:
        kind = "public" if channel.kind == "public" else "private"
        file.shares.setdefault(kind, {}).setdefault(channel.id, []).append(
            {"ts": message.ts, "team_id": workspace.team.id}
        )
        workspace.save(file)
        event = {"type": "file_shared", "file_id": file.id, "user_id": file.user, "file": {"id": file.id}}
        workspace.tell_apps({**event, "channel_id": channel.id}, channel)
    return message


def shared_in(file: StoredFile) -> list[str]:
    """The channels a file was shared in."""
    return [channel for places in file.shares.values() for channel in places]


def may_see(workspace: Workspace, file: StoredFile, user: str) -> bool:
    """Whether a person may see a file: its owner, and who may see a channel it is shared in."""
    if file.user == user:
        return True
    seen = (workspace.channels.get(channel) for channel in shared_in(file))
    return any(channel is not None and workspace.may_see(channel, user) for channel in seen)


def as_slack(workspace: Workspace, file: StoredFile) -> Json:
    """The file object of ``files.info``."""
    suffix = PurePath(file.name).suffix.lstrip(".").lower()
    places = shared_in(file)
    kinds = {channel: workspace.channels[channel].kind for channel in places if channel in workspace.channels}
    base = f"{workspace.url}/files/{workspace.team.id}-{file.id}"
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": _TYPE_NAMES.get(suffix, suffix or "binary"),
        "pretty_type": suffix.upper() or "Binary",
        "user": file.user,
        "user_team": workspace.team.id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": "public" in kinds.values(),
        "public_url_shared": False,
        "display_as_bot": bool(file.app_id),
        "username": "",
        "url_private": f"{base}/{file.name}",
        "url_private_download": f"{base}/download/{file.name}",
        "permalink": f"https://{workspace.team.domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "channels": [channel for channel, kind in kinds.items() if kind == "public"],
        "groups": [channel for channel, kind in kinds.items() if kind in {"private", "mpim"}],
        "ims": [channel for channel, kind in kinds.items() if kind == "im"],
        "shares": file.shares,
        "comments_count": 0,
        "file_access": "visible",
    }
    return shown | ({"alt_txt": file.alt_text} if file.alt_text else {})


def find(workspace: Workspace, id_: str, user: str) -> StoredFile:
    """A file that a person may see.

    Raises:
        Refused: ``file_not_found`` or ``file_deleted``.
    """
    file = workspace.files.get(id_)
    if file is None or file.state != "complete" or not may_see(workspace, file, user):
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


def delete(workspace: Workspace, file: StoredFile) -> None:
    """Delete a file; messages keep a tombstone of it."""
    file.deleted = True
    workspace.keep.drop_bytes(file.id)
    workspace.save(file)
    for channel_id in shared_in(file):
        channel = workspace.channels[channel_id]
        for message in workspace.messages.get(channel_id, []):
            if any(shown.get("id") == file.id for shown in message.body.get("files", [])):
                before = dict(message.body)
                kept = [_tombstone(file, shown) for shown in message.body["files"]]
                message.body = {**message.body, "files": kept}
                messages.announce_change(workspace, channel, message, before)
        workspace.tell_apps({"type": "file_deleted", "file_id": file.id}, channel)


def _tombstone(file: StoredFile, shown: Json) -> Json:
    return {"id": file.id, "mode": "tombstone"} if shown.get("id") == file.id else shown
