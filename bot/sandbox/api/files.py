"""``files.*``: the upload in three steps, and reading."""

from bot.sandbox import files
from bot.sandbox.api.call import Call, method
from bot.sandbox.api.chat import authored, need_thread
from bot.sandbox.checking import checked_message
from bot.sandbox.records import Channel, Json, Refused, StoredFile

SIZE_LIMIT = 1024**3
SNIPPET_LIMIT = 1024**2
ALT_TEXT_LIMIT = 1000
CHANNEL_LIMIT = 100
_PAGE = 100


@method("files.getUploadURLExternal")
def upload_url(call: Call) -> Json:
    """Announce a file and get the address for its bytes."""
    length = call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] length must be above 0"]})
    if length > SIZE_LIMIT:
        raise Refused("file_upload_size_restricted")
    if call.text("snippet_type") and length > SNIPPET_LIMIT:
        raise Refused("snippet_too_large")
    if len(call.text("alt_txt")) > ALT_TEXT_LIMIT:
        raise Refused("alt_txt_too_large")
    made = files.announce(call.workspace, call.text("filename"), length, call.user, app_id=call.app.id)
    made.alt_text = call.text("alt_txt")
    return {"upload_url": f"{call.workspace.url}/upload/v1/{made.id}", "file_id": made.id}


@method("files.completeUploadExternal")
def complete(call: Call) -> Json:
    """Finish uploads and share them."""
    asked = call.json("files")
    if not isinstance(asked, list) or not asked:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    found = [_uploaded(call, one) for one in asked]
    places = call.listed("channels") or call.listed("channel_id")
    if len(places) > CHANNEL_LIMIT:
        raise Refused("channels_limit_exceeded")
    channels = [_channel(call, place) for place in places]
    for channel in channels:
        need_thread(call, channel, "posting_to_channel_denied")
    said = _said(call)
    for file, one in zip(found, asked, strict=True):
        file.title = str(one.get("title") or file.name)
        files.complete(call.workspace, file)
    for channel in channels:
        body = {**authored(call), "text": "", **said}
        if call.text("thread_ts"):
            body["thread_ts"] = call.text("thread_ts")
        files.share(call.workspace, channel, found, body, call.app.id)
    return {"files": [files.as_slack(call.workspace, file) for file in found]}


def _said(call: Call) -> Json:
    """What goes with the files: a comment, or else blocks."""
    comment = call.text("initial_comment")
    if comment:
        return checked_message({"text": comment})
    return checked_message({"blocks": call.arguments["blocks"]}) if call.text("blocks") else {}


def _uploaded(call: Call, one: object) -> StoredFile:
    id_ = one.get("id") if isinstance(one, dict) else None
    file = call.workspace.files.get(str(id_))
    if file is None or file.app_id != call.app.id or file.state != "uploaded":
        raise Refused("file_not_found")
    return file


def _channel(call: Call, place: str) -> Channel:
    channel = call.workspace.channels.get(place)
    if channel is None or not call.may_see(channel):
        raise Refused("channel_not_found")
    if call.user not in channel.members:
        raise Refused("not_in_channel")
    if channel.is_archived:
        raise Refused("posting_to_channel_denied")
    return channel


@method("files.info")
def info(call: Call) -> Json:
    """One file."""
    file = files.find(call.workspace, call.text("file"), call.user)
    return {"file": files.as_slack(call.workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.list")
def listing(call: Call) -> Json:
    """The files the caller may see, newest first, by page."""
    size = call.number("count", _PAGE) or _PAGE
    number = call.number("page", 1) or 1
    seen = [file for file in call.workspace.files.values() if file.state == "complete" and not file.deleted]
    seen = [file for file in seen if files.may_see(call.workspace, file, call.user) and _asked_for(call, file)]
    seen.sort(key=lambda file: file.created, reverse=True)
    some = seen[(number - 1) * size : number * size]
    pages = max(1, -(-len(seen) // size))
    paging = {"count": size, "total": len(seen), "page": number, "pages": pages}
    return {"files": [files.as_slack(call.workspace, file) for file in some], "paging": paging}


def _asked_for(call: Call, file: StoredFile) -> bool:
    if call.text("channel") and call.text("channel") not in files.shared_in(file):
        return False
    return call.text("user") in {"", file.user}


@method("files.delete")
def delete(call: Call) -> Json:
    """Delete a file of the caller's own."""
    file = files.find(call.workspace, call.text("file"), call.user)
    if file.user != call.user:
        raise Refused("cant_delete_file")
    files.delete(call.workspace, file)
    return {}
