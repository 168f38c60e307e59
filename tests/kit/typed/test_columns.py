"""Numbers and days of a column: what one cell settles, what two contradict, what stays open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from commands.kit.typed.columns import DAY_FIRST, MONTH_FIRST, days_by_order, settled
from commands.kit.typed.numbers import numbers_by_mark

APRIL, MARCH, LAST = date(2035, 4, 3), date(2035, 3, 4), date(2035, 1, 31)
BOTH = {DAY_FIRST: LAST, MONTH_FIRST: LAST}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1000", {".": 1000, ",": 1000}),
        ("-1 234", {".": -1234, ",": -1234}),
        ("12.345", {".": Decimal("12.345"), ",": 12345}),
        ("12,345", {",": Decimal("12.345"), ".": 12345}),
        ("0,900", {",": Decimal("0.900")}),
        ("259,00", {",": Decimal("259.00")}),
        ("1,234,567", {".": 1234567}),
        ("1 234,567", {",": Decimal("1234.567")}),
        ("2.5 million", {}),
        ("soon", {}),
        ("", {}),
    ],
)
def test_a_number_by_the_mark_of_its_decimals(text: str, found: dict[str, Decimal]) -> None:
    assert numbers_by_mark(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2035-01-31", BOTH),
        ("31 January 2035", BOTH),
        ("31 janvier 2035", BOTH),
        ("03/04/2035", {DAY_FIRST: APRIL, MONTH_FIRST: MARCH}),
        ("03-04-2035 14:30", {DAY_FIRST: APRIL, MONTH_FIRST: MARCH}),
        ("03.04.2035", {DAY_FIRST: APRIL}),
        ("31/01/2035", {DAY_FIRST: LAST}),
        ("01/31/2035", {MONTH_FIRST: LAST}),
        ("1.31.2035", {MONTH_FIRST: LAST}),
        ("31/02/2035", {}),
        ("03/04/35", {}),
        ("1 to 3 January 2035", {}),
        ("from 31 January 2035 on", {}),
        ("soon", {}),
    ],
)
def test_a_day_by_what_comes_first(text: str, found: dict[str, date]) -> None:
    assert days_by_order(text) == found


def test_one_cell_settles_its_column_and_two_that_contradict_each_other_do_not() -> None:
    assert settled(["1000", "12.345", "259,00"], numbers_by_mark) == ","
    assert settled(["1000", "12.345", "odd"], numbers_by_mark) == ""
    assert settled(["259,00", "2.5"], numbers_by_mark) == ""
    assert settled(["259,00", "2.5"], numbers_by_mark, at_once=True) == ","
