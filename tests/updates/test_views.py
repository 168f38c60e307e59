"""What the updates room shows, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sandbox.blockkit import check_message
from commands.kit.words import speaking
from commands.updates.rules.digest import Reply
from commands.updates.views.digest import digest_cards
from storage.updates.returns import ReturnState
from storage.updates.rounds import GroupBy
from tests.golden import LANGUAGES, agrees, markup, nothing_else, shown
from tests.updates.samples import FORMS, HOMES, MANY, MESSAGES, WORST, a_return, issue

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {**MESSAGES, **FORMS, **HOMES}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_titles_and_answers_with_slack_code_in_them_stay_text(name: str) -> None:
    texts = json.dumps(markup(shown(VIEWS[name], "en")))
    assert [typed for typed in ("<cabinet>", "<open>", "<programme>", "<evacuated>", "<b>") if typed in texts] == []


@LANGUAGES
@pytest.mark.parametrize("name", WORST)
def test_the_longest_texts_stay_within_slacks_limits(name: str, language: str) -> None:
    assert shown(WORST[name], language)


@LANGUAGES
@pytest.mark.parametrize("group_by", list(GroupBy))
def test_a_digest_of_three_hundred_agencies_fits_message_by_message(group_by: GroupBy, language: str) -> None:
    replies = [
        Reply(one.code, one.name, a_return(one, ReturnState.SUBMITTED, answers={"q1": "&" * 500, "q3": "open"}))
        for one in MANY.values()
    ]
    with speaking(language):
        cards = digest_cards(issue(group_by, replies))
    assert [check_message({"channel": "C1", **card.as_arguments()}) for card in cards] == [[]] * len(cards)
