"""Cells as values: amounts without guessing, days, years, currencies. Money is in whole cents from here on."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import list_currencies

from commands.funding.rules.imports.issues import Kind
from commands.kit.typed.columns import days_by_order
from commands.kit.typed.numbers import numbers_by_mark

# More than all humanitarian money of a century: a column was shifted, or digits doubled.
LARGEST_DOLLARS = Decimal(10) ** 13
LONGEST_NUMBER = 40
OLDEST_YEAR, NEWEST_YEAR = 1980, 2100
NO_CURRENCIES = frozenset({"XXX", "XTS"})
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_FIRST_DIGITS = re.compile(r"[^0-9]*([0-9]*)")
_SCIENTIFIC = re.compile(r"-?[0-9]+([.,](?P<fraction>[0-9]+))?e(?P<power>[+-]?[0-9]+)", re.IGNORECASE)
# Excel shows two decimals of a number in scientific format and five of any other, and writes what it shows.
_SHOWN = frozenset({2, 5})
_BY_EXCEL = re.compile(r".*[1-9]E[+-][0-9]{2,}")


class CellError(Exception):
    """A cell that is no value of its kind."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.value)
        self.kind = kind


def number(text: str, *, mark: str = "", typed: bool = False) -> tuple[Decimal, Kind | None]:
    """A number as people and programs write it, and what was odd about it.

    `mark` is the mark of decimals in its column, `.` or `,`, where that is settled. `typed` says that the file itself
    tells numbers from texts (JSON, XLSX), so that 1.234 is no thousand. Raises CellError for anything that could be
    read in two ways, AMBIGUOUS where the mark would settle it.
    """
    if _PLAIN.fullmatch(text) and (typed or not _THOUSANDS.fullmatch(text)):
        return Decimal(text), None
    if text.startswith("="):
        raise CellError(Kind.FORMULA)
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        return _scientific(scientific, typed=typed), None
    found = numbers_by_mark(text)
    if len(set(found.values())) > 1 and mark not in found:
        raise CellError(Kind.AMBIGUOUS)
    value = found.get(mark, next(iter(found.values()), None))
    if value is None:
        raise CellError(Kind.NO_NUMBER)
    return value, Kind.SEPARATORS if _is_grouped(text, value) else None


def _is_grouped(text: str, value: Decimal) -> bool:
    first = _FIRST_DIGITS.match(text)
    return first is not None and first[1].lstrip("0") != str(abs(int(value))).lstrip("0")


def _scientific(found: re.Match[str], *, typed: bool) -> Decimal:
    """A number with a power of ten. Programs write all digits of it, Excel only those that it shows."""
    decimals, power = len(found["fraction"] or ""), int(found["power"])
    if not typed and decimals in _SHOWN and power > decimals and _BY_EXCEL.fullmatch(found.string):
        raise CellError(Kind.DIGITS_LOST)
    try:
        return Decimal(found.string.replace(",", "."))
    except InvalidOperation as broken:
        raise CellError(Kind.NO_NUMBER) from broken


def cents(text: str, *, mark: str = "", typed: bool = False) -> tuple[int, Kind | None]:
    """An amount in US dollars as whole cents, rounded half up, and what was odd about it. Raises CellError."""
    if text.isdecimal() and text.isascii() and len(text) < 13:
        return int(text) * 100, None if text.strip("0") else Kind.ZERO
    if not text:
        raise CellError(Kind.NO_AMOUNT)
    amount, odd = number(text, mark=mark, typed=typed)
    if abs(amount) > LARGEST_DOLLARS:
        raise CellError(Kind.TOO_LARGE)
    whole = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    if odd is None and whole != amount * 100:
        odd = Kind.ROUNDED
    if odd is None:
        odd = Kind.NEGATIVE if whole < 0 else Kind.ZERO if not whole else None
    return whole, odd


def half_up(value: Decimal) -> int:
    """Whole numbers as OCHA rounds them: a half goes up."""
    return int(value.to_integral_value(ROUND_HALF_UP))


@lru_cache(maxsize=20_000)
def plain_number(text: str, mark: str = "", *, typed: bool = False) -> str:
    """A decimal number (an original amount, a rate) in its shortest plain form. Raises CellError as `number` does."""
    # Nearly all are whole or repeat themselves.
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= LONGEST_NUMBER:
        return text
    value, _odd = number(text, mark=mark, typed=typed)
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if len(plain) > LONGEST_NUMBER:
        raise CellError(Kind.NO_NUMBER)
    return plain


@lru_cache(maxsize=50_000)
def day(text: str, order: str = "") -> str | None:
    """A day as ISO 8601 (`2020-01-31`), from what people and programs write; None where it is none.

    `order` is what comes first in the days of its column, DAY_FIRST or MONTH_FIRST, where that is settled; without it a
    day whose month and day could be exchanged (03/04/2020) is none.
    """
    try:
        return date.fromisoformat(text[:10]).isoformat() if len(text) != 8 else None
    except ValueError:
        pass
    readings = days_by_order(text)
    found = readings.get(order) or (next(iter(readings.values())) if len(set(readings.values())) == 1 else None)
    return found.isoformat() if found else None


def is_ambiguous_day(text: str) -> bool:
    """Whether a text is one day or another, by what comes first in it."""
    return len(set(days_by_order(text).values())) > 1


@lru_cache(maxsize=50_000)
def days_between(earlier: str, later: str) -> int:
    """Days from one ISO day to another; negative when the second is before the first."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


@lru_cache(maxsize=1_000)
def year(text: str) -> int | None:
    """A year of four digits; None where it is none. A spreadsheet's `2020.0` is 2020."""
    text = text.removesuffix(".0")
    if len(text) != 4 or not text.isdecimal():
        return None
    value = int(text)
    return value if OLDEST_YEAR <= value <= NEWEST_YEAR else None


@lru_cache(maxsize=1_000)
def is_currency(code: str) -> bool:
    """Whether this is a code of ISO 4217, in capitals, that stands for money."""
    return code in _currencies() and code not in NO_CURRENCIES


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
