"""Cells that a spreadsheet would run: made harmless on the way out, given back as they were on the way in.

A cell whose text begins with = + - @ or a tab, carriage return or line feed is a formula, or is taken for one, in
spreadsheet programs. An apostrophe in front makes it text; a text that already begins with apostrophes followed by
one of these gets one more, so that taking one away always gives the original back.

Gesture: make a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from storage.letters import tidied

APOSTROPHE = "'"
# The full-width forms too: some programs read them as their plain twins.
_DANGEROUS = r"[=+\-@\t\r\n＝＋－＠]"
_TO_GUARD = re.compile(rf"{APOSTROPHE}*{_DANGEROUS}")
_GUARDED = re.compile(rf"{APOSTROPHE}+{_DANGEROUS}")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return APOSTROPHE + text if _TO_GUARD.match(text) else text


def restored(cell: str) -> str:
    """The text that `harmless` made this cell of; other cells stay as they are."""
    return cell[1:] if _GUARDED.match(cell) else cell


def named(user_id: str, names: Mapping[str, str]) -> str:
    """A person in a cell: what Slack shows of them can be imitated, the id behind it cannot.

    `names` are by user id; somebody without one is named by the id alone.
    """
    name = tidied(names.get(user_id, "")).strip()
    return f"{name} ({user_id})" if name and name != user_id else user_id
