"""Money, shares and days in words, as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from commands.kit.dates import day_text
from commands.kit.numbers import number_text
from commands.kit.words import _, current_language, current_locale, ngettext

NOT_KNOWN = "–"
PLUS, MINUS = "+", "\u2212"


def usd(amount: Decimal | None) -> str:
    """US dollars to the dollar: `US$1,131,050,820`; a dash where nobody said."""
    return NOT_KNOWN if amount is None else money(amount, "USD", whole=amount == amount.to_integral_value())


def money(amount: Decimal, currency: str, *, whole: bool = False) -> str:
    """An amount in its currency, with its decimals unless they are all 0 and `whole`."""
    digits = "#,##0" if whole else "#,##0.00"
    pattern = f"¤{digits};-¤{digits}" if current_language() == "en" else f"{digits}\u00a0¤"
    return format_currency(amount, currency, pattern, locale=current_locale(), currency_digits=not whole)


def rate_text(rate: Decimal) -> str:
    """A rate with all its decimals."""
    return format_decimal(rate, "#,##0.##########", locale=current_locale())


def signed(amount: Decimal) -> str:
    """A difference with its sign: `+US$3,000`, `−US$3,000`, `±0`."""
    if not amount:
        return "±0"
    return f"{PLUS if amount > 0 else MINUS}{usd(abs(amount))}"


def percent(share: Decimal | None) -> str:
    """A share in whole percent; `n/a` where there is nothing to take it of."""
    if share is None:
        return _("n/a")
    return f"{number_text(share)}\u00a0%" if current_language() == "fr" else f"{number_text(share)}%"


def lag_text(days: int | None) -> str:
    """How long it takes from a decision to its first report, in the middle of all flows."""
    if days is None:
        return _("reporting lag unknown")
    return ngettext(
        "half of the flows were reported within {count} day of the decision",
        "half of the flows were reported within {count} days of the decision",
        days,
    ).format(count=number_text(days))


def as_of_text(day: date | datetime | None) -> str:
    """How old a figure is."""
    if day is None:
        return _("as of an unknown day")
    return _("as of {day}").format(day=day_text(day.date() if isinstance(day, datetime) else day))
