"""Cells as values: amounts without guessing, days, years, currencies. Money is in whole cents from here on."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import list_currencies

from commands.funding.rules.imports.issues import Kind

# More than all humanitarian money of a century: a column was shifted, or digits doubled.
LARGEST_DOLLARS = Decimal(10) ** 13
LONGEST_NUMBER = 40
OLDEST_YEAR, NEWEST_YEAR = 1980, 2100
NO_CURRENCIES = frozenset({"XXX", "XTS"})
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPS = (
    (re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"), ",", "."),
    (re.compile(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}(,[0-9]+)?|-?[0-9]{1,3}\.[0-9]{3},[0-9]+"), ".", ","),
    (re.compile(r"-?[0-9]{1,3}([ \u00a0\u202f'’][0-9]{3})+([.,][0-9]+)?"), " \u00a0\u202f'’", ",."),
)
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
_SCIENTIFIC = re.compile(r"-?[0-9]+([.,][0-9]+)?e[+-]?[0-9]+", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")


class CellError(Exception):
    """A cell that is no value of its kind."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.value)
        self.kind = kind


def number(text: str, *, typed: bool = False) -> tuple[Decimal, Kind | None]:
    """A number as people and programs write it, and what was odd about it.

    `typed` says that the file itself tells numbers from texts (JSON, XLSX), so that 1.234 is no thousand.
    Raises OddError for anything that could be read in two ways.
    """
    if _PLAIN.fullmatch(text):
        if not typed and _AMBIGUOUS.fullmatch(text):
            raise CellError(Kind.AMBIGUOUS)
        return Decimal(text), None
    if text.startswith("="):
        raise CellError(Kind.FORMULA)
    if _SCIENTIFIC.fullmatch(text):
        return _scientific(text, typed=typed), None
    for pattern, separators, marks in _GROUPS:
        if pattern.fullmatch(text):
            return _without_groups(text, separators, marks), Kind.SEPARATORS
    raise CellError(Kind.NO_NUMBER)


def _scientific(text: str, *, typed: bool) -> Decimal:
    if not typed:
        raise CellError(Kind.DIGITS_LOST)
    try:
        return Decimal(text)
    except InvalidOperation as broken:
        raise CellError(Kind.NO_NUMBER) from broken


def _without_groups(text: str, separators: str, marks: str) -> Decimal:
    digits = text.translate({ord(one): None for one in separators})
    return Decimal(digits.translate({ord(one): "." for one in marks}))


def cents(text: str, *, typed: bool = False) -> tuple[int, Kind | None]:
    """An amount in US dollars as whole cents, rounded half up, and what was odd about it. Raises OddError."""
    if text.isdecimal() and text.isascii() and len(text) < 13:
        return int(text) * 100, None if text.strip("0") else Kind.ZERO
    if not text:
        raise CellError(Kind.NO_AMOUNT)
    amount, odd = number(text, typed=typed)
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


def plain_number(text: str) -> str:
    """A decimal number (an original amount, a rate) in its shortest plain form; "" when it is none."""
    # Nearly all are whole or repeat themselves.
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= LONGEST_NUMBER:
        return text
    return _plain_number(text) if text else ""


@lru_cache(maxsize=20_000)
def _plain_number(text: str) -> str:
    try:
        value, _odd = number(text, typed=True)
    except CellError:
        return ""
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if len(plain) <= LONGEST_NUMBER else ""


@lru_cache(maxsize=50_000)
def day(text: str) -> str | None:
    """A day as ISO 8601 (`2020-01-31`), from a day or moment in ISO 8601 or from 31/01/2020; None where it is none.

    A day whose month and day could be exchanged (03/04/2020) is none: it would be a guess.
    """
    try:
        return date.fromisoformat(text[:10]).isoformat() if len(text) != 8 else None
    except ValueError:
        pass
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return _named_month(text)
    first, second, year = (int(part) for part in found.groups())
    if first <= 12 and second <= 12 and first != second:
        return None
    month, in_month = (second, first) if second <= 12 else (first, second)
    try:
        return date(year, month, in_month).isoformat()
    except ValueError:
        return None


def _named_month(text: str) -> str | None:
    for style in ("%d-%b-%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, style).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


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
    """Whether this is a code of ISO 4217 that stands for money."""
    return code in _currencies() and code not in NO_CURRENCIES


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
