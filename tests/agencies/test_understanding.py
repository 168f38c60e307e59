"""Lists as people really have them: sheets, headers and kinds that are not ours, asked about once and remembered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.driver import Form
from commands.agencies.rules.kinds import kind_of, near_kind
from commands.agencies.rules.understanding import Looked, Seen, Understood, look
from commands.kit.tables import title_key
from storage.agencies import AgencyKind, all_agencies
from storage.agency_imports import AgencyImport
from tests.agencies.test_import_stories import upload
from tests.kit.tables.books import book
from tests.world import World

ODD = ["Goverment", "Red Cross Movement", "Donors", "National NGOs", "I-NGO", "UN Agency/Fund"]


def looked(text: str, understood: Understood | None = None) -> Looked:
    return look("list.csv", text.encode(), understood or Understood())


def kinds(world: World) -> dict[str, str]:
    with world.database() as session:
        return {one.code: one.kind for one in all_agencies(session, world.mission_id)}


def file_kept(world: World) -> list[bool]:
    with world.database() as session:
        return [one.file is not None for one in session.query(AgencyImport).order_by(AgencyImport.id)]


def test_headers_of_published_lists_are_known() -> None:
    for titles in ("org_acronym,org_name", "Acronym,Org name", "org_code,org", "Partner acronym,ORG  NAME"):
        reading = looked(f"{titles}\nWFP,World Food Programme\n").reading
        assert reading is not None
        assert [(one.code, one.name) for one in reading.entries] == [("WFP", "World Food Programme")]
    both = looked("org,org_name\nWFP,World Food Programme\n").reading
    assert both is not None
    assert both.entries[0].name == "World Food Programme"


def test_words_for_kinds_that_are_nearly_ours_are_proposed_and_never_taken_by_themselves() -> None:
    assert [near_kind(word) for word in ODD] == [
        AgencyKind.GOVERNMENT,
        AgencyKind.RED_CROSS_RED_CRESCENT,
        AgencyKind.OTHER,
        AgencyKind.NGO,
        AgencyKind.NGO,
        AgencyKind.UN_AGENCY,
    ]
    assert [kind_of(word) for word in ODD] == [None] * len(ODD)
    assert near_kind("Planet") is None
    assert near_kind("Wholesale") is None


def test_each_word_for_a_kind_is_asked_once_and_not_row_by_row() -> None:
    text = "name,type\n" + "".join(f"Org {n},{ODD[n % 6]}\n" for n in range(100)) + "Known,NGO\n"
    first = looked(text)
    assert first.reading is None
    assert first.seen.kinds[:2] == (("Goverment", 17), ("Red Cross Movement", 17))
    said = Understood(kinds={"goverment": "government"})
    assert len(looked(text, said).seen.unsaid_kinds(said)) == 5
    everything = Understood(
        kinds=dict.fromkeys(("goverment", "red cross movement", "donors"), "ngo")
        | {"national ngos": "", "i ngo": "ngo", "un agency fund": "un_agency"}
    )
    reading = looked(text, everything).reading
    assert reading is not None
    assert (len(reading.entries), reading.faults) == (101, [])
    assert {one.kind for one in reading.entries if one.name in {"Org 3", "Org 5"}} == {"", "un_agency"}


def test_a_column_of_anything_is_refused_row_by_row_and_not_asked_word_by_word() -> None:
    reading = looked("name,type\n" + "".join(f"Org {n},What {n} does\n" for n in range(81))).reading
    assert reading is not None
    assert len(reading.faults) == 81


@given(
    st.dictionaries(st.text(min_size=1, max_size=20), st.sampled_from(["name", "code", "kind"]), max_size=4),
    st.dictionaries(st.sampled_from(["name", "code", "kind"]), st.text(max_size=20).map(title_key), max_size=3),
)
def test_a_field_has_one_header_after_it_was_chosen(before: dict[str, str], chosen: dict[str, str]) -> None:
    after = Understood(columns={title_key(title): name for title, name in before.items()}).with_columns(chosen)
    for name, title in chosen.items():
        assert [key for key, field in after.columns.items() if field == name] in ([title], [])
        assert (name in after.unread) == (not title)
    assert Understood.from_json(after.as_json()) == after


def test_what_was_seen_is_kept_whole() -> None:
    seen = looked("Sigla,Entidad\nPMA,Programa\n").seen
    assert seen.titles == (("Sigla", "PMA"), ("Entidad", "Programa"))
    assert Seen.from_json(seen.as_json()) == seen


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
