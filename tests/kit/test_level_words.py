"""Levels of classification in words."""

from __future__ import annotations

import pytest

from commands.kit.handling import Handling
from commands.kit.names.levels import level_name, level_note, level_options
from commands.kit.words import speaking


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_level_has_a_name_of_its_own(language: str) -> None:
    with speaking(language):
        assert len({level_name(level) for level in Handling}) == len(Handling)


def test_only_what_is_not_unclassified_says_its_level() -> None:
    assert level_note("unclassified") == []
    assert [note["elements"][0]["text"] for note in level_note("strictly_confidential")] == ["*Strictly Confidential*"]


def test_choices_come_back_as_the_levels_own_words() -> None:
    choices = level_options([Handling.UNCLASSIFIED, Handling.CONFIDENTIAL])
    assert [Handling(one["value"]) for one in choices] == [Handling.UNCLASSIFIED, Handling.CONFIDENTIAL]
    assert [one["text"]["text"] for one in choices] == ["Unclassified", "Confidential"]
