"""Days as people write them: every way of writing a day means that day, or is refused with what to write."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.typed.days import DayError, find_run, number_left

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 1))
LENGTHS = st.integers(0, 60).map(lambda days: timedelta(days=days))
PATTERNS = ["y-MM-dd", "y/M/d", "dd.MM.y", "d MMMM y", "d MMM y"]
PATTERNS += ["EEE d MMM y", "EEEE, d MMMM y", "MMMM d, y", "d. MMMM y"]
BETWEEN = [" - ", "–", " — ", " to ", " until ", " au ", " jusqu’au ", "\t", ";", " → ", "..", " through "]


@given(DAYS, LENGTHS, st.sampled_from(PATTERNS), st.sampled_from(BETWEEN), st.sampled_from(["en", "fr"]))
def test_a_run_in_any_spelling_is_that_run(
    first: date, length: timedelta, pattern: str, between: str, language: str
) -> None:
    last = first + length
    written = between.join(format_date(day, pattern, language) for day in (first, last))
    for line in (f"{written}: Eid", f"Eid {written}", f"{written}\tEid"):
        run = find_run(line)
        assert run is not None
        assert (run.first, run.last, run.before + run.after) == (first, last, "Eid")


@given(DAYS, st.sampled_from(["/", "-"]))
def test_a_day_whose_month_may_be_its_day_is_asked_about(day: date, sign: str) -> None:
    for written in (f"{day.day:02}{sign}{day.month:02}{sign}{day.year}", f"{day.month}{sign}{day.day}{sign}{day.year}"):
        if day.day > 12 or day.day == day.month:
            assert find_run(written) is not None
            assert find_run(written).first == day  # type: ignore[union-attr]
        else:
            with pytest.raises(DayError, match=day.isoformat()):
                find_run(written)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("24–26 December 2026", (2026, 12, 24), (2026, 12, 26)),
        ("December 24-26, 2026", (2026, 12, 24), (2026, 12, 26)),
        ("du 30 décembre au 2 janvier 2027", (2026, 12, 30), (2027, 1, 2)),
        ("30 December 2026 – 2 January", (2026, 12, 30), (2027, 1, 2)),
        ("2026-12-24/26", (2026, 12, 24), (2026, 12, 26)),
        ("24.-26.12.2026", (2026, 12, 24), (2026, 12, 26)),
        ("24 and 25 Dec. 2026", (2026, 12, 24), (2026, 12, 25)),
        ("le 1er janvier 2027", (2027, 1, 1), (2027, 1, 1)),
        ("the 3rd of March 2027", (2027, 3, 3), (2027, 3, 3)),
        ("2026-12-25 00:00:00\t2026-12-26 00:00:00", (2026, 12, 25), (2026, 12, 26)),
    ],
)
def test_what_both_days_share_may_be_said_once(line: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    run = find_run(line)
    assert run is not None
    assert (run.first, run.last) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "line",
    [
        *("2026-12-24, 2026-12-26", "24 and 26 December 2026", "2026-02-30", "24 December", "24/12/26", "3 to 5"),
        *("Friday 24 December 2026", "31 June 2026", "24-12", "0 May 2026"),
    ],
)
def test_what_is_in_doubt_or_no_day_is_never_taken(line: str) -> None:
    with suppress(DayError):
        assert find_run(line) is None


@given(st.text(max_size=40))
def test_no_text_is_a_mistake_of_ours(text: str) -> None:
    try:
        run = find_run(text)
    except DayError:
        return
    assert run is None or run.first.year >= 1000


def test_numbers_that_are_left_are_found_but_for_ordinals_and_quotes() -> None:
    assert number_left("- 2026-12-26 Christmas") == "2026-12-26"
    assert number_left("Eid 2") == "2"
    assert number_left("1er Mai, “Victory of 1945”, 2nd day") == ""
