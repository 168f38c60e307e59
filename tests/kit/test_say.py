"""Cards stay within Slack's limits and lose nothing on the way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit import cards
from commands.kit.cards import Block, Card, CardBuilder, as_many_as_fit, divider, section
from commands.kit.handling import Handling
from tests.properties import examples

texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400)
QUICK = settings(max_examples=examples(100))


@QUICK
@given(text=texts, limit=st.integers(1, 50))
def test_a_split_text_fits_and_loses_only_blanks_at_the_cuts(text: str, limit: int) -> None:
    parts = cards.split_text(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_cut_at_a_line_end_before_a_space_before_a_word() -> None:
    assert cards.split_text("one two\nthree four", 12) == ["one two", "three four"]
    assert cards.split_text("one two three", 8) == ["one two", "three"]
    assert cards.split_text("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@QUICK
@given(text=texts, limit=st.integers(1, 60))
def test_a_shortened_text_fits_and_shows_that_it_was_cut(text: str, limit: int) -> None:
    short = cards.shorten(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


def seen(text: str) -> str:
    """The text without marks of direction, which nobody sees."""
    return "".join(letter for letter in text if letter not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@QUICK
@given(text=texts)
def test_nothing_typed_can_mention_link_or_format_as_slack_code(text: str) -> None:
    harmless = cards.escape(text)
    assert "<" not in harmless
    assert ">" not in harmless
    typed = harmless.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert seen(typed) == seen(text)


@QUICK
@given(sizes=st.lists(st.integers(1, 3000), max_size=120))
def test_pages_keep_every_block_in_order_within_both_limits(sizes: list[int]) -> None:
    blocks = [cards.section("x" * size) for size in sizes]
    pages = cards.pages(blocks)
    assert [block for page in pages for block in page] == blocks
    for page in pages:
        assert len(page) <= cards.BLOCKS_PER_MESSAGE
        assert cards.text_length(page) <= cards.TEXT_PER_MESSAGE


def test_text_length_counts_nested_texts() -> None:
    block = cards.section("four", accessory=cards.button("five5", "room:verb"))
    assert cards.text_length(block) == 9
    assert cards.text_length(cards.fields("ab", "cd")) == 4


@pytest.mark.parametrize(
    ("block", "limit"),
    [
        (cards.header("h" * 500)["text"]["text"], 150),
        (cards.button("b" * 500, "room:verb")["text"]["text"], 75),
        (cards.option("o" * 500, "v")["text"]["text"], 75),
        (cards.confirm("t" * 500, "x", "y", "n")["title"]["text"], 100),
        (cards.confirm("t", "x" * 500, "y", "n")["text"]["text"], 300),
        (cards.confirm("t", "x", "y" * 50, "n")["confirm"]["text"], 30),
    ],
)
def test_texts_that_slack_limits_are_cut(block: str, limit: int) -> None:
    assert len(block) == limit


def test_a_card_is_told_in_plain_words_too() -> None:
    assert Card("hello").as_arguments() == {"text": "hello"}
    card = CardBuilder("hello", Handling.CONFIDENTIAL).add(cards.divider()).add(cards.section("hello")).card()
    assert card.as_arguments()["text"] == "hello"
    assert [block["type"] for block in card.blocks] == ["divider", "section"]
    assert card.handling is Handling.CONFIDENTIAL


def test_a_moment_is_drawn_by_slack_and_its_fallback_cannot_break_out() -> None:
    drawn = cards.moment(datetime(2026, 3, 2, 7, tzinfo=UTC), "a > b")
    assert drawn == "<!date^1772434800^{date_short_pretty} {time}|a &gt; b>"


def test_a_select_menu_shows_what_is_chosen_only_if_it_is_offered() -> None:
    options: list[Block] = [cards.option("One", "1")]
    assert cards.select_menu("room:verb", "Choose", options, initial="1")["initial_option"] == options[0]
    assert "initial_option" not in cards.select_menu("room:verb", "Choose", options, initial="2")


def test_what_people_typed_calls_nobody_from_the_plain_text() -> None:
    card = Card("<!channel> <!here|x> <@U1> <#C1> <!date^1^{time}|09:00> a < b & c <mailto:x>", ())
    assert card.as_arguments() == {
        "text": "&lt;!channel> &lt;!here|x> <@U1> <#C1> <!date^1^{time}|09:00> a &lt; b & c &lt;mailto:x>"
    }


def test_no_link_in_the_plain_text_shows_another_address_than_it_opens() -> None:
    card = Card("<https://a.example/x|https://un.org> <https://un.org/x>", ())
    assert card.as_arguments() == {"text": "&lt;https://a.example/x|https://un.org> <https://un.org/x>"}


def test_as_many_groups_as_fit_are_shown_and_never_none() -> None:
    group = [section("x" * 1000), divider()]
    assert as_many_as_fit([]) == []
    assert len(as_many_as_fit([group] * 30)) == 10
    assert len(as_many_as_fit([[divider()]] * 60)) == 46
    assert len(as_many_as_fit([[section("x" * 2900)] * 5, group])) == 1
