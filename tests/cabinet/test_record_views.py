"""What the record shows, kept as golden files in English and French and checked by Slack's own limits.

`UPDATE_GOLDEN=1 pytest tests/cabinet/test_record_views.py` writes the files anew; read the difference before a commit.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.cabinet.record_samples import FORMS, MESSAGES, worst_cards, worst_views

GOLDEN = Path(__file__).parent / "golden_record"
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def agrees(name: str, language: str, shown: Any) -> None:
    """Compare with the golden file."""
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


def test_every_golden_file_is_of_a_view() -> None:
    assert {path.name.split(".")[0] for path in GOLDEN.glob("*.json")} == MESSAGES.keys() | FORMS.keys()


@LANGUAGES
def test_forty_items_and_120_members_stay_within_slacks_limits(language: str) -> None:
    with speaking(language):
        cards, views = worst_cards(), worst_views()
    wrong = {
        f"{name} {page}": check_message({"channel": "C1", **card.as_arguments()})
        for name, found in cards.items()
        for page, card in enumerate(found)
    }
    wrong |= {name: check_view(view) for name, view in views.items()}
    assert {name: problems for name, problems in wrong.items() if problems} == {}


def test_nothing_of_the_minutes_is_cut() -> None:
    shown = json.dumps([card.as_arguments() for card in worst_cards()["minutes"]], ensure_ascii=False)
    assert shown.count("القرار") > 40 * 4 * 80
