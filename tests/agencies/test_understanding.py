"""Lists as people really have them: sheets, headers and kinds that are not ours, asked about once and remembered."""

from __future__ import annotations

from bot.sandbox.driver import Form
from storage.agencies import all_agencies
from storage.agency_imports import AgencyImport
from tests.agencies.test_import_stories import upload
from tests.kit.tables.books import book
from tests.world import World


def kinds(world: World) -> dict[str, str]:
    with world.database() as session:
        return {one.code: one.kind for one in all_agencies(session, world.mission_id)}


def file_kept(world: World) -> list[bool]:
    with world.database() as session:
        return [one.file is not None for one in session.query(AgencyImport).order_by(AgencyImport.id)]


LIST = [
    ("Partners in March",),
    ("Short", "Who", "Sort"),
    ("PRC", "Palm Relief", "Goverment"),
    ("", "Oak Aid", "Donors"),
]


def answered(form: Form | None) -> Form:
    assert form is not None
    return form


def test_unknown_headers_and_kinds_are_asked_remembered_and_can_be_changed(world: World) -> None:
    content = "\n".join(",".join(row) for row in LIST)
    form = upload(world, content, "march.csv")
    assert "No header of the file is one that I know" in form.text
    assert "Who, such as “Palm Relief”" in str(form.view)
    assert form.value("Name") is None
    form = answered(form.choose("Name", "Who, such as “Palm Relief”").choose("Code", "Short, such as “PRC”").submit())
    assert "Added: 2" in form.text, "a kind that no column holds is not asked for"
    form = answered(form.press("Change how it is read"))
    assert form.value("Name") == form.choice("Name", "Who, such as “Palm Relief”")
    form = answered(form.choose("Kind", "Sort, such as “Goverment”").submit())
    assert "words for kinds of organisations are not ours" in form.text
    assert (form.value("“Goverment” (1 row)"), form.value("“Donors” (1 row)")) == ("government", "other")
    form = answered(form.choose("“Donors” (1 row)", "NGO").submit())
    assert "earlier list: “Short” is Code; “Who” is Name; “Sort” is Kind; “Goverment” is Government" in form.text
    assert file_kept(world) == [True]
    answered(form.submit())
    assert {"PRC": "government", "OA": "ngo"}.items() <= kinds(world).items()
    assert file_kept(world) == [False]
    april = upload(world, content.replace("Oak Aid", "Elm Aid").replace("March", "April"), "april.csv")
    assert "Added: 1 · changed: 0 · left alone: 1" in april.text
    assert "“Donors” is NGO" in april.text
    changed = answered(answered(april.press("Change how it is read")).choose("“Donors” (1 row)", "Other").submit())
    assert "Elm Aid (Other" in changed.text
    answered(changed.submit())
    assert kinds(world)["EA"] == "other"


def test_a_sheet_is_found_named_and_asked_for(world: World) -> None:
    old, new = [("Acronym", "Name"), ("OLD", "Old Aid")], [("Acronym", "Name"), ("NEW", "New Aid")]
    notes = [("Prepared by", "OCHA")]
    form = upload(world, book({"Old": old, "Read me": notes, "New": new}, hidden=["Old"]), "found.xlsx")
    assert "*NEW* New Aid" in form.text
    assert "Sheet read: “New”. Not read: “Read me”. Hidden and not read: “Old”." in form.text
    form = upload(world, book({"2025": old, "Read me": notes, "2026": new}), "asked.xlsx")
    assert "Several sheets of this workbook have these columns: “2025”, “2026”" in form.text
    form = answered(form.choose("Sheet to read", "2026").submit())
    assert "*NEW* New Aid" in form.text
    assert "Sheet read: “2026”. Not read: “2025”, “Read me”." in form.text
    form = answered(answered(form.press("Change how it is read")).choose("Sheet to read", "2025").submit())
    assert "*OLD* Old Aid" in form.text
    form = upload(world, book({"Read me": notes, "Agencies": new}, hidden=["Agencies"]), "hidden.xlsx")
    assert (
        "Only hidden sheets of this workbook have these columns: “Agencies”. I read none of them unasked." in form.text
    )
    form = answered(form.choose("Sheet to read", "Agencies (hidden)").submit())
    assert "*NEW* New Aid" in form.text
    again = upload(world, book({"A": notes, "B": [("x", "Whom"), ("1", "Ash Aid")]}), "none.xlsx")
    assert "No sheet of this workbook has the columns I know. It has: “A”, “B”." in again.text
    again = answered(again.choose("Sheet to read", "B").submit())
    again = answered(again.choose("Name", "Whom, such as “Ash Aid”").submit())
    assert "Ash Aid" in again.text
