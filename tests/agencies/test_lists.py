"""Lists of organisations: what each cell may say, rows of one organisation, and the reasons of a refusal."""

from __future__ import annotations

import pytest

from commands.agencies.rules.columns import COLUMNS
from commands.agencies.rules.editing import Draft, draft_problems
from commands.agencies.rules.entries import Entry, Reading, read_entries
from commands.agencies.rules.fields import name_problem, reason_problem, sectors_in
from commands.agencies.rules.kinds import kind_of, language_of_text
from commands.kit.refused import Refused
from commands.kit.tables import data_rows, find_header, read_grid
from storage.agencies import AgencyKind


def read(text: str) -> Reading:
    grid = read_grid("list.csv", text.encode(), field="file")
    header = find_header(grid, COLUMNS, field="file")
    return read_entries(data_rows(grid, header, most=5_000, field="file"), header)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("UN agency", AgencyKind.UN_AGENCY),
        ("NGO", AgencyKind.NGO),
        ("INGO", AgencyKind.NGO),
        ("Government", AgencyKind.GOVERNMENT),
        ("Red Cross/Red Crescent", AgencyKind.RED_CROSS_RED_CRESCENT),
        ("Red Cross / Red Crescent", AgencyKind.RED_CROSS_RED_CRESCENT),
        ("Pooled fund", AgencyKind.OTHER),
        ("Inter-governmental", AgencyKind.OTHER),
        ("Private organization/foundation", AgencyKind.OTHER),
        ("Financial institution", AgencyKind.OTHER),
        ("NGO,NGO", AgencyKind.NGO),
        ("NGO,UN agency,UN agency", AgencyKind.OTHER),
        ("ONG nationale", AgencyKind.NGO),
        ("Organización no gubernamental", AgencyKind.NGO),
        ("Composante de la mission", AgencyKind.MISSION_COMPONENT),
        ("UN agency, fund or programme", AgencyKind.UN_AGENCY),
        ("mission_component", AgencyKind.MISSION_COMPONENT),
        ("something else", None),
        ("", None),
    ],
)
def test_kinds_have_many_words(text: str, kind: AgencyKind | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "code"), [("fr", "fr"), ("Français", "fr"), ("ENGLISH", "en"), ("العربية", "ar"), ("Klingon", None)]
)
def test_languages_have_many_words(text: str, code: str | None) -> None:
    assert language_of_text(text) == code


@pytest.mark.parametrize("name", ["", " ", "🎉", ":tada: :un:", "1️⃣", "🇫🇷", "…", "24", "- / -"])
def test_a_name_without_a_letter_is_none(name: str) -> None:
    assert "needs letters" in str(name_problem(name))


@pytest.mark.parametrize("name", ["UN", "3W", "🎉 Feast relief", "جمعية", "国际", "É", "A" * 200])
def test_a_name_has_letters_of_any_script(name: str) -> None:
    assert name_problem(name) is None


def test_what_is_too_long_is_told_with_the_length_that_fits() -> None:
    assert name_problem("A" * 5000) == "This name has 5000 characters. Shorten it to 200."
    assert reason_problem("A" * 5000) == "This reason has 5000 characters. Shorten it to 500."
    assert "at most 100 characters" in draft_problems(Draft("DRC", "Danish", duty_station="A" * 101))["duty_station"]
    assert "at most 60 characters" in draft_problems(Draft("DRC", "Danish", sectors=("A" * 61,)))["sectors"]
    assert draft_problems(Draft("DRC", "Danish", kind="")) == {"kind": "Choose a kind."}


@pytest.mark.parametrize("reason", ["", "...", "🎉", ":wave:"])
def test_a_reason_says_something(reason: str) -> None:
    assert "few words why" in str(reason_problem(reason))


def test_a_cell_may_hold_several_sectors() -> None:
    assert sectors_in("WASH; Health | Salud\nPeacebuilding;") == ["HEA", "WSH", "Peacebuilding"]
    assert sectors_in("Housing, Land and Property") == ["PRO-HLP"]
    assert sectors_in("Health, WASH") == ["HEA", "WSH"]
    assert sectors_in("Rule of law, justice") == ["Rule of law, justice"]
    assert sectors_in(" ;; ") == []


def test_rows_of_one_organisation_are_gathered() -> None:
    reading = read(
        "Organisation,Cluster,Type\nWFP,Food Security,UN\nwfp,Logistics,\nDRC,Protection,NGO\nWFP,Food Security,UN\n"
    )
    assert reading.rows == 4
    assert reading.entries == [
        Entry(row=2, name="WFP", kind="un_agency", sectors=("FSC", "LOG"), rows=3),
        Entry(row=4, name="DRC", kind="ngo", sectors=("PRO",)),
    ]


def test_a_code_finds_rows_that_leave_the_name_out() -> None:
    reading = read("Code,Name,Duty station\nWFP,World Food Programme,\nwfp,,Juba\n")
    assert reading.entries == [Entry(row=2, name="World Food Programme", code="WFP", duty_station="Juba", rows=2)]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",,,,", "Nom", ""),
        ("W F,Name,,,", "Sigle", "letters (A to Z)"),
        (",🎉🎉,,,", "Nom", "needs letters"),
        (",:tada:,,,", "Nom", "needs letters"),
        (f",{'x' * 201},,,", "Nom", "201 characters"),
        (",Name,Planet,,", "Type", "“Planet” is not known"),
        (",Name,,Mars/Olympus,", "Fuseau horaire", "no time zone"),
        (",Name,,,Klingon", "Langue", "“Klingon” is not known"),
        (",,NGO,,", "Nom", "empty"),
        ("WFP,Another name,,,", "Sigle", "Row 2 uses the code WFP"),
        ("ABC,World Food Programme,,,", "Sigle", "Row 2 gives"),
    ],
)
def test_every_refusal_names_row_column_and_reason(row: str, column: str, says: str) -> None:
    reading = read(f"Sigle,Nom,Type,Fuseau horaire,Langue\nWFP,World Food Programme,ONU,Africa/Juba,fr\n{row}\n")
    if not says:
        assert reading.faults == []
        return
    [fault] = reading.faults
    assert (fault.row, fault.column) == (3, column)
    assert says in fault.reason
    assert len(reading.entries) == 1


def test_a_list_without_names_is_refused_with_what_it_has() -> None:
    with pytest.raises(Refused, match="“Year”") as caught:
        read("Year,Amount\n2026,5\n")
    assert "file" in caught.value.fields


def test_columns_that_mean_nothing_are_named() -> None:
    assert read("Name,Phone\nWFP,1\n").unused == ["Phone"]


def test_a_reading_survives_the_database() -> None:
    reading = read("Code,Name,Cluster\nWFP,World Food Programme,WASH\n,,\nB,,\n")
    assert Reading.from_json(reading.as_json()) == reading
