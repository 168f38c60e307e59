"""FTS's own website: what a person downloads there is read as the flows it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from commands.funding.rules.countries import countries_of
from commands.funding.rules.imports.context import FileContext
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.currencies import currency_code
from commands.funding.rules.imports.flow_rows import STAGED_FLOW, FlowReader
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.recognition import RecognisedFile, open_file
from commands.funding.rules.imports.website import codes_of, day_text, direction_of
from commands.kit.refused import Refused
from storage.database import Database
from storage.funding.totals import Scope, plan_lines
from tests.funding import samples
from tests.funding.importing import MISSION, run
from tests.funding.sources.website_samples import ROWS, row, text_file, workbook


def opened(folder: Path, content: bytes, name: str = "export.xlsx") -> RecognisedFile:
    path = folder / "file"
    path.write_bytes(content)
    return open_file(name, path)


def read(found: RecognisedFile, direction: str = "") -> tuple[list[dict[str, object]], Issues]:
    issues = Issues()
    written = Conventions(found.header.places, found.rows, found.typed)
    context = FileContext(("SSD",), direction=direction, written=written, width=found.width)
    reader = FlowReader(found.header, context, issues)
    rows = [values for number, cells in found.rows() if (values := reader.read(number, cells))]
    return [dict(zip(STAGED_FLOW, values, strict=True)) for values in rows], issues


def test_the_workbook_says_its_direction_its_day_and_what_was_searched_for(tmp_path: Path) -> None:
    found = opened(tmp_path, workbook())
    assert (found.kind, found.layout, found.sheet) == ("flows", "website", "Results - Incoming")
    assert found.as_of == date(2035, 3, 4)
    assert found.search == "Years: 2035; Filtered by: Destination Location: South Sudan"
    assert dict(found.sample.boundaries) == {"incoming": 4}
    assert countries_of(found, [], [], "", []) == ["SSD"]


def test_rows_are_flows_with_codes_and_days_and_what_is_shared_counts_nowhere(tmp_path: Path) -> None:
    flows, issues = read(opened(tmp_path, workbook()))
    assert [(one["fts_id"], one["amount_usd"], one["status"], one["is_counted"]) for one in flows] == [
        ("301", 100_000_000, "paid", True),
        ("302", 46_000_000, "commitment", True),
        ("303", 7_500_000, "pledge", False),
        ("304", 6_000_000, "paid", False),
    ]
    first, second, _pledge, shared = flows
    assert (first["flow_date"], first["decision_date"], first["updated_on"]) == (
        "2035-02-05",
        "2035-02-03",
        "2035-03-01",
    )
    assert (first["country"], first["year"], first["cluster"]) == ("SSD", 2035, "Food Security")
    assert (first["original_amount"], first["exchange_rate"]) == (None, None)
    assert (second["original_currency"], second["original_amount"], second["exchange_rate"]) == ("EUR", "414000", "0.9")
    assert (shared["on_boundary"], shared["dest_locations"]) == ("shared", "SDN,SSD")
    assert not issues.all


def test_money_for_several_countries_is_shared_even_where_the_search_was_for_a_sector(tmp_path: Path) -> None:
    together = [row(305, 500, destination_location="Congo, The Democratic Republic of the; South Sudan")]
    flows, issues = read(opened(tmp_path, workbook(together)))
    assert (flows[0]["on_boundary"], flows[0]["is_counted"]) == ("shared", False)
    assert issues.rows_of(Kind.SEVERAL_COUNTRIES) == {2}


def test_the_text_file_asks_for_the_direction_and_names_its_columns(tmp_path: Path) -> None:
    found = opened(tmp_path, text_file([*ROWS, row(306, "12.345")]), "export.csv")
    with pytest.raises(Refused, match="Choose it"):
        countries_of(found, ["SSD"], [], "", [])
    assert countries_of(found, ["SSD"], [], "incoming", []) == ["SSD"]
    flows, issues = read(found, "incoming")
    assert sum(one["amount_usd"] for one in flows if one["is_counted"]) == 146_000_000  # type: ignore[misc]
    assert [(one.kind, one.examples[0].column) for one in issues.refused] == [(Kind.AMBIGUOUS, "Amount (USD)")]


def test_a_text_file_that_is_cut_off_is_not_read_to_its_end(tmp_path: Path) -> None:
    _flows, issues = read(opened(tmp_path, text_file()[:-60], "export.csv"), "incoming")
    assert issues.rows_of(Kind.SHORT_ROW) == {5}


@pytest.mark.parametrize(
    ("sheet", "direction"),
    [("Results - Incoming", "incoming"), ("Results – Outgoing", "outgoing"), ("Sheet1", ""), ("INTERNAL", "internal")],
)
def test_the_title_of_a_sheet_names_the_direction(sheet: str, direction: str) -> None:
    assert direction_of(sheet) == direction


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("European Euro", "EUR"),
        ("Emirati Dirham", "AED"),
        ("swedish krona", "SEK"),
        ("sar", "SAR"),
        ("US Dollar", "USD"),
        ("Shells", "Shells"),
        ("", ""),
    ],
)
def test_currencies_are_known_by_their_names(name: str, code: str) -> None:
    assert currency_code(name) == code


def test_days_have_the_day_first_and_places_may_hold_a_comma() -> None:
    assert [day_text(one) for one in ("03/04/2035", "2035-04-03", "31/02/2035", "28/01/2021 07:13")] == [
        "2035-04-03",
        "2035-04-03",
        "31/02/2035",
        "2021-01-28",
    ]
    assert codes_of("Congo, The Democratic Republic of the, Chad; Chad") == "COD,TCD"
    assert [codes_of(one) for one in ("Chad, Atlantis", "")] == ["Chad, Atlantis", ""]


def _by_plan(database: Database) -> dict[str, Decimal]:
    with database.reading() as session:
        return {one.plan_key: one.flows.funding for one in plan_lines(session, MISSION, Scope("SSD"))}


def test_the_website_and_the_list_of_plans_agree_in_either_order(database: Database) -> None:
    plans = samples.as_csv(samples.PLAN_TITLES, [samples.plan_row()])
    kept = run(database, workbook(), name="export.xlsx")
    assert kept.trouble == ""
    assert _by_plan(database) == {"Needs and response plan, 2035": Decimal(1_460_000)}
    run(database, plans)
    assert _by_plan(database) == {"3501": Decimal(1_460_000)}
    run(database, workbook([*ROWS, row(307, 40_000)]), name="export.xlsx")
    assert _by_plan(database) == {"3501": Decimal(1_500_000)}
