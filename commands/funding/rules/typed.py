"""Amounts and rates as people type them, in English or in French: thousands separators, `2.5 million`, `2,5 M`.

What can be read in two ways is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from commands.kit.refused import Refused
from commands.kit.words import _

SCALES = {
    "": 0,
    "k": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "millions": 6,
    "bn": 9,
    "md": 9,
    "milliard": 9,
    "milliards": 9,
}
TYPED = re.compile(r"(?P<digits>[0-9][0-9 ',.]*?)\s*(?P<scale>[a-z]*)", re.IGNORECASE)
GROUPS = re.compile(r"[0-9]{1,3}(?:(?P<by>[ ',.])[0-9]{3})(?:(?P=by)[0-9]{3})*")
PLAIN = re.compile(r"[0-9]+")
MOST_DIGITS = 15
RATE_PLACES = 10
BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"})
THREE = 3


def read_amount(text: str, field: str, *, places: int = 2, zero: bool = False) -> Decimal:
    """An amount of money with at most `places` decimals, more than 0 unless `zero`. Raises Refused next to `field`.

    A single comma or point before exactly three digits separates thousands, as no currency with fewer than three
    decimals has such an amount; where the currency has three, both readings are offered.
    """
    digits, scale = _taken_apart(text, field)
    whole, fraction = _halves(digits, field, ambiguous=places >= THREE or scale > 0)
    value = Decimal(f"{whole}.{fraction or 0}").scaleb(scale)
    if value != round(value, places):
        raise Refused(_("This currency has at most {places} decimals.").format(places=places), field)
    if value < 0 or (value == 0 and not zero):
        raise Refused(_("The amount must be more than 0."), field)
    if value >= Decimal(10) ** MOST_DIGITS:
        raise Refused(_("This is more money than there is. Check the amount."), field)
    return Decimal(f"{value:f}")


def read_rate(text: str, field: str) -> Decimal:
    """An exchange rate, units of a currency for one US dollar, above 0. Raises Refused next to `field`."""
    digits, scale = _taken_apart(text, field)
    if scale:
        raise Refused(_not_a_number(), field)
    whole, fraction = _halves(digits, field, ambiguous=True)
    if len(fraction) > RATE_PLACES or len(whole) > RATE_PLACES:
        raise Refused(_("A rate has at most {places} decimals.").format(places=RATE_PLACES), field)
    value = Decimal(f"{whole}.{fraction or 0}")
    if value <= 0:
        raise Refused(_("The rate must be more than 0."), field)
    return value


def _taken_apart(text: str, field: str) -> tuple[str, int]:
    typed = text.translate(BLANKS).strip()
    if typed.startswith(("-", "\u2212")):
        raise Refused(_("The amount must be more than 0."), field)
    found = TYPED.fullmatch(typed)
    scale = SCALES.get(found["scale"].lower()) if found else None
    if found is None or scale is None:
        raise Refused(_not_a_number(), field)
    return found["digits"].strip(), scale


def _not_a_number() -> str:
    return _("Write a number, for example 1,250,000.50 or 1 250 000,50 or 2.5 million, without the currency.")


def _halves(digits: str, field: str, *, ambiguous: bool) -> tuple[str, str]:
    """The digits before and after the decimal mark."""
    marks = [mark for mark in digits if mark in ",."]
    if not marks:
        return _whole(digits, field), ""
    last = marks[-1]
    before, _mark, after = digits.rpartition(last)
    if marks.count(last) > 1:
        # Twice the same mark: it separates thousands, and there are no decimals.
        return _whole(digits, field), ""
    if len(marks) == 1 and len(after) == THREE and GROUPS.fullmatch(digits) and not before.startswith("0"):
        if ambiguous:
            raise Refused(_either(before, after), field)
        return before + after, ""
    if not PLAIN.fullmatch(after):
        raise Refused(_not_a_number(), field)
    return _whole(before, field), after


def _whole(digits: str, field: str) -> str:
    if PLAIN.fullmatch(digits):
        return digits
    if GROUPS.fullmatch(digits) is None:
        raise Refused(_not_a_number(), field)
    return re.sub(r"[^0-9]", "", digits)


def _either(before: str, after: str) -> str:
    text = _("This can be read in two ways. Write {whole}, or {broken}0 with a fourth decimal.")
    return text.format(whole=before + after, broken=f"{before}.{after}")
