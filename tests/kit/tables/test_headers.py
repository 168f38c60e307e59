"""Finding the header: order, case, accents, synonyms, HXL tags."""

from __future__ import annotations

import csv
import io

import pytest

from commands.kit.refused import Refused
from commands.kit.tables import Column, Grid, data_rows, find_header, read_grid
from commands.kit.tables.headers import column_letter, is_tag_row
from commands.kit.words import speaking
from storage.letters import folded

COLUMNS = (
    Column("name", ("organisation", "organization", "nom", "organización"), ("#org+name", "#org"), required=True),
    Column("code", ("acronym", "sigle"), ("#org+acronym", "#org+code")),
    Column("sectors", ("cluster", "secteur"), ("#sector+cluster", "#sector")),
)


def grid(*rows: list[str]) -> Grid:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return read_grid("a.csv", text.getvalue().encode(), field="file")


def places(*rows: list[str]) -> dict[str, int]:
    return find_header(grid(*rows), COLUMNS, field="file").places


def refusal(*rows: list[str]) -> str:
    with pytest.raises(Refused) as caught:
        find_header(grid(*rows), COLUMNS, field="file")
    assert caught.value.fields.keys() == {"file"}
    return caught.value.text


def test_order_case_accents_and_synonyms_do_not_matter() -> None:
    assert places(["CLUSTER", "sigle", "Organizacion"]) == {"name": 2, "code": 1, "sectors": 0}


def test_headings_above_the_header_are_passed_over() -> None:
    header = find_header(
        grid(["Agencies of the mission", ""], ["as of March", ""], ["Nom", "Sigle"]), COLUMNS, field="f"
    )
    assert (header.row, header.places) == (3, {"name": 0, "code": 1})


def test_words_come_first_and_tags_fill_the_gaps() -> None:
    found = places(
        ["", "Qué?", "", "¿Quién?"],
        ["Registro", "Sector/Cluster", "Subsector", "Organización"],
        ["", "#sector+es", "#subsector+es", "#org+es"],
        ["1", "WASH", "Higiene", "ACNUR"],
    )
    assert found == {"name": 3, "sectors": 1}


def test_a_tag_with_the_right_attributes_wins_over_a_plain_one() -> None:
    tags = ["#org", "#org +acronym", "#ORG+Name+es", "#sector"]
    assert places(["a", "b", "c", "d"], tags, ["x", "y", "z", "w"]) == {"name": 2, "code": 1, "sectors": 3}


def test_tags_alone_are_a_header() -> None:
    table = grid(["#org+name", "#org+code"], ["World Food Programme", "WFP"])
    header = find_header(table, COLUMNS, field="file")
    assert [dict(row.cells) for row in data_rows(table, header, most=5, field="file")] == [
        {"name": "World Food Programme", "code": "WFP"}
    ]


def test_one_mistyped_tag_leaves_a_row_of_tags() -> None:
    titles = ["Agencia", "Tipo", "Alcanzados", "Notas"]
    for tags in (
        ["#org+name", "#org+type", "#reached+2020", ""],
        ["#org+name", "#ORG +Type", "reached", "see below"],
        ["#org+name", "# org+type", "#reached", ""],
        ["\u200b#org+name\u00ad", "#org+type", "", ""],
    ):
        table = grid(titles, tags, ["PMA", "ONU", "5", ""])
        header = find_header(table, COLUMNS, field="file")
        assert (header.tag_row, header.places["name"]) == (2, 0)


def test_a_row_with_fewer_tags_than_other_words_is_data() -> None:
    assert not is_tag_row(["#org", "World Food Programme", "WFP"])
    assert not is_tag_row(["", ""])


def test_letters_that_nobody_sees_change_no_header_and_no_code() -> None:
    for unseen in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff":
        table = grid([f"Na{unseen}me", f"{unseen}Code"], [f"World{unseen} Food\u00a0Programme{unseen}", f"W{unseen}FP"])
        header = find_header(table, COLUMNS, field="file")
        rows = [dict(row.cells) for row in data_rows(table, header, most=5, field="file")]
        assert rows == [{"name": "World Food Programme", "code": "WFP"}]


def test_a_tag_row_after_row_25_is_data() -> None:
    rows = [["Organisation"], *[[f"Agency {number}"] for number in range(2, 27)], ["#org"]]
    assert find_header(grid(*rows), COLUMNS, field="file").tag_row is None


def test_a_header_that_stands_twice_is_refused_with_its_columns() -> None:
    assert "“organisation” stands 2 times (columns A, C)" in refusal(
        ["organisation", "code", "Organisation"], ["a", "b", "c"]
    )


def test_a_header_without_meaning_may_stand_twice() -> None:
    assert places(["name", "M", "F", "M", "F"]) == {"name": 0}


def test_a_missing_column_is_named_with_what_the_file_has() -> None:
    text = refusal(["Title", "Year"], ["x", "2026"])
    assert "“name”" in text
    assert "organisation" in text
    assert "“Title”, “Year”" in text


def test_what_is_not_used_is_told() -> None:
    header = find_header(grid(["Name", "Phone"], ["x", "1"]), COLUMNS, field="file")
    assert header.unused == ["Phone"]
    assert header.title("name") == "Name"


def test_rows_have_numbers_and_guarded_cells_come_back() -> None:
    table = grid(["Name", "Code"], ["'=SUM(A1)", "X1"], [], ["Short"])
    header = find_header(table, COLUMNS, field="file")
    rows = list(data_rows(table, header, most=2, field="file"))
    assert [(row.number, row.get("name"), row.get("code")) for row in rows] == [(2, "=SUM(A1)", "X1"), (4, "Short", "")]


def test_one_row_too_many_refuses_the_file() -> None:
    table = grid(["Name"], ["a"], ["b"], ["c"])
    header = find_header(table, COLUMNS, field="file")
    with pytest.raises(Refused, match="more than 2 rows"):
        list(data_rows(table, header, most=2, field="file"))


def test_words_are_compared_without_case_accents_and_punctuation() -> None:
    assert folded("  Médecins-du_Monde (l'ONG) & Cie. ") == "medecins du monde long and cie"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_reader_gets_numbers_and_quotation_marks_of_their_language() -> None:
    many = grid(["name"], *([f"Agency {number}"] for number in range(1_001)))
    header = find_header(many, COLUMNS, field="file")
    with pytest.raises(Refused, match="more than 1,000 rows"):
        list(data_rows(many, header, most=1_000, field="file"))
    with speaking("fr"):
        with pytest.raises(Refused, match=r"plus de 1\s000 lignes"):
            list(data_rows(many, header, most=1_000, field="file"))
        assert "« Année »" in refusal(["Année", "Montant"]).replace("\xa0", " ")


def test_examples_say_how_a_column_that_is_missing_may_be_called() -> None:
    wanted = (Column("name", ("organisation",), required=True, examples=("Organisation", "Nom")),)
    with pytest.raises(Refused, match=r"Call it one of: Organisation, Nom\. Row 1 of the file has: “Year”\."):
        find_header(grid(["Year"]), wanted, field="file")
