"""Texts in which the direction changes: what is opened is closed, and no neighbour is turned around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.cards import escape, plain
from commands.kit.typed.direction import apart, closed

OPENERS = dict.fromkeys("\u2066\u2067\u2068", "\u2069") | dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c")
MARKED = st.text(st.sampled_from([*"ab אب1 ", *OPENERS, "\u202c", "\u2069"]), max_size=30)


def open_at_the_end(text: str) -> list[str]:
    """What is still open after a text, and "" for each mark that closed nothing."""
    opened: list[str] = []
    for letter in text:
        if letter in OPENERS:
            opened.append(OPENERS[letter])
        elif letter in {"\u202c", "\u2069"}:
            opened = opened[:-1] if opened and opened[-1] == letter else [*opened, ""]
    return opened


@given(MARKED)
def test_nothing_stays_open_whatever_a_text_opens(text: str) -> None:
    for shown in (closed(text), apart(text), escape(text), plain(text)["text"]):
        assert open_at_the_end(shown) == []
    assert closed(closed(text)) == closed(text)


def test_each_line_is_set_apart() -> None:
    assert apart("one\nمجلس\n\u202etwo") == "one\n\u2068مجلس\u2069\n\u2068\u202etwo\u202c\u2069"


@given(MARKED)
def test_no_letter_that_is_seen_is_lost(text: str) -> None:
    marks = {*OPENERS, "\u202c", "\u2069"}
    assert [one for one in apart(text) if one not in marks] == [one for one in text if one not in marks]


@pytest.mark.parametrize("text", ["plain", "Côte d’Ivoire", "सेना", "内阁", "", "a < b"])
def test_texts_that_run_from_the_left_stay_as_they_are(text: str) -> None:
    assert apart(text) == text


@pytest.mark.parametrize("text", ["مجلس", "שלום 3", "report\u202egnp.exe", "ߒߞߏ", "ܫܠܡܐ"])
def test_texts_that_turn_are_set_apart(text: str) -> None:
    assert apart(text).startswith("\u2068")
    assert apart(text).endswith("\u2069")
