"""What the funding room shows, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.funding import import_samples, view_samples
from tests.golden import LANGUAGES, agrees, markup, nothing_else, shown

MESSAGES = {**view_samples.MESSAGES, **import_samples.MESSAGES}
FORMS = {**view_samples.FORMS, **import_samples.FORMS}
WORST_FORMS = {**view_samples.WORST_FORMS, **import_samples.WORST_FORMS}
WORST_MESSAGES = {**view_samples.WORST_MESSAGES, **import_samples.WORST_MESSAGES}
GOLDEN = Path(__file__).parent / "golden"
VIEWS = {
    **{f"message_{name}": view for name, view in MESSAGES.items()},
    **{f"form_{name}": view for name, view in FORMS.items()},
}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


def test_names_with_slack_code_in_them_stay_text() -> None:
    texts = json.dumps(markup([shown(view, "en") for view in VIEWS.values()])).replace("<!date^", "")
    assert "<!" not in texts
    assert "<http" not in texts


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
