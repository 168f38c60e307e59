"""Messages: text, blocks, attachments, markdown_text and metadata as the chat methods take them."""

from __future__ import annotations

from typing import Any

from . import limits
from .attachments import ATTACHMENT
from .blocks import check_block_list
from .rules import DOCUMENTED, MEASURED, condition
from .shapes import MESSAGE
from .views import json_bytes
from .walk import Problem, Walk

INVALID_BLOCKS = "invalid_blocks"


def check_message(payload: dict[str, Any], *, update: bool = False, limit_total: bool = True) -> list[Problem]:
    """List what Slack refuses in the content of a message.

    Only ``text``, ``blocks``, ``attachments``, ``markdown_text`` and ``metadata`` are judged; other keys (channel,
    thread_ts ...) belong to the method. The first problem's code is the ``error`` of Slack's answer.

    Args:
        payload: the decoded arguments; arrays and objects, not JSON strings.
        update: whether the method is chat.update, which refuses a long text where chat.postMessage truncates it.
        limit_total: whether the text over all blocks is limited; an answer to a response_url is not.
    """
    walk = Walk(MESSAGE, INVALID_BLOCKS)
    _check_presence(payload, walk)
    _check_texts(payload, walk, update=update)
    _check_blocks(payload, walk)
    _check_attachments(payload, walk)
    if limit_total:
        _check_total(walk)
    _check_metadata(payload, walk)
    return walk.problems


@condition("a message has text, blocks or attachments", DOCUMENTED)
def _check_presence(payload: dict[str, Any], walk: Walk) -> None:
    if not any(payload.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        walk.refuse("no_text", "", "no_text")


@condition("markdown_text stands alone", DOCUMENTED)
def _check_texts(payload: dict[str, Any], walk: Walk, *, update: bool) -> None:
    for name in ("text", "markdown_text"):
        if payload.get(name) is not None and not isinstance(payload[name], str):
            walk.refuse("must provide a string", f"/{name}", "invalid_arguments")
            return
    text, markdown = payload.get("text") or "", payload.get("markdown_text") or ""
    if markdown and (text or payload.get("blocks")):
        walk.refuse("markdown_text cannot be used with text or blocks", "/markdown_text", "markdown_text_conflict")
    if len(markdown) > limits.MARKDOWN_TEXT:
        reason = f"must be less than {limits.MARKDOWN_TEXT + 1} characters"
        walk.refuse(reason, "/markdown_text", "msg_too_long")
    if update and len(text) > limits.UPDATE_TEXT:
        walk.refuse(f"must be less than {limits.UPDATE_TEXT + 1} characters", "/text", "msg_too_long")


@condition("blocks is an array", DOCUMENTED)
def _check_blocks(payload: dict[str, Any], walk: Walk) -> None:
    blocks = payload.get("blocks")
    if blocks is None:
        return
    if isinstance(blocks, list):
        check_block_list(blocks, "/blocks", walk)
    else:
        walk.refuse("must provide an array", "/blocks", "invalid_blocks_format")


def _check_attachments(payload: dict[str, Any], walk: Walk) -> None:
    attachments = payload.get("attachments")
    if attachments is None:
        return
    walk.code = "invalid_attachments"
    if not isinstance(attachments, list):
        walk.refuse("must provide an array", "/attachments")
    elif len(attachments) > limits.ATTACHMENTS:
        reason = f"no more than {limits.ATTACHMENTS} items allowed"
        walk.refuse(reason, "/attachments", "too_many_attachments")
    else:
        for index, attachment in enumerate(attachments):
            ATTACHMENT.check(attachment, f"/attachments/{index}", walk)
    walk.code = INVALID_BLOCKS


@condition("the text over all blocks is limited", MEASURED)
def _check_total(walk: Walk) -> None:
    if walk.text_total > limits.MESSAGE_TEXT_TOTAL:
        reason = f"must be less than {limits.MESSAGE_TEXT_TOTAL + 1} characters in all"
        walk.refuse(reason, "/blocks", "msg_blocks_too_long")


@condition("metadata is an object with event_type and event_payload, or entities", DOCUMENTED)
def _check_metadata(payload: dict[str, Any], walk: Walk) -> None:
    metadata = payload.get("metadata")
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        walk.refuse("must provide an object", "/metadata", "invalid_metadata_format")
        return
    _check_metadata_schema(metadata, walk)
    try:
        size = json_bytes(metadata)
    except (TypeError, ValueError, RecursionError):
        walk.refuse("must be JSON", "/metadata", "invalid_metadata_format")
        return
    if size > limits.METADATA_BYTES:
        walk.refuse("metadata_too_large", "/metadata", "metadata_too_large")


def _check_metadata_schema(metadata: dict[str, Any], walk: Walk) -> None:
    code = "invalid_metadata_schema"
    if "entities" in metadata and not isinstance(metadata["entities"], list):
        walk.refuse("must provide an array", "/metadata/entities", code)
    if "entities" in metadata and "event_type" not in metadata:
        return
    kind, content = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not kind:
        walk.refuse("must provide a string", "/metadata/event_type", code)
    if not isinstance(content, dict):
        walk.refuse("must provide an object", "/metadata/event_payload", code)
