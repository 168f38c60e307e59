"""Importing and exporting over the local Slack: preview, decisions, saving, and files that are no lists."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.sandbox.driver import Form
from storage.agencies import Agency, all_agencies, find_agency
from storage.audit import AuditEntry, history
from tests.agencies.organisations import as_xlsx
from tests.agencies.test_stories import ADMIN, runs
from tests.world import World

LIST = """Acronyme,Organisation,Type,Cluster,Fuseau horaire
,Danish Refugee Council,NGO,Protection,Africa/Juba
,World Food Programme,UN agency,Food Security; Logistics; Nutrition,
,World Health Organization,UN agency,Health,
,ACNUR,UN agency,Protection,
,DRC,INGO,Protection,
HAC/1,=Help after Crisis & co,NGO,Peacebuilding,
,,NGO,,
X,Too short a code,NGO,,
,Planet people,NGO,,Mars
,Lost,NGO,,Mars/Olympus
"""


def upload(world: World, content: bytes | str, called: str = "list.csv", encoding: str = "") -> Form:
    """The preview of a file, or the form with what is wrong with it."""
    form = runs(world.person(ADMIN), "/agency import").attach("File", content, called=called)
    if encoding:
        form.choose("Encoding of a CSV file", encoding)
    answered = form.submit()
    assert answered is not None, form.notice
    return answered


def pressed(form: Form, button: str) -> Form:
    after = form.press(button)
    assert after is not None
    return after


def tab(form: Form, name: str) -> Form:
    return pressed(form, next(one for one in form.buttons if one.startswith(f"{name} (")))


def codes(world: World) -> list[str]:
    with world.database() as session:
        return [agency.code for agency in all_agencies(session, world.mission_id)]


def test_a_preview_shows_everything_before_anything_is_saved(world: World) -> None:
    before = codes(world)
    form = upload(world, LIST)
    assert "10 rows, 6 organisations. Nothing is saved yet." in form.text
    assert "Added: 2 · changed: 1 · left alone: 1 · skipped as the same: 0 · refused: 4" in form.text
    assert "2 look-alikes wait for your decision" in form.text
    assert (
        "*ACNUR* looks like\n• *UNHCR* United Nations High Commissioner for Refugees (an agency you have" in form.text
    )
    assert (
        "*DRC* looks like\n• Danish Refugee Council (row 2 of the file · one is the acronym of the other)" in form.text
    )
    added = tab(form, "Added")
    assert "Row 2: *DRC* Danish Refugee Council (NGO · Protection · code made up)" in added.text
    assert "Row 7: *HAC/1* =Help after Crisis & co (NGO · Peacebuilding)" in added.text
    changed = tab(added, "Changed")
    assert "Row 3: *WFP* Sectors: Food Security, Logistics → Food Security, Logistics, Nutrition" in changed.text
    assert "Row 4: *WHO*" in tab(changed, "Left alone").text
    refused = tab(changed, "Refused")
    assert "Row 8: column “Organisation”: The name is empty." in refused.text
    assert "Row 9: column “Acronyme”: A code has 2 to 24 letters" in refused.text
    assert "Row 10: column “Fuseau horaire”: “Mars” is no time zone." in refused.text
    assert "Row 11: column “Fuseau horaire”: “Mars/Olympus” is no time zone." in refused.text
    assert codes(world) == before


def test_look_alikes_wait_until_each_is_decided_and_the_decision_is_remembered(world: World) -> None:
    form = upload(world, LIST)
    blocked = tab(form, "Added").submit()
    assert blocked is not None
    assert "Decide about every look-alike first" in blocked.text
    blocked.choose("agencies:decide:5", "It is the same: skip")
    decided = world.person(ADMIN).form
    assert decided is not None
    decided.choose("agencies:decide:6", "Keep apart")
    decided = world.person(ADMIN).form
    assert decided is not None
    assert "skipped as the same: 1" in decided.text
    done = decided.submit()
    assert done is not None
    assert "list.csv is imported" in done.text
    assert codes(world) == ["DRC", "DRC-2", "HAC/1", "IOM", "UNHCR", "UNICEF", "WFP", "WHO"]
    again = upload(world, LIST)
    assert "Added: 0 · changed: 0 · left alone: 5 · skipped as the same: 1 · refused: 4" in again.text
    assert "would change nothing" in again.text
    assert again.view.get("submit") is None


def test_every_change_is_recorded_with_old_and_new(world: World) -> None:
    form = upload(world, "name,type\nWorld Food Programme,NGO\nNew one,NGO\n")
    form.submit()
    with world.database() as session:
        wfp, new = (find_agency(session, world.mission_id, code) for code in ("WFP", "NO"))
        assert wfp is not None
        assert new is not None
        [changed] = history(session, world.mission_id, "agency", wfp.id)
        assert changed.details["changes"] == {"kind": ["un_agency", "ngo"]}
        [added] = history(session, world.mission_id, "agency", new.id)
        assert (added.verb, added.details["new"]["name"]) == ("agency.added", "New one")
        imported = session.scalars(select(AuditEntry).where(AuditEntry.verb == "agencies.imported")).one()
        assert imported.details["figures"] == {"added": 1, "changed": 1, "left": 0, "same": 0, "refused": 0}


def test_a_preview_that_is_out_of_date_is_shown_again(world: World) -> None:
    form = upload(world, "name,type\nWorld Food Programme,NGO\n")
    with world.database() as session:
        wfp = find_agency(session, world.mission_id, "WFP")
        assert wfp is not None
        wfp.kind = "government"
    again = form.submit()
    assert again is not None
    assert "The agencies changed meanwhile" in again.text
    assert "Government → NGO" in again.text
    assert "is imported" in again.submit().text  # type: ignore[union-attr]


def test_large_previews_are_paged_and_nothing_is_cut(world: World) -> None:
    names = [f"Q{number} Trust" for number in range(150)]
    form = upload(world, "name\n" + "\n".join(names))
    seen = form.text
    while "Next" in form.buttons:
        form = pressed(form, "Next")
        seen += form.text
    assert "Page 3 of 3" in form.text
    assert all(name in seen for name in names)


@pytest.mark.parametrize(
    ("content", "called", "says"),
    [
        (b"", "empty.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50, "picture.csv", "no text file"),
        (b"PK\x03\x04 broken", "broken.xlsx", "damaged"),
        ("name,Name\nWFP,WFP\n", "twice.csv", "stands 2 times (columns A, B)"),
        ("name\n", "bare.csv", "no rows below it"),
        ("name\n" + "\n".join(f"Agency {number}" for number in range(5_001)), "long.csv", "more than 5,000 rows"),
        (b"name\n" + b"x" * 5_000_000, "huge.csv", "5 MB"),
        (b"name\n" + b"World Food Programme\n" * 1_000_000, "huge-list.csv", "5 MB"),
        (bytes(range(256)) * 40, "program.csv", "no text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old.xlsx", "old Excel file"),
        ("<!DOCTYPE html><table><tr><td>name", "page.csv", "web page"),
        ('[{"name": "WFP"}]', "data.csv", "web page or a data file"),
        ('name,type\n"WFP,NGO\nUNICEF,NGO\n', "quote.csv", "quotation mark"),
        ("name,type\nWFP,NGO\n", "text.xlsx", "no Excel workbook"),
        (as_xlsx([])[:-200], "cut.xlsx", "damaged"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    world: World, content: bytes | str, called: str, says: str
) -> None:
    answered = upload(world, content, called)
    assert set(answered.errors) == {"File"}
    assert says in answered.errors["File"]


def test_latin_1_is_told_and_read_once_it_is_chosen(world: World) -> None:
    content = "name;type\nMédecins du Monde;ONG\n".encode("latin-1")
    answered = upload(world, content)
    assert "reads “Médecins du Monde”" in answered.errors["File"]
    read = upload(world, content, encoding="Western European (Latin-1, Windows-1252)")
    assert "*MDM* Médecins du Monde (NGO · code made up)" in read.text


def test_an_export_is_two_files_that_import_without_a_change(world: World) -> None:
    upload(world, "code,name,secteur\nH/1,=Help & co,Peacebuilding\n").submit()
    admin = world.person(ADMIN)
    assert "on its way" in admin.runs("/agency export").text
    world.settle()
    files = {name: content for one in admin.messages(in_="Rapporteur") for name, content in one.files.items()}
    assert sorted(name.rsplit(".")[-1] for name in files) == ["csv", "xlsx"]
    with world.database() as session:
        (record,) = session.scalars(select(AuditEntry).where(AuditEntry.verb == "agencies.exported"))
        assert (record.actor, record.details) == (admin.id, {"count": 6})
    assert b"'=Help & co" in next(content for name, content in files.items() if name.endswith("csv"))
    for name, content in files.items():
        form = upload(world, content, name)
        assert "Added: 0 · changed: 0 · left alone: 6 · skipped as the same: 0 · refused: 0" in form.text
        assert "Columns that were not read: “State”, “Reason”, “Head of agency”" in form.text


def test_rows_of_one_organisation_are_counted_as_such(world: World) -> None:
    form = upload(world, "Organisation,Cluster\nDRC,Protection\nDRC,WASH\nNRC,Health\n")
    assert "3 rows, 2 organisations" in form.text
    assert "1 row speaks of an organisation that an earlier row named" in form.text


def test_only_admins_import(world: World) -> None:
    reply = world.person("Mission reader").runs("/agency import")
    assert "This needs one of these roles: admin" in reply.text
    with world.database() as session:
        assert session.scalar(select(func.count()).select_from(Agency)) == 5
