"""What an app wants to show, checked as Slack checks it and made ready to be kept."""

import json
from typing import Any

from bot.sandbox.blockkit import Problem, check_message, check_view
from bot.sandbox.records import Json, Refused
from bot.sandbox.text import as_kept
from bot.sandbox.views import too_large

TEXT_LIMIT = 40_000
ATTACHMENT_LIMIT = 100
MARKDOWN_LIMIT = 12_000
_ID_LENGTH = 5


def refuse(problems: list[Problem]) -> None:
    """Refuse when the Block Kit checker found something, with its pointers as Slack gives them.

    Raises:
        Refused: the first problem's code, all problems' messages.
    """
    if problems:
        told = [problem.as_slack() for problem in problems]
        raise Refused(problems[0].code, "; ".join(told), response_metadata={"messages": told})


def decoded(value: Any, code: str) -> Any:
    """An argument that is JSON, either decoded already or as text.

    Raises:
        Refused: ``code`` when the text is no JSON.
    """
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value)
    except ValueError as error:
        raise Refused(code) from error


def checked_message(given: Json) -> Json:
    """The members of a message an app may set: text, blocks, attachments and metadata, checked and completed.

    Raises:
        Refused: Slack's code for the first thing that is wrong.
    """
    blocks = decoded(given.get("blocks"), "invalid_blocks_format")
    attachments = decoded(given.get("attachments"), "invalid_attachments")
    markdown = given.get("markdown_text")
    text = given.get("text")
    _check_shape(text, markdown, blocks, attachments)
    if markdown:
        blocks, text = [{"type": "markdown", "text": markdown}], markdown
    metadata = decoded(given.get("metadata"), "invalid_metadata_format") or None
    payload = {"text": text or "", "blocks": blocks, "attachments": attachments, "metadata": metadata}
    refuse(check_message({name: value for name, value in payload.items() if value}))
    said: Json = {"text": as_kept(str(text or ""))[:TEXT_LIMIT]}
    if blocks:
        said["blocks"] = with_ids(blocks)
    if attachments:
        said["attachments"] = [_attachment(number, one) for number, one in enumerate(attachments, start=1)]
    return said | ({"metadata": metadata} if metadata else {})


def _check_shape(text: Any, markdown: Any, blocks: Any, attachments: Any) -> None:
    if markdown and (text or blocks):
        raise Refused("markdown_text_conflict")
    if markdown and len(markdown) > MARKDOWN_LIMIT:
        raise Refused("msg_too_long")
    if blocks is not None and not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if attachments is not None and not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    if attachments and len(attachments) > ATTACHMENT_LIMIT:
        raise Refused("too_many_attachments")
    if not (str(text or "").strip() or markdown or blocks or attachments):
        raise Refused("no_text")


def _attachment(number: int, given: Json) -> Json:
    attachment = {"id": number, **given}
    if attachment.get("blocks"):
        attachment["blocks"] = with_ids(attachment["blocks"])
    return attachment


def checked_view(given: Any, kind: str) -> Json:
    """A view to open (``modal``) or publish (``home``), checked and completed.

    Raises:
        Refused: Slack's code for the first thing that is wrong.
    """
    view = decoded(given, "invalid_arguments")
    if not isinstance(view, dict):
        raise Refused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] must provide an object [json-pointer:/view]"]}
        )
    if too_large(view):
        raise Refused("view_too_large")
    if view.get("type") != kind:
        pointer = f"[ERROR] must be equal to constant {kind!r} [json-pointer:/view/type]"
        raise Refused("invalid_arguments", response_metadata={"messages": [pointer]})
    refuse(check_view(view))
    return {**view, "blocks": with_ids(view.get("blocks", []))}


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with a ``block_id`` and an ``action_id`` where the app gave none, as Slack completes them."""
    taken = {block.get("block_id") for block in blocks}
    return [_with_id(block, number, taken) for number, block in enumerate(blocks)]


def _with_id(block: Json, number: int, taken: set[Any]) -> Json:
    full = dict(block)
    if not full.get("block_id"):
        full["block_id"] = _fresh(number, taken)
        taken.add(full["block_id"])
    for name in ("element", "accessory"):
        if isinstance(full.get(name), dict) and full[name].get("type") != "image":
            full[name] = _with_action(full[name], 0)
    for name in ("elements", "actions"):
        if full["type"] in {"actions", "context_actions", "card"} and isinstance(full.get(name), list):
            full[name] = [_with_action(one, at) for at, one in enumerate(full[name])]
    for name in ("child_blocks", "elements"):
        if full["type"] in {"container", "carousel"} and isinstance(full.get(name), list):
            full[name] = with_ids(full[name])
    return full


def _with_action(element: Json, number: int) -> Json:
    return element if element.get("action_id") else {**element, "action_id": _fresh(number, set())}


def _fresh(number: int, taken: set[Any]) -> str:
    while True:
        made = f"{(number * 7919 + 1_000_003 + len(taken)) % 36**_ID_LENGTH:05x}"[:_ID_LENGTH]
        if made not in taken:
            return made
        number += 1
