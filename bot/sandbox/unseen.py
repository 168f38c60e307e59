"""What Slack takes without a word although the reader will see it broken: control sequences that lead nowhere,
date tokens it cannot read, mrkdwn in plain text, messages without a text for screen readers
(docs.slack.dev/messaging/formatting-message-text).
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.checking import decoded
from bot.sandbox.records import Json, Refused
from bot.sandbox.workspace import Workspace

NO_TEXT = "a message without text: notifications and screen readers have nothing to say"
_SAID = ("text", "blocks", "attachments", "view", "initial_comment")
_PICTURES = {"image_url", "thumb_url", "thumbnail_url", "author_icon", "footer_icon"}
_LOCAL = re.compile(r"https?://(?:localhost|127\.|10\.|192\.168\.|\[::1\]|[^./:]+(?:[:/]|$))", re.IGNORECASE)
_SEQUENCE = re.compile(r"<([@#!])([^<>]*)>")
_DATE = re.compile(r"date\^(-?\d+)\^([^|^]+)(?:\^([^|]+))?\|(.+)", re.DOTALL)
_TOKEN = re.compile(r"\{[^{}]*\}")
_TOKENS = {
    f"{{{name}}}"
    for name in (
        "date_num", "date_slash", "date_long", "date_long_full", "date_long_pretty", "date", "date_pretty",
        "date_short", "date_short_pretty", "time", "time_secs", "ago", "day_divider_pretty",
    )
}  # fmt: skip
_BROADCASTS = {"here", "channel", "everyone"}


def of(workspace: Workspace, said: Json) -> list[str]:
    """What a reader would see broken in the arguments of a call, each sentence once."""
    found: dict[str, None] = {}
    for name in _SAID:
        for words, formatted in _texts(name, _read(said.get(name)), formatted=True):
            for mark, rest in _SEQUENCE.findall(words):
                plain = f"plain text shows <{mark}{rest}> as it is written"
                found[_sequence(workspace, mark, rest) if formatted else plain] = None
    for url in _pictures([_read(said.get(name)) for name in _SAID]):
        if _LOCAL.match(url):
            found[f"Slack cannot fetch a picture from {url}"] = None
    return [slip for slip in found if slip]


def _pictures(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _pictures(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in _PICTURES and isinstance(one, str):
                yield one
            else:
                yield from _pictures(one)


def _read(value: Any) -> Any:
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return decoded(value, "")
    except Refused:
        return value


def _texts(name: str, value: Any, *, formatted: bool) -> Iterator[tuple[str, bool]]:
    """Every text a person reads, and whether Slack formats it."""
    if isinstance(value, str):
        if name in {"text", "initial_comment", "fallback", "pretext"}:
            yield value, formatted
    elif isinstance(value, list):
        for one in value:
            yield from _texts("", one, formatted=formatted)
    elif isinstance(value, dict):
        kind = value.get("type")
        own = kind == "mrkdwn" if kind in {"mrkdwn", "plain_text", "raw_text"} else formatted
        for key, one in value.items():
            # Rich text says what is a mention by its elements; the words in it are plain.
            yield from _texts(key, one, formatted=own and kind != "rich_text")


def _sequence(workspace: Workspace, mark: str, rest: str) -> str:
    """What is wrong with a control sequence; empty when nothing is."""
    name = rest.partition("|")[0]
    if mark == "!":
        return _special(workspace, rest, name)
    known = workspace.people if mark == "@" else workspace.channels
    if name in known:
        return ""
    return f"<{mark}{rest}> names nobody here" if mark == "@" else f"<{mark}{rest}> names no channel"


def _special(workspace: Workspace, rest: str, name: str) -> str:
    if name in _BROADCASTS:
        return ""
    if name.startswith("subteam^"):
        known = name.removeprefix("subteam^") in workspace.usergroups
        return "" if known else f"<!{rest}> names no user group"
    return _date(rest) if name.startswith("date") else f"<!{rest}> is nothing Slack knows"


def _date(rest: str) -> str:
    found = _DATE.fullmatch(rest)
    if found is None:
        return f"<!{rest}> is no date: it needs date^seconds^format|fallback"
    tokens = _TOKEN.findall(found.group(2))
    strange = [token for token in tokens if token not in _TOKENS]
    if strange or not tokens:
        return f"<!{rest}> has no date token Slack knows" if not strange else f"Slack has no date token {strange[0]}"
    return ""
