"""Message text as Slack keeps it: ``& < >`` escaped, control sequences whole, bare links wrapped."""

import re

_CONTROL = re.compile(r"<(?:[@#!][^<>\s][^<>]*|(?:https?://|mailto:|tel:)[^<>]+)>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
_LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|]*[^\s<>|.,;:!?)\"']")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_TYPED_NAME = re.compile(r'(?<![\w<])@(?:"([^"]+)"|([A-Za-z0-9._-]+))')
_TYPED_CHANNEL = re.compile(r"(?<![\w<&])#([a-z0-9_-]+)")


def as_kept(text: str) -> str:
    """Escape what an app sent, leaving mentions, links and special sequences as they are, and wrap bare links."""
    kept, last = [], 0
    for control in _CONTROL.finditer(text):
        kept.append(_plain(text[last : control.start()]))
        kept.append(_ENTITY.sub("&amp;", control.group()))
        last = control.end()
    kept.append(_plain(text[last:]))
    return "".join(kept)


def _plain(text: str) -> str:
    escaped = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _LINK.sub(lambda link: f"<{link.group()}>", escaped)


def as_typed(text: str, people: dict[str, str], channels: dict[str, str]) -> str:
    """What a person typed into the composer, escaped, with names turned into mentions.

    ``people`` maps handles and display names to user ids, ``channels`` names to channel ids.
    """

    def person(found: re.Match[str]) -> str:
        name = found.group(1) or found.group(2)
        if name in {"here", "channel", "everyone"}:
            return f"<!{name}>"
        trimmed = name.rstrip(".")
        return f"<@{people[trimmed]}>{name[len(trimmed) :]}" if trimmed in people else found.group()

    def channel(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"<#{channels[name]}|{name}>" if name in channels else found.group()

    mentioned = _TYPED_NAME.sub(person, text)
    return as_kept(_TYPED_CHANNEL.sub(channel, mentioned))


def mentioned_people(text: str) -> list[str]:
    """The user ids a text mentions, each once, in order."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def unescaped(text: str) -> str:
    """The text as a person reads it: entities resolved, control sequences left."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_PIECE = re.compile(r"<(@|#|!|https?://|mailto:|tel:)([^<>|]*)(?:\|([^<>]*))?>")


def rich_text(text: str) -> dict[str, object]:
    """The ``rich_text`` block Slack's composer makes of a kept text."""
    elements: list[dict[str, str]] = []
    last = 0
    for piece in _PIECE.finditer(text):
        if piece.start() > last:
            elements.append({"type": "text", "text": unescaped(text[last : piece.start()])})
        elements.append(_element(*piece.groups()))
        last = piece.end()
    if last < len(text):
        elements.append({"type": "text", "text": unescaped(text[last:])})
    return {"type": "rich_text", "block_id": "rt", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _element(mark: str, rest: str, label: str | None) -> dict[str, str]:
    if mark == "@":
        return {"type": "user", "user_id": rest}
    if mark == "#":
        return {"type": "channel", "channel_id": rest}
    if mark == "!":
        return {"type": "broadcast", "range": rest}
    link = {"type": "link", "url": unescaped(mark + rest)}
    return {**link, "text": unescaped(label)} if label else link
