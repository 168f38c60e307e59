"""Golden files of a room's views: what is shown, as Slack gets it, in every language, within Slack's limits.

A room's `test_views.py` names its views and calls `shown`. The English file holds all that Slack gets. A
translation's file holds what a person reads, in order; everything else must be as in English. `make golden` writes the
files anew (or `UPDATE_GOLDEN=1 pytest tests/ROOM/test_views.py`); read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.cards import Block, Card
from commands.kit.words import speaking

SOURCE = "en"
# Where Slack's objects keep words. All other strings are types, ids and values, which are the same in every language.
MESSAGES_AND_FORMS = ("text", "alt_text", "fallback", "accessibility_label", "caption", "initial_value")
CHARTS = ("title", "label", "name", "categories", "x_label", "y_label")
READ = frozenset((*MESSAGES_AND_FORMS, *CHARTS))
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])

View = Callable[[], "Card | Block | list[Block]"]


def shown(view: View, language: str) -> Any:
    """A card as message arguments, a form, or a Home's blocks, drawn for a reader. Fails when Slack would refuse it."""
    with speaking(language):
        drawn = view()
    if isinstance(drawn, Card):
        arguments = drawn.as_arguments()
        assert arguments["text"]
        assert check_message({"channel": "C1", **arguments}) == []
        return arguments
    if isinstance(drawn, list):
        assert check_view({"type": "home", "blocks": drawn}) == []
        return drawn
    assert check_view(drawn) == []
    # The kit cuts what is too long: a title or a button that lost its end is a wording to repair.
    assert not any(drawn[part]["text"].endswith("…") for part in ("title", "submit", "close") if part in drawn)
    return drawn


def agrees(folder: Path, name: str, language: str, drawn: Any) -> None:
    """Compare with the golden file: English as a whole, a translation's texts and that the rest is as in English."""
    english = language == SOURCE
    path = folder / f"{name}.{language}.json"
    written = json.dumps(drawn if english else texts(drawn), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
        return
    assert written == path.read_text(encoding="utf-8")
    if not english:
        source = json.loads((folder / f"{name}.{SOURCE}.json").read_text(encoding="utf-8"))
        assert without_texts(drawn) == without_texts(source)


def texts(drawn: Any) -> list[str]:
    """What a person reads of a view, or hears from a screen reader, in the order in which Slack gets it."""
    if isinstance(drawn, str):
        return [drawn]
    if isinstance(drawn, list):
        return [text for one in drawn for text in texts(one)]
    if not isinstance(drawn, dict):
        return []
    return [text for key, value in drawn.items() if _may_be_read(drawn, key) for text in texts(value)]


def without_texts(drawn: Any) -> Any:
    """A view with every text of `texts` left empty."""
    if isinstance(drawn, str):
        return ""
    if isinstance(drawn, list):
        return [without_texts(one) for one in drawn]
    if not isinstance(drawn, dict):
        return drawn
    return {key: without_texts(value) if _may_be_read(drawn, key) else value for key, value in drawn.items()}


def _may_be_read(part: dict[str, Any], key: str) -> bool:
    value = part[key]
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return key in READ and not (key == "name" and part.get("type") == "emoji")
    return True


def nothing_else(folder: Path, names: Iterable[str]) -> None:
    """Every golden file is of a view that there is."""
    assert {path.name.split(".")[0] for path in folder.glob("*.json")} == set(names)


def markup(drawn: Any) -> list[str]:
    """Every text that Slack would read as code, to look for what people could have smuggled in."""
    if isinstance(drawn, list):
        return [text for one in drawn for text in markup(one)]
    if not isinstance(drawn, dict):
        return []
    own = [str(drawn["text"])] if drawn.get("type") == "mrkdwn" else []
    return own + [text for one in drawn.values() for text in markup(one)]
