"""Numbers as people write them: each way is read as it was meant, and what has two readings gives both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.typed.numbers import number_of, readings, two_readings

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
# How thousands are parted and decimals begun, in the languages of missions.
STYLES = st.sampled_from(
    [(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("\u202f", ","), ("'", "."), ("’", "."), ("", ".")]
)


def written(number: Decimal, style: tuple[str, str], places: int) -> str:
    group, mark = style
    return f"{number:,.{places}f}".replace(",", "_").replace(".", mark).replace("_", group)


@given(NUMBERS, STYLES, st.integers(0, 3))
def test_no_way_of_writing_is_taken_for_another_number(number: Decimal, style: tuple[str, str], places: int) -> None:
    meant = round(number, places)
    for language in ("fr", "es", "ar"):
        assert meant in readings(written(number, style, places), language=language)
        assert len(readings(written(number, style, places), language=language)) <= 2


@given(NUMBERS, st.integers(0, 3))
def test_an_english_reader_writes_commas_between_thousands(number: Decimal, places: int) -> None:
    assert round(number, places) in readings(written(number, (",", "."), places), language="en")


@given(st.integers(1, 10**12), STYLES)
def test_two_readings_are_asked_about_with_a_clear_way_to_write_each(number: int, style: tuple[str, str]) -> None:
    found = readings(written(Decimal(number), style, 0), language="fr")
    if len(found) == 2:
        text = two_readings(found)
        ways = text.removeprefix("This can be read in two ways. Write ").removesuffix(".").split(" or ")
        assert [number_of(way, language="fr") for way in ways] == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.200", ["1200", "1.2"]),
        ("1,200", ["1200", "1.2"]),
        ("0,125", ["0.125"]),
        ("1234,567", ["1234.567"]),
        ("12,34,567", ["1234567"]),
        ("1.200.000", ["1200000"]),
        ("١٢٣٤", ["1234"]),
        ("١٬٢٣٤٫٥", ["1234.5"]),
        ("１２，５", []),
        ("2,5 Md", ["2500000000"]),
        ("3k", ["3000"]),
        ("1.200 million", ["1200000000", "1200000"]),
        ("− 5", ["-5"]),
        (",5", ["0.5"]),
        *((typed, []) for typed in ("", "-", "5.", "1,2,3", "1.2.3", "12 34", "1e5", "NaN", "0x1", "1_000", "=1+1")),
        ("9" * 30, ["9" * 30]),
        ("9" * 31, []),
    ],
)
def test_what_people_type(typed: str, meant: list[str]) -> None:
    assert readings(typed, language="fr") == [Decimal(one) for one in meant]


def test_a_comma_before_three_digits_is_no_question_in_english() -> None:
    assert readings("1,200", language="en") == [1200]
    assert number_of("1.200", language="en") is None


@given(st.text(max_size=20))
def test_no_text_is_a_mistake_of_ours(typed: str) -> None:
    assert len(readings(typed)) <= 2
