"""What escalations show, kept as golden files in English and French and checked by Slack's own limits.

`UPDATE_GOLDEN=1 pytest tests/escalations/test_views.py` writes them anew; read the difference before committing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.escalations import samples, samples_around

MESSAGES = {**samples.MESSAGES, **samples_around.MESSAGES}
FORMS = {**samples.FORMS, **samples_around.FORMS}

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
# Only their limits matter: as golden files they would be pages of one letter.
UNREAD = frozenset(name for name in (*MESSAGES, *FORMS) if name.endswith("worst"))


def agrees(name: str, language: str, shown: Any) -> None:
    """Compare with the golden file."""
    if name in UNREAD:
        return
    path = GOLDEN / f"{name}.{language}.json"
    written = json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@LANGUAGES
@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str, language: str) -> None:
    with speaking(language):
        arguments = MESSAGES[name]().as_arguments()
    assert arguments["text"]
    assert check_message({"channel": "C1", **arguments}) == []
    agrees(name, language, arguments)


@LANGUAGES
@pytest.mark.parametrize("name", FORMS)
def test_forms(name: str, language: str) -> None:
    with speaking(language):
        view = FORMS[name]()
    assert check_view(view) == []
    assert not any(view[part]["text"].endswith("…") for part in ("title", "submit", "close") if part in view)
    agrees(name, language, view)


@LANGUAGES
@pytest.mark.parametrize("name", samples.HOMES)
def test_home_cards(name: str, language: str) -> None:
    with speaking(language):
        blocks = samples.HOMES[name]()
    assert check_view({"type": "home", "blocks": blocks}) == []
    agrees(name, language, blocks)


def test_every_golden_file_is_of_a_view() -> None:
    names = {path.name.rsplit(".", 2)[0] for path in GOLDEN.glob("*.json")}
    assert names == (MESSAGES.keys() | FORMS.keys() | samples.HOMES.keys()) - UNREAD


@pytest.mark.parametrize("name", [*MESSAGES, *FORMS])
def test_what_people_wrote_calls_nobody(name: str) -> None:
    shown = MESSAGES[name]().as_arguments() if name in MESSAGES else FORMS[name]()
    assert "<!" not in json.dumps(_marked_up(shown)).replace("<!date^", "")


def _marked_up(shown: Any) -> list[str]:
    """Every text that Slack would read as code: mrkdwn, and the text of a notification."""
    if isinstance(shown, list):
        return [text for one in shown for text in _marked_up(one)]
    if not isinstance(shown, dict):
        return []
    own = [shown["text"]] if isinstance(shown.get("text"), str) and shown.get("type") != "plain_text" else []
    return own + [text for one in shown.values() for text in _marked_up(one)]
