"""Amounts and rates as people type them, in English or in French: thousands separators, `2.5 million`, `2,5 M`.

What can be read in two ways is refused with both readings, never guessed.
"""

from __future__ import annotations

from decimal import Decimal

from commands.kit.refused import Refused
from commands.kit.typed.numbers import readings, two_readings
from commands.kit.words import _

MOST_DIGITS = 15
RATE_PLACES = 10
THREE = 3


def read_amount(text: str, field: str, *, places: int = 2, zero: bool = False) -> Decimal:
    """An amount of money with at most `places` decimals, more than 0 unless `zero`. Raises Refused next to `field`.

    A single comma or point before exactly three digits separates thousands, as no currency with fewer than three
    decimals has such an amount; where the currency has three, both readings are offered.
    """
    value = _one_value(text, field, places=places)
    if value != round(value, places):
        raise Refused(_("This currency has at most {places} decimals.").format(places=places), field)
    if value < 0 or (value == 0 and not zero):
        raise Refused(_("The amount must be more than 0."), field)
    if value >= Decimal(10) ** MOST_DIGITS:
        raise Refused(_("This is more money than there is. Check the amount."), field)
    return Decimal(f"{value:f}")


def read_rate(text: str, field: str) -> Decimal:
    """An exchange rate, units of a currency for one US dollar, above 0. Raises Refused next to `field`."""
    if any(letter.isalpha() for letter in text):
        raise Refused(_not_a_number(), field)
    value = _one_value(text, field)
    if max(-int(value.as_tuple().exponent), value.adjusted() + 1) > RATE_PLACES:
        raise Refused(_("A rate has at most {places} decimals.").format(places=RATE_PLACES), field)
    if value <= 0:
        raise Refused(_("The rate must be more than 0."), field)
    return value


def _one_value(text: str, field: str, *, places: int = THREE) -> Decimal:
    # A rate, unlike an amount, has more decimals than two: in no language does a comma settle what is meant.
    found = readings(text, language="" if places >= THREE else None)
    if not found:
        raise Refused(_not_a_number(), field)
    if len(found) > 1 and (places >= THREE or found[1].as_tuple().exponent != -THREE):
        raise Refused(two_readings(found), field)
    return found[0]


def _not_a_number() -> str:
    return _("Write a number, for example 1,250,000.50 or 1 250 000,50 or 2.5 million, without the currency.")
