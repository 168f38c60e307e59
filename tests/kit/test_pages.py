"""Turning pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.kit.cards import Block
from commands.kit.pages import earlier_text, latest_lines, left_note, page_at, page_number, page_of, turning, with_span

LISTS = st.lists(st.integers(), max_size=60)
SIZES = st.integers(1, 12)
NUMBERS = st.integers(-(10**9), 10**9)


def turns(blocks: list[Block]) -> dict[str, tuple[str, str]]:
    """What the buttons say, with their action and value."""
    found = [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
    return {one["text"]["text"]: (one["action_id"], one["value"]) for one in found}


@given(LISTS, SIZES)
def test_the_pages_together_are_the_list_and_only_the_last_is_short(items: list[int], size: int) -> None:
    pages = [page_of(items, number, size) for number in range(page_of(items, 0, size).of)]
    assert [item for page in pages for item in page.items] == items
    assert all(len(page.items) == size for page in pages[:-1])
    assert all(page.count == len(items) for page in pages)


@given(LISTS, SIZES, NUMBERS)
def test_a_number_beyond_an_end_gives_the_page_at_that_end(items: list[int], size: int, number: int) -> None:
    page = page_of(items, number, size)
    assert 0 <= page.number < page.of
    assert page.number == number or page == page_of(items, 0 if number < 0 else page.of - 1, size)
    assert page.items or not items


@given(LISTS, SIZES, NUMBERS)
def test_a_query_that_reads_after_before_finds_the_same_page(items: list[int], size: int, number: int) -> None:
    page = page_at(len(items), number, size)
    assert page.holding(items[page.before :][: page.size]) == page_of(items, number, size)


@given(LISTS, SIZES, NUMBERS)
def test_a_button_leads_only_to_a_page_that_there_is(items: list[int], size: int, number: int) -> None:
    page = page_of(items, number, size)
    buttons = turns(turning(page, "room:list"))
    wanted = {"Previous": page.number - 1, "Next": page.number + 1}
    assert {name: int(value) for name, (_action, value) in buttons.items()} == {
        name: other for name, other in wanted.items() if 0 <= other < page.of
    }


def test_the_reader_is_told_where_they_are() -> None:
    blocks = turning(page_of(range(45), 1, 20), "room:list", lambda number: f"mine:{number}")
    assert blocks[0]["elements"][0]["text"] == "Page 2 of 3"
    assert turns(blocks) == {
        "Previous": ("room:list:previous", "mine:0"),
        "Next": ("room:list:next", "mine:2"),
    }
    assert with_span("45 agencies", page_of(range(45), 2, 20)) == "45 agencies: 41 to 45"


def test_one_page_needs_no_buttons_and_no_span() -> None:
    page = page_of(range(20), 0, 20)
    assert turning(page, "room:list") == []
    assert with_span("20 agencies", page) == "20 agencies"


def test_a_value_that_is_no_number_means_the_first_page() -> None:
    assert [page_number(text) for text in ("2", 2, "", None, "-1", "x", "²", "9" * 40)] == [2, 2, 0, 0, 0, 0, 0, 0]


@given(st.integers(0, 60), st.integers(1, 12))
def test_what_a_list_leaves_out_is_counted_below_it(count: int, shown: int) -> None:
    note = left_note(range(count), shown)
    left = count - min(count, shown)
    assert [block["elements"][0]["text"] for block in note] == ([f"{left} more."] if left else [])


@given(st.lists(st.text(min_size=1), max_size=30), st.integers(1, 12))
def test_a_history_says_how_many_steps_are_older_than_those_it_shows(lines: list[str], most: int) -> None:
    found = latest_lines(lines, most)
    if len(lines) <= most:
        assert found == lines
    else:
        assert found[1:] == lines[-most:]
        assert found[0] == earlier_text(len(lines) - most)
