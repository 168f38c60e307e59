"""What the funding room shows, kept as golden files in English and French and checked by Slack's own limits.

`UPDATE_GOLDEN=1 pytest tests/funding/test_funding_views.py` writes the files anew; read the difference first.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.funding import import_samples, view_samples
from tests.funding.view_samples import WORST_FORMS

MESSAGES = {**view_samples.MESSAGES, **import_samples.MESSAGES}
FORMS = {**view_samples.FORMS, **import_samples.FORMS}
WORST_MESSAGES = {**view_samples.WORST_MESSAGES, **import_samples.WORST_MESSAGES}
GOLDEN = Path(__file__).parent / "golden"
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
    agrees(f"message_{name}", language, arguments)


@LANGUAGES
@pytest.mark.parametrize("name", FORMS)
def test_forms(name: str, language: str) -> None:
    with speaking(language):
        view = FORMS[name]()
    assert check_view(view) == []
    # The kit cuts what is too long: a title or a button that lost its end is a wording to repair.
    assert not any(view[part]["text"].endswith("…") for part in ("title", "submit", "close") if part in view)
    agrees(f"form_{name}", language, view)


def test_every_golden_file_is_of_a_view() -> None:
    names = {path.name.split(".")[0] for path in GOLDEN.glob("*.json")}
    assert names == {f"message_{name}" for name in MESSAGES} | {f"form_{name}" for name in FORMS}


def test_names_with_slack_code_in_them_stay_text() -> None:
    shown = [make().as_arguments() for make in MESSAGES.values()] + [make() for make in FORMS.values()]
    texts = json.dumps(_mrkdwn(shown)).replace("<!date^", "")
    assert "<!" not in texts
    assert "<http" not in texts


def _mrkdwn(shown: Any) -> list[str]:
    """Every text that Slack would read as code."""
    if isinstance(shown, list):
        return [text for one in shown for text in _mrkdwn(one)]
    if not isinstance(shown, dict):
        return []
    own = [str(shown["text"])] if shown.get("type") == "mrkdwn" else []
    return own + [text for one in shown.values() for text in _mrkdwn(one)]


@LANGUAGES
@pytest.mark.parametrize("name", WORST_FORMS)
def test_the_longest_texts_stay_within_slacks_limits(name: str, language: str) -> None:
    with speaking(language):
        assert check_view(WORST_FORMS[name]()) == []


@LANGUAGES
@pytest.mark.parametrize("name", WORST_MESSAGES)
def test_the_longest_names_fit_a_message(name: str, language: str) -> None:
    with speaking(language):
        assert check_message({"channel": "C1", **WORST_MESSAGES[name]().as_arguments()}) == []
