"""Numbers of whole payloads and of what recurs everywhere, each with the payload that reaches it."""

from __future__ import annotations

import json

from .limit_case import LimitCase, block_limit, button_limit, input_limit, view_limit
from .payloads import (
    Payload,
    bare_message,
    chart,
    confirm,
    divider,
    home,
    image,
    message,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    section,
    static_select,
    table,
    words,
)


def _padded_view(size: int) -> Payload:
    """A valid modal of exactly ``size`` bytes of JSON."""
    blocks = [section(text=mrkdwn(words(3000))) for _ in range(70)]
    view = modal(*blocks, *[section(text=mrkdwn("x")) for _ in range(20)])
    missing = size - _size(view)
    for block in view.content["blocks"][70:]:
        added = min(missing, 2999)
        block["text"]["text"] += words(added)
        missing -= added
    assert _size(view) == size
    return view


def _size(view: Payload) -> int:
    return len(json.dumps(view.content, separators=(",", ":")))


def _metadata(size: int) -> Payload:
    frame = '{"event_type":"e","event_payload":{"k":""}}'
    content = {"event_type": "e", "event_payload": {"k": words(size - len(frame))}}
    return bare_message(text="t", metadata=content)


def _several_sections(total: int) -> Payload:
    lengths = [3000] * (total // 3000) + [total % 3000] * bool(total % 3000)
    return message(*(section(text=mrkdwn(words(length))) for length in lengths))


PAYLOADS = [
    LimitCase("blocks in a message", 50, lambda n: message(*[divider()] * n), "/blocks"),
    view_limit("blocks in a view", 100, lambda n: modal(*[divider()] * n), "/view/blocks"),
    view_limit("blocks in a view", 100, lambda n: home(*[divider()] * n), "/view/blocks"),
    view_limit("blocks in a view, at least", 1, lambda n: home(*[divider()] * n), "/view/blocks", step=-1),
    LimitCase("text over all blocks of a message", 12_000, _several_sections, "/blocks", "msg_blocks_too_long"),
    LimitCase("text of chat.update", 4_000, lambda n: Payload("update", {"text": words(n)}), "/text", "msg_too_long"),
    LimitCase(
        "markdown_text of a message",
        12_000,
        lambda n: bare_message(markdown_text=words(n)),
        "/markdown_text",
        "msg_too_long",
    ),
    LimitCase(
        "attachments of a message",
        100,
        lambda n: message(attachments=[{"text": "a"}] * n),
        "/attachments",
        "too_many_attachments",
    ),
    LimitCase(
        "actions of an attachment",
        5,
        lambda n: message(attachments=[{"actions": [{}] * n}]),
        "/attachments/0/actions",
        "invalid_attachments",
    ),
    LimitCase(
        "footer of an attachment",
        300,
        lambda n: message(attachments=[{"footer": words(n)}]),
        "/attachments/0/footer",
        "invalid_attachments",
    ),
    LimitCase("message metadata, bytes of JSON", 8_000, _metadata, "/metadata", "metadata_too_large"),
    view_limit("view, bytes of JSON", 256_000, _padded_view, "/view", code="view_too_large"),
    LimitCase("tables in a message", 1, lambda n: message(*[table()] * n), "/blocks/1"),
    LimitCase("charts in a message", 2, lambda n: message(*[chart(pie())] * n), "/blocks/2"),
    view_limit("title of a modal", 24, lambda n: modal(title=plain(words(n))), "/view/title/text"),
    view_limit("submit of a modal", 24, lambda n: modal(submit=plain(words(n))), "/view/submit/text"),
    view_limit("close of a modal", 24, lambda n: modal(close=plain(words(n))), "/view/close/text"),
    view_limit(
        "private_metadata of a view", 3_000, lambda n: modal(private_metadata=words(n)), "/view/private_metadata"
    ),
    view_limit("callback_id of a view", 255, lambda n: modal(callback_id=words(n)), "/view/callback_id"),
    view_limit("external_id of a view", 255, lambda n: home(divider(), external_id=words(n)), "/view/external_id"),
]

EVERYWHERE = [
    block_limit("block_id", 255, lambda n: divider(block_id=words(n)), "/block_id"),
    button_limit("action_id", 255, lambda n: {"action_id": words(n)}, "/action_id"),
    button_limit("url", 3_000, lambda n: {"url": "https://a.io/".ljust(n, "x")}, "/url"),
    block_limit("url", 3_000, lambda n: image(image_url="https://a.io/".ljust(n, "x")), "/image_url"),
    block_limit("text object, at least", 1, lambda n: section(text=mrkdwn(words(n))), "/text/text", step=-1),
    block_limit("text object, at least", 1, lambda n: section(text=plain(words(n))), "/text/text", step=-1),
    input_limit(
        "placeholder", 150, lambda n: {"type": "plain_text_input", "placeholder": plain(words(n))}, "/placeholder/text"
    ),
    input_limit("placeholder", 150, lambda n: static_select(placeholder=plain(words(n))), "/placeholder/text"),
]

OBJECTS = [
    button_limit(
        "title of a confirm dialog", 100, lambda n: {"confirm": confirm(title=plain(words(n)))}, "/confirm/title/text"
    ),
    button_limit(
        "text of a confirm dialog", 300, lambda n: {"confirm": confirm(text=plain(words(n)))}, "/confirm/text/text"
    ),
    button_limit(
        "confirm button of a confirm dialog",
        30,
        lambda n: {"confirm": confirm(confirm=plain(words(n)))},
        "/confirm/confirm/text",
    ),
    button_limit(
        "deny button of a confirm dialog",
        30,
        lambda n: {"confirm": confirm(deny=plain(words(n)))},
        "/confirm/deny/text",
    ),
    input_limit(
        "text of an option", 75, lambda n: static_select(options=[option(text=plain(words(n)))]), "/options/0/text/text"
    ),
    input_limit(
        "text of an option",
        75,
        lambda n: {"type": "checkboxes", "options": [option(text=mrkdwn(words(n)))]},
        "/options/0/text/text",
    ),
    input_limit(
        "value of an option",
        150,
        lambda n: static_select(options=[option(words(n), text=plain("o"))]),
        "/options/0/value",
    ),
    input_limit(
        "description of an option",
        75,
        lambda n: static_select(options=[option(description=plain(words(n)))]),
        "/options/0/description/text",
    ),
    input_limit(
        "label of an option group",
        75,
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(words(n)), "options": options(1)}]},
        "/option_groups/0/label/text",
    ),
    input_limit(
        "options of an option group",
        100,
        lambda n: {"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(n)}]},
        "/option_groups/0/options",
    ),
]
