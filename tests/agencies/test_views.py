"""What the agencies room shows, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.agencies.samples import FORMS, HOMES, MESSAGES, WORST_CARDS, WORST_VIEWS
from tests.golden import LANGUAGES, agrees, markup, nothing_else, shown

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {**MESSAGES, **FORMS, **HOMES}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


@pytest.mark.parametrize("name", [*MESSAGES, *FORMS])
def test_names_with_slack_code_in_them_stay_text(name: str) -> None:
    texts = json.dumps(markup(shown(VIEWS[name], "en"))).replace("<!date^", "")
    assert "<!" not in texts


@LANGUAGES
@pytest.mark.parametrize("name", WORST_VIEWS)
def test_the_longest_texts_stay_within_slacks_limits(name: str, language: str) -> None:
    with speaking(language):
        assert check_view(WORST_VIEWS[name]()) == []


@LANGUAGES
@pytest.mark.parametrize("name", WORST_CARDS)
def test_the_longest_names_fit_a_message(name: str, language: str) -> None:
    with speaking(language):
        assert check_message({"channel": "C1", **WORST_CARDS[name]().as_arguments()}) == []
