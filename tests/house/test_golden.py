"""What the golden files of a translation hold, and that nothing but words may differ from English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.golden import agrees, texts


def button(words: str, action: str = "room:open") -> dict[str, Any]:
    """A view of one button."""
    return {"type": "button", "text": {"type": "plain_text", "text": words}, "action_id": action}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Golden files of a button in two languages."""
    with monkeypatch.context() as renewing:
        renewing.setenv("UPDATE_GOLDEN", "1")
        agrees(tmp_path, "open", "en", button("Open"))
        agrees(tmp_path, "open", "fr", button("Ouvrir"))
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    return tmp_path


def test_a_translation_holds_texts_only(folder: Path) -> None:
    assert (folder / "open.fr.json").read_text(encoding="utf-8") == '[\n "Ouvrir"\n]\n'
    agrees(folder, "open", "fr", button("Ouvrir"))


def test_a_translation_differs_in_words_alone(folder: Path) -> None:
    with pytest.raises(AssertionError):
        agrees(folder, "open", "fr", button("Ouvre"))
    with pytest.raises(AssertionError):
        agrees(folder, "open", "fr", button("Ouvrir", "room:other"))


def test_what_is_heard_and_drawn_is_text_and_an_emoji_is_not() -> None:
    chart = {"type": "data_visualization", "chart": {"series": [{"name": "Financé"}], "categories": ["Santé", "Eau"]}}
    emoji = {"type": "emoji", "name": "wave"}
    image = {"type": "image", "alt_text": "Deux barres", "title": {"type": "plain_text", "text": "Barres"}}
    assert texts([chart, emoji, image]) == ["Financé", "Santé", "Eau", "Deux barres", "Barres"]
