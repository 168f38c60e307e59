"""Table files as people send them: dialects, encodings, and everything that is no table."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl import Workbook

from commands.kit.refused import Refused
from commands.kit.tables import Encoding, Grid, Limits, read_grid

LINES = "Code,Name\nMSF,Médecins sans Frontières\nWFP,World Food Programme\n"
ROWS = [(1, ("Code", "Name")), (2, ("MSF", "Médecins sans Frontières")), (3, ("WFP", "World Food Programme"))]


def read(content: bytes, name: str = "agencies.csv", **options: object) -> Grid:
    return read_grid(name, content, field="file", **options)  # type: ignore[arg-type]


def refusal(content: bytes, name: str = "agencies.csv", **options: object) -> str:
    with pytest.raises(Refused) as caught:
        list(read(content, name, **options))
    assert caught.value.fields.keys() == {"file"}
    return caught.value.text


def workbook(*rows: list[object], sheet: str = "Agencies") -> bytes:
    book = Workbook()
    book.active.title = "Empty"
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_in_all_its_forms(codec: str) -> None:
    assert list(read(LINES.encode(codec))) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_any_line_end(delimiter: str, line_end: str) -> None:
    text = LINES.replace(",", delimiter).replace("\n", line_end)
    assert list(read(text.encode())) == ROWS


def test_a_delimiter_inside_names_does_not_mislead() -> None:
    text = 'Name;Kind\n"Germany, Government of";Government\n"Korea, Republic of";Government\n'
    assert list(read(text.encode()))[1] == (2, ("Germany, Government of", "Government"))


def test_a_single_column_is_a_table() -> None:
    assert list(read(b"Name\nWFP\nUNHCR\n")) == [(1, ("Name",)), (2, ("WFP",)), (3, ("UNHCR",))]


def test_rows_keep_the_numbers_a_spreadsheet_shows() -> None:
    content = b'Name,Note\n\n"A\nB",x\n,\nC,y\n'
    assert [number for number, _cells in read(content)] == [1, 3, 5]


def test_a_grid_can_be_read_again() -> None:
    grid = read(LINES.encode())
    assert list(grid) == list(grid) == ROWS


def test_latin_1_is_told_with_a_sample_and_read_once_chosen() -> None:
    content = LINES.encode("cp1252")
    text = refusal(content)
    assert "not UTF-8 (line 2)" in text
    assert "Médecins sans" in text
    assert list(read(content, encoding=Encoding.WESTERN)) == ROWS


def test_the_chosen_encoding_never_spoils_unicode() -> None:
    assert list(read(LINES.encode("utf-16"), encoding=Encoding.WESTERN)) == ROWS


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.csv", "empty"),
        (b" \r\n ", "a.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "a.csv", "no text file"),
        (bytes(range(256)) * 40, "a.csv", "no text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "old Excel file"),
        (b"Name\nWFP\n", "a.xlsx", "no Excel workbook"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "damaged"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "a.csv", "web page"),
        (json.dumps([{"name": "WFP"}]).encode(), "a.csv", "web page or a data file"),
        (b'Name,Kind\n"WFP,UN agency\nUNHCR,UN agency\n', "a.csv", "quotation mark"),
        (b"Name\n" + b"," * 600 + b"\n", "a.csv", "601 cells"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, name: str, says: str) -> None:
    assert says in refusal(content, name)


def test_a_workbook_called_csv_is_refused() -> None:
    assert "call it .xlsx" in refusal(workbook(["Name"]), "a.csv")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert "5 MB" in refusal(b"x" * 5_000_001)
    assert "2 MB" in refusal(b"x" * 2_000_001, limits=Limits(bytes=2_000_000))


def test_the_first_sheet_that_holds_something_is_read() -> None:
    content = workbook(["Code", "Name"], ["MSF", "Médecins sans Frontières"], ["WFP", "World Food Programme"])
    grid = read(content, "a.xlsx")
    assert grid.sheet == "Agencies"
    assert list(grid) == list(grid) == ROWS


def test_a_workbook_without_anything_is_refused() -> None:
    assert "sheet of this workbook is empty" in refusal(workbook(), "a.xlsx")


def test_values_of_cells_become_plain_text() -> None:
    content = workbook(["Name", 12, 12.5, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), True, None, " x "])
    texts = ("Name", "12", "12.5", "2026-03-01", "2026-03-01 09:30:00", "TRUE", "", "x")
    assert list(read(content, "a.xlsx")) == [(1, texts)]


def rewritten(content: bytes, part: str, change: dict[bytes, bytes]) -> bytes:
    """The workbook with texts of one of its parts replaced."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in change.items() if name == part else ():
                assert before in data
                data = data.replace(before, after)
            new.writestr(name, data)
    return result.getvalue()


def test_a_formula_counts_with_its_value_and_an_error_with_nothing() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "Name")
        page.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        page.write_formula(0, 2, "=1+1", None, 2)
    assert list(read(file.getvalue(), "a.xlsx")) == [(1, ("Name", "", "2"))]


def test_entities_that_explode_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    content = rewritten(workbook(["Name"]), "xl/worksheets/sheet2.xml", {b"<worksheet": bomb})
    assert "damaged" in refusal(content, "a.xlsx")


def test_an_archive_that_explodes_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert "unreasonable size" in refusal(file.getvalue(), "a.xlsx")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "no Excel workbook" in refusal(file.getvalue(), "a.xlsx")


def test_a_workbook_cut_in_half_is_refused() -> None:
    content = workbook(["Name"], *[[f"Agency {number}"] for number in range(200)])
    assert "damaged" in refusal(content[: len(content) // 2], "a.xlsx")


def test_a_sheet_that_breaks_off_is_refused() -> None:
    content = rewritten(workbook(["Name"], ["WFP"]), "xl/worksheets/sheet2.xml", {b"</sheetData>": b"<"})
    assert "damaged" in refusal(content, "a.xlsx")
