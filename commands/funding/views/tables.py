"""Figures as one of Slack's tables: sorted and paged by the reader, read out row by row by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_decimal

from commands.funding.views.money import MINUS, PLUS, percent
from commands.kit.cards import Block, shorten
from commands.kit.words import current_locale

ROWS_AT_MOST = 100
# The choices below a table need room too: a message holds about 12,000 characters.
TEXT_AT_MOST = 6_000
NAME_AT_MOST = 60


def dollars(amount: Decimal) -> str:
    """US dollars without their sign, for tables that say so: whole ones without decimals."""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return format_decimal(amount, pattern, locale=current_locale())


def text_cell(text: str) -> Block:
    """A cell with words."""
    return {"type": "raw_text", "text": text or "–"}


def money_cell(amount: Decimal | None, *, sign: bool = False) -> Block:
    """A cell with dollars, which the caption names, that sorts as a number; a dash where nobody said the figure."""
    if amount is None:
        return text_cell("–")
    shown = dollars(abs(amount)) if sign else dollars(amount)
    if sign and amount:
        shown = f"{PLUS if amount > 0 else MINUS}{shown}"
    return {"type": "raw_number", "value": int(amount), "text": shown}


def share_cell(share: Decimal | None) -> Block:
    """A cell with a percentage."""
    if share is None:
        return text_cell(percent(None))
    return {"type": "raw_number", "value": int(share), "text": percent(share)}


def data_table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[Block]], *, page: int = 10) -> Block:
    """A table whose first column names the row. What is more than Slack takes is left out: see `how_many_fit`."""
    shown = rows[: how_many_fit(rows)]
    return {
        "type": "data_table",
        "caption": caption,
        "page_size": page,
        "row_header_column_index": 0,
        "rows": [[text_cell(title) for title in titles], *map(list, shown)],
    }


def how_many_fit(rows: Sequence[Sequence[Block]]) -> int:
    """How many rows a table can hold: a hundred, and no more text than Slack takes."""
    used = 0
    for count, row in enumerate(rows[:ROWS_AT_MOST]):
        used += sum(len(cell["text"]) for cell in row)
        if used > TEXT_AT_MOST:
            return count
    return min(len(rows), ROWS_AT_MOST)


def name_cell(name: str, most: int = NAME_AT_MOST) -> Block:
    """The cell that names a row; short where a phone shall show a figure beside it."""
    return text_cell(shorten(name, most))
