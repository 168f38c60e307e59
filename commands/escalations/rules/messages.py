"""A message of Slack as plain words, to begin a form with."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CODE = re.compile(r"<(?P<mark>[@#!]?)(?P<rest>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def people_in(text: str) -> set[str]:
    """User ids of everybody a message mentions."""
    return {found["rest"] for found in _CODE.finditer(text) if found["mark"] == "@"}


def plain_words(text: str, names: Mapping[str, str]) -> str:
    """The text with names for mentions, labels for links, and entities as the characters they stand for."""

    def piece(found: re.Match[str]) -> str:
        mark, rest, label = found["mark"], found["rest"], found["label"]
        if mark == "@":
            return f"@{names.get(rest, label or rest)}"
        if mark == "#":
            return f"#{label or rest}"
        return label or (f"@{rest.partition('^')[0]}" if mark else rest)

    plain = _CODE.sub(piece, text)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain
