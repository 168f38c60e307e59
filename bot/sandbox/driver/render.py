"""Blocks and mrkdwn as a person reads them: plain lines, buttons in brackets."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Namer = Callable[[str], str]

_PIECE = re.compile(r"<(?P<mark>[@#!]?)(?P<rest>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_TEXTS = ("title", "subtitle", "text", "body", "caption", "label", "hint", "description", "alt_text", "placeholder")
_PRESSED = {"button", "icon_button", "workflow_button"}


_SHORT: dict[str, Callable[[Json, Namer], str]] = {
    "user": lambda element, name: f"@{name(element['user_id'])}",
    "channel": lambda element, name: f"#{name(element['channel_id'])}",
    "broadcast": lambda element, _: f"@{element['range']}",
    "emoji": lambda element, _: f":{element['name']}:",
    "date": lambda element, _: str(element.get("fallback", element.get("timestamp", ""))),
    "link": lambda element, _: str(element.get("text") or element["url"]),
}


def plain(text: str, name: Namer) -> str:
    """A kept text as a person reads it: names for mentions, labels for links, entities resolved."""

    def piece(found: re.Match[str]) -> str:
        mark, rest, label = found["mark"], found["rest"], found["label"]
        if mark == "@":
            return f"@{name(rest)}"
        if mark == "#":
            return f"#{label or name(rest)}"
        if mark == "!" and not label:
            return f"@{rest.partition('^')[0]}"
        return label or rest

    return _PIECE.sub(piece, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def lines(blocks: list[Json], name: Namer) -> Iterator[str]:
    """The lines a person reads in blocks."""
    for block in blocks:
        if block.get("type") == "rich_text":
            yield from (_rich(element, name) for element in block.get("elements", []))
        elif block.get("type") in {"table", "data_table"}:
            if block.get("caption"):
                yield str(block["caption"])
            yield from (" | ".join(_cell(cell, name) for cell in row) for row in block.get("rows", []))
        else:
            yield from _texts(block, name)


def _texts(part: Json, name: Namer) -> Iterator[str]:
    if part.get("type") in _PRESSED:
        yield f"[{label(part)}]"
        return
    for key in _TEXTS:
        value = part.get(key)
        if isinstance(value, str):
            yield plain(value, name)
        elif isinstance(value, dict):
            yield from _texts(value, name) if value.get("type") != "rich_text" else lines([value], name)
    for key in (
        "element",
        "accessory",
        "chart",
        "actions",
        "fields",
        "elements",
        "child_blocks",
        "options",
        "segments",
    ):
        value = part.get(key)
        for inner in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
            if isinstance(inner, dict):
                yield from lines([inner], name) if inner.get("type") == "rich_text" else _texts(inner, name)


def _cell(cell: Json, name: Namer) -> str:
    if cell.get("type") == "rich_text":
        return " ".join(_rich(element, name) for element in cell.get("elements", []))
    shown = cell.get("text", cell.get("value", cell.get("number", "")))
    return str(shown)


def _rich(element: Json, name: Namer) -> str:
    kind = str(element.get("type"))
    if kind in _SHORT:
        return _SHORT[kind](element, name)
    if kind == "rich_text_list":
        return "\n".join(f"- {_rich(inner, name)}" for inner in element.get("elements", []))
    inner = "".join(_rich(one, name) for one in element.get("elements", []))
    return str(element.get("text", "")) + inner


def label(element: Json) -> str:
    """What is written on a button."""
    text = element.get("text")
    return str(text["text"]) if isinstance(text, dict) else str(text or element.get("accessibility_label", ""))
