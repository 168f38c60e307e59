"""Currencies as FTS's website names them, by their codes."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from commands.funding.rules.imports.values import NO_CURRENCIES, is_currency
from storage.letters import folded

# Names on FTS's website that CLDR does not have.
OTHER_NAMES = {
    "bahrain dinar": "BHD",
    "chinese yuan renminbi": "CNY",
    "emirati dirham": "AED",
    "european euro": "EUR",
    "great britain pound": "GBP",
    "korean won": "KRW",
    "omani riyal": "OMR",
    "pound sterling": "GBP",
    "qatari rial": "QAR",
    "south korean won": "KRW",
    "united states dollar": "USD",
}


def currency_code(text: str) -> str:
    """The code (ISO 4217) of a currency by its English name or its code in any case; the text itself for others."""
    code = text.upper()
    if is_currency(code):
        return code
    return _by_name().get(folded(text), text)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names = Locale("en").currencies
    known = {folded(name): code for code, name in names.items() if is_currency(code) and code not in NO_CURRENCIES}
    return known | OTHER_NAMES
