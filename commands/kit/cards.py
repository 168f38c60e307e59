"""Messages: a card of Block Kit with the plain text that screen readers and notifications use.

Blocks are plain dictionaries, a hundred times cheaper than objects that check themselves; the sandbox checks every one
that the tests send. Limits are Slack's.

Gesture: show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from commands.kit.handling import Handling
from commands.kit.typed.direction import apart, closed
from storage.compartments import Compartment

Block = dict[str, Any]

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BLOCKS_PER_MESSAGE = 50
BLOCKS_PER_VIEW = 100
# Slack documents no total; messages with more text than this have been refused (msg_blocks_too_long).
TEXT_PER_MESSAGE = 11_000
BUTTON_LIMIT = 75
# Slack reads code in the plain text too: a title with `<!channel>` in it must not call everybody, and none may show
# another address than it opens.
_NOT_OURS = re.compile(r"<(?!@[UW][A-Z0-9]*>|#[CG][A-Z0-9]*>|!date\^|https?://[^\s<>|]*>)")


@dataclass(frozen=True, slots=True)
class Card:
    """One message: `text` says it all in plain words, `blocks` draw it; `handling` and side limit where it may go."""

    text: str
    blocks: tuple[Block, ...] = ()
    handling: Handling = Handling.UNCLASSIFIED
    compartment: Compartment = Compartment.MISSION

    def as_arguments(self) -> dict[str, Any]:
        """What chat.postMessage and chat.update take."""
        text = _NOT_OURS.sub("&lt;", self.text)
        return {"text": text, "blocks": list(self.blocks)} if self.blocks else {"text": text}


def escape(text: str) -> str:
    """Text typed by a person, made harmless for mrkdwn: no mention and no link can hide in it, nothing turns around."""
    return apart(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": closed(text), "emoji": False}


def mrkdwn(text: str) -> Block:
    """A text object with Slack's light markup."""
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    """A heading, cut at Slack's 150 characters."""
    return {"type": "header", "text": plain(shorten(text, HEADER_LIMIT))}


def section(text: str, *, block_id: str | None = None, accessory: Block | None = None) -> Block:
    """A paragraph. The caller splits what is longer than 3,000 characters (see `sections`)."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if block_id:
        block["block_id"] = block_id
    if accessory:
        block["accessory"] = accessory
    return block


def fields(*texts: str) -> Block:
    """Up to ten short texts in two columns."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def button(
    text: str,
    action: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: Block | None = None,
    label: str | None = None,
) -> Block:
    """A button. `action` is `room:verb`, with `:anything` added where one row has the same verb twice."""
    block: Block = {"type": "button", "text": plain(shorten(text, BUTTON_LIMIT)), "action_id": action}
    if value:
        block["value"] = value
    if style:
        block["style"] = style
    if confirm:
        block["confirm"] = confirm
    if label:
        block["accessibility_label"] = shorten(label, BUTTON_LIMIT)
    return block


def confirm(title: str, text: str, yes: str, no: str, *, danger: bool = False) -> Block:
    """The question that Slack asks before it presses a button."""
    block: Block = {
        "title": plain(shorten(title, 100)),
        "text": mrkdwn(shorten(text, 300)),
        "confirm": plain(shorten(yes, 30)),
        "deny": plain(shorten(no, 30)),
    }
    if danger:
        block["style"] = "danger"
    return block


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of up to 25 buttons or selects."""
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def option(text: str, value: str, description: str | None = None) -> Block:
    """One choice of a select, a radio group or an overflow menu."""
    block: Block = {"text": plain(shorten(text, BUTTON_LIMIT)), "value": value}
    if description:
        block["description"] = plain(shorten(description, BUTTON_LIMIT))
    return block


def overflow(action: str, options: Sequence[Block]) -> Block:
    """A menu of one to five further choices behind three dots."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def select_menu(action: str, placeholder: str, options: Sequence[Block], *, initial: str | None = None) -> Block:
    """A select outside a form; choosing acts at once."""
    block: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(shorten(placeholder, 150)),
        "options": list(options),
    }
    chosen = next((one for one in options if one["value"] == initial), None)
    if chosen:
        block["initial_option"] = chosen
    return block


def mention(user_id: str) -> str:
    """A person, as Slack draws them. Notifies them when it stands in a message."""
    return f"<@{user_id}>"


def channel_link(channel_id: str) -> str:
    """A channel, as Slack draws it."""
    return f"<#{channel_id}>"


def moment(when: datetime, fallback: str, style: str = "{date_short_pretty} {time}") -> str:
    """A moment in the reader's own zone; `fallback` is shown where Slack cannot draw dates (notifications)."""
    return f"<!date^{int(when.timestamp())}^{style}|{escape(fallback)}>"


def sections(text: str, limit: int = SECTION_LIMIT) -> list[Block]:
    """A long text as as many paragraphs as Slack needs, cut at line ends or spaces, nothing lost."""
    return [section(part) for part in split_text(text, limit)]


def split_text(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most `limit` characters, at a line end or else a space where there is one."""
    parts: list[str] = []
    rest = text
    while len(rest) > limit:
        cut = max(rest.rfind("\n", 1, limit + 1), 0) or max(rest.rfind(" ", 1, limit + 1), 0)
        cut = cut or _outside_an_entity(rest, limit)
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip("\n ") if rest[cut : cut + 1] in {"\n", " "} else rest[cut:]
    return [*parts, rest] if rest else parts


def _outside_an_entity(text: str, cut: int) -> int:
    """The cut, moved before an escaped character such as `&amp;` that it would divide."""
    begins = text.rfind("&", max(cut - 4, 1), cut)
    return begins if begins > 0 and ";" not in text[begins:cut] else cut


def pages(
    blocks: Iterable[Block], *, count: int = BLOCKS_PER_MESSAGE, text: int = TEXT_PER_MESSAGE
) -> list[list[Block]]:
    """Blocks as as many messages as Slack's limits ask for, in order, nothing lost."""
    result: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        size = text_length(block)
        if result[-1] and (len(result[-1]) >= count or used + size > text):
            result.append([])
            used = 0
        result[-1].append(block)
        used += size
    return result


def as_many_as_fit(
    groups: Sequence[Sequence[Block]], *, count: int = BLOCKS_PER_MESSAGE - 4, text: int = TEXT_PER_MESSAGE - 1000
) -> list[Sequence[Block]]:
    """The first groups of blocks that fit into one message together, with room for a heading and an end.

    At least one, because a single group that is too long is its caller's to shorten.
    """
    shown: list[Sequence[Block]] = []
    for group in groups:
        count, text = count - len(group), text - text_length(list(group))
        if shown and (count < 0 or text < 0):
            break
        shown.append(group)
    return shown


def text_length(value: Any) -> int:
    """Characters of every text in a block, as Slack seems to count them."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(text_length(inner) for inner in value.values() if isinstance(inner, dict | list))
    if isinstance(value, list):
        return sum(text_length(inner) for inner in value)
    return 0


@dataclass(slots=True)
class CardBuilder:
    """Gathers blocks for a card when some of them are optional."""

    text: str
    handling: Handling = Handling.UNCLASSIFIED
    blocks: list[Block] = field(default_factory=list)
    compartment: Compartment = Compartment.MISSION

    def add(self, *blocks: Block) -> CardBuilder:
        """Append blocks; returns itself."""
        self.blocks.extend(blocks)
        return self

    def card(self) -> Card:
        """The finished card."""
        return Card(self.text, tuple(self.blocks), self.handling, self.compartment)
