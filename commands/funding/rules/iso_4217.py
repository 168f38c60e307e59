"""Which currency codes of ISO 4217 are money somewhere; codes for tests, metals and no currency are not."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

# A day and not today: the same code must be right or wrong whenever it is asked.
IN_USE_ON = date(2026, 1, 1)
# Units of account that no territory uses as its tender.
UNITS_OF_ACCOUNT = frozenset({"XDR", "XSU", "XUA", "CLF", "CHE", "CHW", "COU", "MXV", "UYI", "UYW", "BOV"})


@cache
def currencies() -> frozenset[str]:
    """Every currency in use."""
    found = set(UNITS_OF_ACCOUNT)
    for territory in get_global("territory_currencies"):
        found.update(get_territory_currencies(territory, IN_USE_ON, IN_USE_ON, tender=True, non_tender=False))
    return frozenset(found)


def is_iso_currency(code: str) -> bool:
    """Whether a code of three capital letters is a currency in use."""
    return code in currencies()
