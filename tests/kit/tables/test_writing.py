"""Files we write: safe, complete, and read back by ourselves."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from commands.kit.tables import read_grid, to_csv, to_xlsx

TITLES = ["Name", "Amount", "Day"]
ROWS = [["=cmd|'/c calc'!A0", Decimal("-12.50"), date(2026, 3, 1)], ["Médecins; “du” Monde,\nSuisse", 3, None]]


def test_csv_is_utf_8_with_a_mark_and_crlf() -> None:
    content = to_csv(TITLES, ROWS)
    assert content.startswith(b"\xef\xbb\xbfName,Amount,Day\r\n'=cmd")
    assert b",-12.50,2026-03-01\r\n" in content


def test_csv_reads_back() -> None:
    rows = [cells for _number, cells in read_grid("a.csv", to_csv(TITLES, ROWS), field="file")]
    assert rows[1:] == [("'=cmd|'/c calc'!A0", "-12.50", "2026-03-01"), ("Médecins; “du” Monde,\nSuisse", "3", "")]


def test_xlsx_holds_texts_numbers_and_days_but_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(TITLES, ROWS, sheet="Agencies"))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "'=cmd|'/c calc'!A0"
    assert sheet["B2"].value == -12.5
    assert sheet["C2"].value.date() == date(2026, 3, 1)
    assert sheet.freeze_panes == "A2"


def test_xlsx_reads_back_like_csv() -> None:
    from_xlsx = [cells for _number, cells in read_grid("a.xlsx", to_xlsx(TITLES, ROWS, sheet="A" * 40), field="file")]
    assert [cells[0] for cells in from_xlsx] == ["Name", "'=cmd|'/c calc'!A0", "Médecins; “du” Monde,\nSuisse"]


def test_the_same_table_gives_the_same_file() -> None:
    assert to_xlsx(TITLES, ROWS, sheet="A") == to_xlsx(TITLES, ROWS, sheet="A")


def test_a_table_without_rows_still_has_its_titles() -> None:
    assert list(read_grid("a.xlsx", to_xlsx(TITLES, [], sheet="A"), field="file")) == [(1, tuple(TITLES))]
