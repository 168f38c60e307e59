"""A workbook of several sheets: numbers as numbers, heads frozen, texts never run as formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from commands.funding.rules.exporting import Sheets
from commands.kit.tables import CellValue, harmless
from storage.connection.writers import takes_long

SHEET_NAME_LIMIT = 31
DAY, MONEY, WIDE = 12, 18, 34
# The same file for the same figures: nothing in it depends on the moment it was written.
WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - a property of the file that has no zone
IS_MONEY = ("US$", "amountUSD", "Amount", "originalAmount", "requirements", "funding")
IS_SHORT = (
    "Rate of",
    "As of",
    "Announced",
    "Next date",
    "Begins",
    "Ends",
    "Currency",
    "Coverage",
    "year",
    "Date",
    "date",
)


@takes_long
def write_workbook(sheets: Sheets) -> bytes:
    """The workbook. Row by row, so that memory does not grow with the number of flows."""
    import xlsxwriter  # noqa: PLC0415 - most processes never write a workbook

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": WRITTEN_AT})
    formats = {
        "bold": book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "cents": book.add_format({"num_format": "#,##0.00"}),
        "plain": book.add_format({"num_format": "General"}),
    }
    for name, (titles, rows) in sheets.items():
        page = book.add_worksheet(name[:SHEET_NAME_LIMIT])
        _head(page, titles, formats)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, (last, place), cell, formats, is_money=_is_money(titles[place]))
        page.autofilter(0, 0, max(last, 1), len(titles) - 1)
    book.close()
    return file.getvalue()


def _head(page: Any, titles: Sequence[str], formats: dict[str, Any]) -> None:
    page.freeze_panes(1, 1)
    for place, title in enumerate(titles):
        page.set_column(place, place, width_of(title))
    for place, title in enumerate(titles):
        page.write_string(0, place, harmless(title), formats["bold"])


def width_of(title: str) -> int:
    """How wide a column is, by what its title says it holds."""
    if _is_money(title):
        return MONEY
    return DAY if any(part in title for part in IS_SHORT) else WIDE


def _is_money(title: str) -> bool:
    return any(part in title for part in IS_MONEY) and "Rate" not in title


def _write(page: Any, at: tuple[int, int], cell: CellValue, formats: dict[str, Any], *, is_money: bool) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(*at, harmless(cell))
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, formats["day"])
    else:
        whole = isinstance(cell, int) or cell == cell.to_integral_value()
        style = ("whole" if whole else "cents") if is_money else "plain"
        page.write_number(*at, cell if isinstance(cell, int | Decimal) else int(cell), formats[style])
