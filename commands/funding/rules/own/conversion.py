"""Money in another currency as US dollars, with the rate that was used: `usd = amount / rate`, rounded half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

US_DOLLAR = "USD"
ONE = Decimal(1)
# Enough for fifteen digits of money over ten decimals of a rate, so that rounding happens once, at the end.
EXACTLY = Context(prec=50, rounding=ROUND_HALF_UP)


def to_usd(amount: Decimal, rate: Decimal) -> Decimal:
    """Whole US dollars, half up, as the Financial Tracking Service rounds. `rate` is units for one dollar, above 0."""
    return whole(EXACTLY.divide(amount, rate))


def whole(amount: Decimal) -> Decimal:
    """Rounded half up to whole units."""
    return amount.quantize(ONE, rounding=ROUND_HALF_UP, context=EXACTLY)


def is_placeholder(currency: str, rate: Decimal) -> bool:
    """Whether a rate looks as if nobody had filled it in: exactly 1 for a currency that is not the dollar."""
    return currency != US_DOLLAR and rate == ONE
