"""Numbers for people, as their language writes them. Ids out of buttons are read by `storage.subjects.number`.

Gesture: put into words.
"""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from commands.kit.words import current_locale


def number_text(number: Decimal | int, unit: str = "") -> str:
    """A number with the reader's separators and every decimal it has, and its unit: `1,200.5 km`."""
    return f"{format_decimal(number, locale=current_locale(), decimal_quantization=False)} {unit}".strip()
