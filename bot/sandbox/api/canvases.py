"""``canvases.*`` and ``conversations.canvases.create``: documents made of markdown sections."""

import re
from typing import Any

from bot.sandbox.api.call import Call, method
from bot.sandbox.records import Canvas, Json, Refused

CONTENT_LIMIT = 1024**2
_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_PLACED = {"insert_after", "insert_before"}
_OPERATIONS = _PLACED | {"insert_at_start", "insert_at_end", "replace", "delete", "rename"}


def _content(given: Any) -> str:
    if given is None:
        return ""
    if not isinstance(given, dict) or given.get("type") != "markdown":
        raise Refused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] document_content must be markdown"]}
        )
    text = str(given.get("markdown", ""))
    if len(text.encode()) > CONTENT_LIMIT:
        raise Refused("canvas_too_large")
    return text


def _sections(call: Call, text: str) -> list[Json]:
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [{"id": f"temp:C:{call.workspace.new_id('')}", "markdown": part} for part in parts]


def _make(call: Call, channel: str) -> Canvas:
    text = _content(call.json("document_content"))
    now = int(call.workspace.clock.now())
    made = Canvas(call.workspace.new_id("F"), call.text("title"), call.user, now, _sections(call, text), channel)
    call.workspace.canvases[made.id] = made
    _changed(call, made)
    return made


def _changed(call: Call, canvas: Canvas) -> None:
    call.workspace.save(canvas)
    channel = call.workspace.channels.get(canvas.channel)
    if channel is not None:
        call.workspace.tell_channel({"type": "canvas", "channel": channel.id}, channel)


def _find(call: Call) -> Canvas:
    canvas = call.workspace.canvases.get(call.text("canvas_id"))
    if canvas is None or not _may_see(call, canvas):
        raise Refused("canvas_not_found")
    return canvas


def _may_see(call: Call, canvas: Canvas) -> bool:
    if call.user == canvas.owner or call.user in canvas.access:
        return True
    shared = (call.workspace.channels.get(id_) for id_ in [canvas.channel, *canvas.access])
    return any(channel is not None and call.user in channel.members for channel in shared)


@method("canvases.create")
def create(call: Call) -> Json:
    """Make a canvas on its own."""
    return {"canvas_id": _make(call, "").id}


@method("conversations.canvases.create")
def create_in_channel(call: Call) -> Json:
    """Make a channel's canvas; a channel has one."""
    channel = call.channel("channel_id")
    call.need_member(channel)
    if channel.canvas:
        raise Refused("channel_canvas_already_exists")
    channel.canvas = _make(call, channel.id).id
    call.workspace.save(channel)
    call.workspace.tell_channel({"type": "canvas", "channel": channel.id}, channel)
    return {"canvas_id": channel.canvas}


@method("canvases.edit")
def edit(call: Call) -> Json:
    """Make exactly one change."""
    canvas = _find(call)
    changes = call.json("changes")
    if not isinstance(changes, list) or len(changes) != 1 or changes[0].get("operation") not in _OPERATIONS:
        raise Refused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] changes must hold exactly one change"]}
        )
    _apply(call, canvas, changes[0])
    _changed(call, canvas)
    return {}


def _apply(call: Call, canvas: Canvas, change: Json) -> None:
    operation = change["operation"]
    if operation == "rename":
        canvas.title = _content(change.get("title_content"))
        return
    fresh = _sections(call, _content(change.get("document_content")))
    if operation == "insert_at_start":
        canvas.sections[:0] = fresh
    elif operation == "insert_at_end":
        canvas.sections += fresh
    elif operation == "replace" and not change.get("section_id"):
        canvas.sections = fresh
    else:
        at = _place(canvas, str(change.get("section_id", "")))
        start = at + 1 if operation == "insert_after" else at
        canvas.sections[start : start if operation in _PLACED else at + 1] = fresh


def _place(canvas: Canvas, section: str) -> int:
    for at, one in enumerate(canvas.sections):
        if one["id"] == section:
            return at
    raise Refused("canvas_editing_failed", detail="section_not_found")


@method("canvases.delete")
def delete(call: Call) -> Json:
    """Delete a canvas."""
    canvas = _find(call)
    del call.workspace.canvases[canvas.id]
    call.workspace.keep.drop("Canvas", canvas.id)
    channel = call.workspace.channels.get(canvas.channel)
    if channel is not None:
        channel.canvas = ""
        call.workspace.save(channel)
        call.workspace.tell_channel({"type": "canvas", "channel": channel.id}, channel)
    return {}


@method("canvases.access.set")
def access_set(call: Call) -> Json:
    """Let people or channels read or write a canvas."""
    canvas = _find(call)
    level = call.text("access_level")
    users, channels = call.listed("user_ids"), call.listed("channel_ids")
    if level not in {"read", "write", "owner"} or bool(users) == bool(channels):
        raise Refused("invalid_parameters")
    if any(user not in call.workspace.people for user in users):
        raise Refused("user_not_found")
    if any(channel not in call.workspace.channels for channel in channels):
        raise Refused("channel_not_found")
    canvas.access |= dict.fromkeys([*users, *channels], level)
    _changed(call, canvas)
    return {}


@method("canvases.access.delete")
def access_delete(call: Call) -> Json:
    """Take access back."""
    canvas = _find(call)
    gone = {*call.listed("user_ids"), *call.listed("channel_ids")}
    canvas.access = {who: level for who, level in canvas.access.items() if who not in gone}
    _changed(call, canvas)
    return {}


@method("canvases.sections.lookup")
def lookup(call: Call) -> Json:
    """The sections that contain a text or are headings."""
    canvas = _find(call)
    criteria = call.json("criteria")
    if not isinstance(criteria, dict) or not criteria:
        raise Refused("invalid_arguments")
    found = [one for one in canvas.sections if _fits(one["markdown"], criteria)]
    return {"sections": [{"id": one["id"]} for one in found]}


def _fits(markdown: str, criteria: Json) -> bool:
    kinds = criteria.get("section_types") or []
    heading = _HEADING.match(markdown)
    level = f"h{len(heading.group(1))}" if heading else ""
    right_kind = not kinds or level in kinds or ("any_header" in kinds and bool(heading))
    return right_kind and str(criteria.get("contains_text", "")).lower() in markdown.lower()
