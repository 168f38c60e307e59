"""Which sheet of a workbook is read, and spreadsheets of other formats."""

from __future__ import annotations

import io
import zipfile

import pytest

from commands.kit.refused import Refused
from commands.kit.tables import Column, Grid, SheetQuestion, has_columns, read_grid, sheets_line
from tests.kit.tables.books import book

Rows = list[tuple[str, ...]]

COLUMNS = (Column("name", ("organisation",), ("#org",), required=True), Column("code", ("acronym",)))
AGENCIES = [("Acronym", "Organisation"), ("WFP", "World Food Programme")]
OLDER = [("Acronym", "Organisation"), ("WFP", "World Food Program")]
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
NOTES = [("Prepared by", "OCHA"), ("Month", "March")]


def read(content: bytes, sheet: str = "", name: str = "list.xlsx") -> Grid:
    return read_grid(name, content, field="file", sheet=sheet, has_columns=has_columns(COLUMNS))


def asked(content: bytes) -> SheetQuestion:
    with pytest.raises(SheetQuestion) as question:
        read(content)
    assert question.value.fields.keys() == {"file"}
    return question.value


@pytest.mark.parametrize(
    "sheets",
    [
        {"Read me": NOTES, "List": AGENCIES},
        {"List": AGENCIES, "Read me": NOTES},
        {"Read me": NOTES, "List": [("Partners in March",), (), *AGENCIES], "Pivot": [("Sum",), (3,)]},
        {"Cover": [], "Read me": NOTES, "List": [("x", "y"), ("#org+code", "#org"), *AGENCIES[1:]]},
    ],
)
def test_the_visible_sheet_with_the_columns_is_read_wherever_it_stands(
    sheets: dict[str, list[tuple[str, ...]]],
) -> None:
    grid = read(book(sheets))
    assert grid.sheet == "List"
    assert list(grid)[-1][1] == ("WFP", "World Food Programme")
    assert set(grid.unread) == sheets.keys() - {"List", "Cover"}
    assert grid.hidden == ()


@pytest.mark.parametrize("deep", [False, True])
def test_a_hidden_sheet_is_named_and_never_read_unasked(deep: bool) -> None:
    content = book({"Old": OLDER, "New": AGENCIES, "Read me": NOTES}, hidden=["Old"], deep=deep)
    grid = read(content)
    assert (grid.sheet, grid.unread, grid.hidden) == ("New", ("Read me",), ("Old",))
    line = sheets_line(grid.sheet, grid.unread, grid.hidden)
    assert line == "Sheet read: “New”. Not read: “Read me”. Hidden and not read: “Old”."
    question = asked(book({"Old": OLDER, "Read me": NOTES}, hidden=["Old"], deep=deep))
    assert (question.titles, question.hidden, question.have_columns) == (["Old", "Read me"], ["Old"], True)
    assert question.text.startswith("Only hidden sheets of this workbook have these columns: “Old”.")


def test_several_sheets_that_may_be_meant_are_asked_about_and_the_chosen_one_is_read() -> None:
    content = book({"2025": OLDER, "2026": AGENCIES, "Read me": NOTES, "Draft": OLDER}, hidden=["Draft"])
    question = asked(content)
    assert (question.titles, question.hidden) == (["2025", "2026"], [])
    assert "“2025”, “2026”. Say which" in question.text
    grid = read(content, "2026")
    assert (grid.sheet, grid.unread, grid.hidden) == ("2026", ("2025", "Read me"), ("Draft",))
    assert list(grid)[1][1][1] == "World Food Programme"
    assert list(read(content, "Draft"))[1][1][1] == "World Food Program"
    with pytest.raises(Refused, match="no sheet “2024”"):
        read(content, "2024")


def test_where_no_sheet_has_the_columns_a_single_one_is_read_and_several_are_asked_about() -> None:
    assert read(book({"Notes": NOTES})).sheet == "Notes"
    question = asked(book({"Notes": NOTES, "More": NOTES}))
    assert (question.titles, question.have_columns) == (["Notes", "More"], False)
    assert "No sheet of this workbook has the columns I know. It has: “Notes”, “More”." in question.text
    with pytest.raises(Refused, match="Every visible sheet of this workbook is empty"):
        read(book({"Notes": NOTES}, hidden=["Notes"]))


def test_a_column_that_stands_twice_is_no_reason_to_take_another_sheet() -> None:
    twice = [("Organisation", "Organisation"), ("WFP", "WFP")]
    assert asked(book({"A": twice, "B": AGENCIES})).titles == ["A", "B"]


def refusal(content: bytes, name: str = "list.xlsx") -> str:
    with pytest.raises(Refused) as no:
        list(read(content, name=name))
    return no.value.text


def test_strict_open_xml_is_named() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book({"List": AGENCIES}))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            text = old.read(part).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            new.writestr(part, text)
    assert "saved as “Strict Open XML”" in refusal(made.getvalue())


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (ole("Root EntryWorkbook"), "list.xls", "years before 2007 (.xls)"),
        (ole("Root EntryWorkbook"), "list.xlsx", "years before 2007 (.xls)"),
        (ole("EncryptedPackage"), "list.xlsx", "has a password"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "list.ods",
            "OpenDocument spreadsheet (.ods)",
        ),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "list.xlsx", "OpenDocument spreadsheet"),
        (packed(xl__workbook_bin="x"), "list.xlsb", "binary Excel workbook (.xlsb)"),
        (packed(word__document_xml="x"), "list.xlsx", "no Excel workbook"),
    ],
)
def test_spreadsheets_of_other_formats_are_refused_by_name(content: bytes, name: str, says: str) -> None:
    text = refusal(content, name)
    assert says in text
    assert ".xlsx" in text


def test_a_workbook_with_macros_is_read_without_them() -> None:
    assert read(book({"List": AGENCIES}), name="list.xlsm").sheet == "List"
