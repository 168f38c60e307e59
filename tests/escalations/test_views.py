"""What escalations show, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.escalations import samples, samples_around
from tests.golden import LANGUAGES, agrees, nothing_else, shown

MESSAGES = {**samples.MESSAGES, **samples_around.MESSAGES}
FORMS = {**samples.FORMS, **samples_around.FORMS}

GOLDEN = Path(__file__).parent / "golden"
# Only their limits matter: as golden files they would be pages of one letter.
UNREAD = frozenset(name for name in (*MESSAGES, *FORMS) if name.endswith("worst"))


VIEWS = {**MESSAGES, **FORMS, **samples.HOMES}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    drawn = shown(VIEWS[name], language)
    if name not in UNREAD:
        agrees(GOLDEN, name, language, drawn)


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS.keys() - UNREAD)


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
