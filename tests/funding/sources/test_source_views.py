"""What is shown of other sources, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.blockkit import check_message
from commands.kit.words import speaking
from tests.funding.sources.view_samples import MESSAGES, WORST_MESSAGES
from tests.golden import LANGUAGES, agrees, nothing_else, shown

GOLDEN = Path(__file__).parent / "golden"


@LANGUAGES
@pytest.mark.parametrize("name", MESSAGES)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(MESSAGES[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, MESSAGES)


@LANGUAGES
@pytest.mark.parametrize("name", WORST_MESSAGES)
def test_the_longest_texts_stay_within_slacks_limits(name: str, language: str) -> None:
    with speaking(language):
        assert check_message({"channel": "C1", **WORST_MESSAGES[name]().as_arguments()}) == []
