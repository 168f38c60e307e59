"""Numbers for people."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.numbers import number_text
from commands.kit.words import speaking


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (5000, "5,000", "5\u202f000"),
        (Decimal("-1234567.0625"), "-1,234,567.0625", "-1\u202f234\u202f567,0625"),
    ],
)
def test_each_language_has_its_own_separators(number: Decimal | int, english: str, french: str) -> None:
    with speaking("en"):
        assert number_text(number) == english
        assert number_text(number, "people") == f"{english} people"
    with speaking("fr"):
        assert number_text(number) == french


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_no_digit_is_lost(number: Decimal) -> None:
    with speaking("en"):
        assert Decimal(number_text(number).replace(",", "")) == number
