"""A message of Slack, or the words behind a command, as plain words.

Slack writes mentions and links as codes and `&`, `<`, `>` as entities, in messages and (our commands ask for it) in
what follows a slash command (docs.slack.dev/messaging/formatting-message-text). Forwarded messages and messages of
apps say what they say in attachments and blocks, with no text or a shorter one beside.

Gesture: read what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_CODE = re.compile(r"<(?P<mark>[@#!]?)(?P<rest>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Members of a block or an attachment that hold words, in the order in which Slack shows them.
_WORDS = ("pretext", "title", "text", "fields", "elements", "value", "message_blocks", "blocks")
# Blocks whose words are ours to press or to fill in, not something that was said.
_SILENT = frozenset({"actions", "input", "image", "button", "overflow", "static_select"})
# How the text of a message writes an element of rich text: by which member, and how.
_CODED = {
    "user": ("user_id", "<@{}>"),
    "channel": ("channel_id", "<#{}>"),
    "usergroup": ("usergroup_id", "<!subteam^{}>"),
    "broadcast": ("range", "<!{}>"),
    "emoji": ("name", ":{}:"),
}
_RICH = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})


def people_in(text: str) -> list[str]:
    """User ids of everybody a text mentions, in its order, each once."""
    return list(dict.fromkeys(found["rest"] for found in _CODE.finditer(text) if found["mark"] == "@"))


def plain_words(text: str, names: Mapping[str, str]) -> str:
    """The text with names for mentions, labels for links, and entities as the characters they stand for.

    `names` are by the ids of people; who has none there is called by the label Slack sent, or by the id.
    """

    def piece(found: re.Match[str]) -> str:
        mark, rest, label = found["mark"], found["rest"], found["label"]
        if mark in {"@", "#"}:
            return f"{mark}{names.get(rest) or label or rest}"
        return label or (f"@{rest.partition('^')[0]}" if mark else rest)

    plain = _CODE.sub(piece, text)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain


def words_of(message: Mapping[str, Any]) -> str:
    """All words of a message in Slack's codes: its text, then what only its blocks and attachments say."""
    text = str(message.get("text") or "").strip()
    blocks = "\n".join(_unsaid(_lines(message.get("blocks") or [])))
    said = [blocks, text] if _says_all(blocks, text) and not _says_all(text, blocks) else [text, blocks]
    attached = ("\n".join(_attached(one)) for one in message.get("attachments") or [])
    return "\n\n".join(_unsaid([*said, *attached]))


def _unsaid(texts: Iterable[str]) -> Iterator[str]:
    """The texts that say something which those before them do not."""
    said = ""
    for text in texts:
        if text.strip() and not _says_all(said, text):
            yield text.strip()
            said += text


def _says_all(longer: str, shorter: str) -> bool:
    return _bare(shorter) in _bare(longer)


def _bare(text: str) -> str:
    # A link is compared by where it leads: blocks and text differ in how they label it.
    led = _CODE.sub(lambda found: found["rest"], text)
    return "".join(letter for letter in led.casefold() if unicodedata.category(letter)[0] in "LMN")


def _attached(attachment: Any) -> Iterator[str]:
    if isinstance(attachment, Mapping):
        lines = list(_unsaid(_lines([attachment])))
        yield from lines or [str(attachment.get("fallback") or "")]


def _lines(parts: Any) -> Iterator[str]:
    """The lines of blocks, attachments and of what these hold."""
    if isinstance(parts, str):
        yield parts
    elif isinstance(parts, list):
        for part in parts:
            yield from _lines(part)
    elif isinstance(parts, Mapping):
        yield from _lines_of(parts)


def _lines_of(part: Mapping[str, Any]) -> Iterator[str]:
    kind = str(part.get("type") or "")
    if kind in _RICH:
        yield "".join(map(_inline, part.get("elements") or []))
    elif kind == "plain_text":
        yield _escaped(str(part.get("text") or ""))
    elif isinstance(part.get("message"), Mapping):
        yield from _lines_of(part["message"])
    elif kind not in _SILENT:
        for member in _WORDS:
            yield from _lines(part.get(member))


def _inline(element: Any) -> str:
    """An element of rich text, in the codes of a message's text."""
    if not isinstance(element, Mapping):
        return ""
    member, code = _CODED.get(str(element.get("type")), ("", ""))
    if member:
        return code.format(element.get(member))
    text = _escaped(str(element.get("text") or ""))
    if element.get("type") == "link":
        return f"<{element.get('url')}|{text}>" if text else f"<{element.get('url')}>"
    return text


def _escaped(text: str) -> str:
    for entity, character in reversed(_ENTITIES):
        text = text.replace(character, entity)
    return text
