"""The direction in which letters run: a text never turns what stands beside it around.

Marks that change the direction (Unicode 15, UAX #9) run on until something ends them; in a card that is the text of
somebody else. They are ended where the text ends. A text with letters that run from the right is set apart from its
neighbours besides, so that a number or a name after it stays where it belongs.

Gesture: none.
"""

from __future__ import annotations

import re

_ISOLATES, _EMBEDDINGS = "\u2066\u2067\u2068", "\u202a\u202b\u202d\u202e"
_END_OF_ISOLATE, _END_OF_EMBEDDING = "\u2069", "\u202c"
_MARKS = re.compile(f"[{_ISOLATES}{_EMBEDDINGS}{_END_OF_ISOLATE}{_END_OF_EMBEDDING}]")
# Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours; their forms; Adlam and the other scripts of that plane.
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
MOST_LINES = 50
_APART = "\u2068"


def closed(text: str) -> str:
    """The text with every direction that it opens closed at its end, and without closing marks that close nothing."""
    return text if text.isascii() or not _MARKS.search(text) else _closed(text)


def _closed(text: str) -> str:
    opened: list[str] = []
    kept: list[str] = []
    for letter in text:
        if letter in _ISOLATES:
            opened.append(_END_OF_ISOLATE)
        elif letter in _EMBEDDINGS:
            opened.append(_END_OF_EMBEDDING)
        elif letter == _END_OF_EMBEDDING:
            if not opened or opened[-1] != letter:
                continue
            opened.pop()
        elif letter == _END_OF_ISOLATE:
            if letter not in opened:
                continue
            # The end of an isolate ends the embeddings within it as well.
            while opened.pop() != letter:
                kept.append(_END_OF_EMBEDDING)
        kept.append(letter)
    return "".join([*kept, *reversed(opened)])


def apart(text: str) -> str:
    """The same, each line set apart from its neighbours where some of its letters run from the right."""
    if text.isascii():
        return text
    lines = text.split("\n")
    # Of a very long list the marks alone would make a block too long for Slack.
    return "\n".join(map(_line_apart if len(lines) <= MOST_LINES else closed, lines))


def _line_apart(line: str) -> str:
    # A line is a paragraph to what draws it, and directions end there.
    ended = closed(line)
    turns = _FROM_THE_RIGHT.search(ended) or _MARKS.search(ended)
    return f"{_APART}{ended}{_END_OF_ISOLATE}" if turns else ended
