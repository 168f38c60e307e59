"""What the record shows, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sandbox.blockkit import check_message, check_view
from commands.kit.words import speaking
from tests.cabinet.record_samples import FORMS, MESSAGES, worst_cards, worst_views
from tests.golden import LANGUAGES, agrees, nothing_else, shown

GOLDEN = Path(__file__).parent / "golden_record"
VIEWS = {**MESSAGES, **FORMS}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


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
    texts = json.dumps([card.as_arguments() for card in worst_cards()["minutes"]], ensure_ascii=False)
    assert texts.count("القرار") > 40 * 4 * 80
