"""Golden files of a room's views: what is shown, as Slack gets it, in every language, within Slack's limits.

A room's `test_views.py` names its views and calls `shown`. `UPDATE_GOLDEN=1 pytest tests/ROOM/test_views.py` writes the
files anew; read the difference before it is committed.
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
    """Compare with the golden file."""
    path = folder / f"{name}.{language}.json"
    written = json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


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
