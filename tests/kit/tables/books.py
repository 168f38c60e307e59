"""Workbooks made up for tests: sheets with their rows, visible or hidden, in the order given."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook


def book(sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = (), deep: bool = False) -> bytes:
    """A workbook as XLSX; `hidden` sheets can be shown by Excel's menu, and with `deep` by nobody but a programme."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
        if title in hidden:
            page.sheet_state = "veryHidden" if deep else "hidden"
    # A workbook is saved only where something of it is visible.
    if len(hidden) == len(sheets):
        made.create_sheet("Nothing")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
