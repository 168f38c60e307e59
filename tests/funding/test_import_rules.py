"""One row of a published file as one flow or one requirement: what it becomes, what is odd, what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules.figures import counts
from commands.funding.rules.imports.api_pages import header_of
from commands.funding.rules.imports.context import LONGEST_KEY, FileContext, plan_key
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.flow_rows import STAGED_FLOW, FlowReader, differs
from commands.funding.rules.imports.issues import EXAMPLES_KEPT, LONGEST_VALUE, REFUSING, Issues, Kind
from commands.funding.rules.imports.owners import NOT_OURS
from commands.funding.rules.imports.questions import Questions
from commands.funding.rules.imports.requirement_rows import STAGED_REQUIREMENT, RequirementReader
from commands.funding.rules.imports.values import (
    LARGEST_DOLLARS,
    CellError,
    cents,
    day,
    half_up,
    is_currency,
    number,
    plain_number,
    year,
)
from tests.funding import samples
from tests.properties import examples

CONTEXT = FileContext(countries=("SSD", "SDN"))
HEADER = header_of(samples.FLOW_TITLES)


def read_flow(context: FileContext = CONTEXT, **columns: Any) -> tuple[dict[str, Any] | None, list[Kind]]:
    """What a flow with these columns becomes, and the issues found in it."""
    issues = Issues()
    row = samples.flow(101, 1000, **columns)
    cells = tuple(row.get(title, "") for title in samples.FLOW_TITLES)
    found = FlowReader(HEADER, context, issues).read(7, cells)
    return (None if found is None else dict(zip(STAGED_FLOW, found, strict=True))), [one.kind for one in issues.all]


def taken(**columns: Any) -> dict[str, Any]:
    """A flow that is taken, whatever is odd about it."""
    found, _issues = read_flow(**columns)
    assert found is not None
    return found


# What counts


@pytest.mark.parametrize("boundary", ["incoming", "internal", "outgoing"])
@pytest.mark.parametrize("on_boundary", ["single", "shared"])
@pytest.mark.parametrize("status", ["paid", "commitment", "pledge"])
def test_only_incoming_money_wholly_for_the_country_paid_or_committed_counts(
    boundary: str, on_boundary: str, status: str
) -> None:
    expected = boundary == "incoming" and on_boundary == "single" and status != "pledge"
    assert counts(boundary, on_boundary, status) == expected
    found = taken(boundary=boundary, onBoundary=on_boundary, status=status, srcLocations="SSD")
    assert found["is_counted"] == expected


@pytest.mark.parametrize(
    ("written", "status"),
    [("Paid Contribution", "paid"), ("COMMITTED", "commitment"), ("pledged", "pledge"), ("Paid", "paid")],
)
def test_statuses_are_known_by_their_other_names(written: str, status: str) -> None:
    assert taken(status=written)["status"] == status


# A flow


def test_a_plain_flow_is_taken_with_what_follows_from_it() -> None:
    found, issues = read_flow(amountUSD="1250.5", destGlobalClusters="Health,Nutrition")
    assert issues == []
    assert found is not None
    expected = {
        "amount_usd": 125_050,
        "row_number": 7,
        "country": "SSD",
        "year": 2035,
        "plan_key": "3501",
        "cluster": "Multiple clusters/sectors (shared)",
        "flow_date": "2035-02-01",
        "dest_usage_year_start": 2035,
        "lag_days": 10,
        "original_amount": None,
    }
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"id": ""}, Kind.NO_ID),
        ({"id": "a b"}, Kind.ODD_ID),
        ({"id": "x" * 33}, Kind.ODD_ID),
        ({"amountUSD": ""}, Kind.NO_AMOUNT),
        ({"amountUSD": "a lot"}, Kind.NO_NUMBER),
        ({"amountUSD": "=A1"}, Kind.FORMULA),
        ({"amountUSD": "12.345"}, Kind.AMBIGUOUS),
        ({"amountUSD": "1,234"}, Kind.AMBIGUOUS),
        ({"amountUSD": "1.23457E+11"}, Kind.DIGITS_LOST),
        ({"amountUSD": "4,11E+08"}, Kind.DIGITS_LOST),
        ({"amountUSD": "10000000000001"}, Kind.TOO_LARGE),
        ({"boundary": "inwards"}, Kind.ODD_BOUNDARY),
        ({"boundary": ""}, Kind.ODD_BOUNDARY),
        ({"onBoundary": ""}, Kind.ODD_ON_BOUNDARY),
        ({"status": "promised"}, Kind.ODD_STATUS),
        ({"destLocations": ""}, Kind.UNKNOWN_COUNTRY),
        ({"destLocations": "Upper Nile"}, Kind.UNKNOWN_COUNTRY),
    ],
)
def test_a_flow_that_would_have_to_be_guessed_is_refused(columns: dict[str, Any], kind: Kind) -> None:
    assert read_flow(**columns) == (None, [kind])
    assert kind in REFUSING


@pytest.mark.parametrize(
    "columns",
    [
        {"destLocations": "AFG"},
        {"destLocations": "Ethiopia"},
        {"destLocations": "Global"},
        {"boundary": "outgoing", "srcLocations": "AFG"},
    ],
)
def test_a_flow_of_others_is_neither_refused_nor_warned_about(columns: dict[str, Any]) -> None:
    odd = {"amountUSD": "-5", "status": "promised", "date": "soon", "description": "=1+1"}
    assert read_flow(**columns, **odd) == (None, [Kind.OTHER_COUNTRY])
    assert Kind.OTHER_COUNTRY not in REFUSING


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"amountUSD": "1,000,000"}, Kind.SEPARATORS),
        ({"amountUSD": "10.0051"}, Kind.ROUNDED),
        ({"amountUSD": "-5"}, Kind.NEGATIVE),
        ({"amountUSD": "0"}, Kind.ZERO),
        ({"date": "03/04/2035"}, Kind.ODD_DATE),
        ({"destUsageYearEnd": "35"}, Kind.ODD_YEAR),
        ({"destUsageYearStart": "2036"}, Kind.END_BEFORE_START),
        ({"srcUsageYearStart": "2036", "srcUsageYearEnd": "2035"}, Kind.END_BEFORE_START),
        ({"firstReportedDate": "2035-01-31"}, Kind.REPORTED_FIRST),
        ({"originalCurrency": "XXX"}, Kind.UNKNOWN_CURRENCY),
        ({"originalAmount": "about 5"}, Kind.ODD_NUMBER),
        ({"exchangeRate": "8.587"}, Kind.ODD_NUMBER),
        ({"originalCurrency": "EUR", "originalAmount": "1000", "exchangeRate": "1"}, Kind.RATE_OF_ONE),
        ({"originalCurrency": "EUR", "originalAmount": "1000", "exchangeRate": "1.03"}, Kind.RATE_DIFFERS),
        ({"description": "=1+1"}, Kind.TEXT_FORMULA),
        ({"destLocations": "SSD,AFG"}, Kind.SEVERAL_COUNTRIES),
    ],
)
def test_a_flow_that_is_only_odd_is_taken_with_a_warning(columns: dict[str, Any], kind: Kind) -> None:
    found, issues = read_flow(**columns)
    assert found is not None
    assert issues == [kind]
    assert kind not in REFUSING


@pytest.mark.parametrize(
    "columns",
    [
        {"id": "a-1_B" + "x" * 27},
        {"amountUSD": "10000000000000"},
        {"firstReportedDate": "2035-02-01"},
        {"originalCurrency": "USD", "originalAmount": "1000", "exchangeRate": "1"},
        {"originalCurrency": "EUR", "originalAmount": "1020", "exchangeRate": ""},
        {"originalCurrency": "EUR", "originalAmount": "1000", "exchangeRate": "1.02"},
        {"originalCurrency": "", "originalAmount": "9", "exchangeRate": "1"},
        {"description": "'=1+1"},
    ],
)
def test_a_flow_at_its_limits_is_taken_without_a_word(columns: dict[str, Any]) -> None:
    found, issues = read_flow(**columns)
    assert found is not None
    assert issues in ([], [Kind.TEXT_FORMULA] if "description" in columns else [])


def test_a_file_without_a_column_for_the_direction_takes_the_one_that_was_chosen() -> None:
    found, _issues = read_flow(replace(CONTEXT, direction="internal"), boundary="")
    assert found is not None
    assert (found["boundary"], found["is_counted"]) == ("internal", False)
    found, _issues = read_flow(replace(CONTEXT, direction="internal"))
    assert found is not None
    assert found["boundary"] == "incoming"


def test_money_that_goes_out_is_of_the_country_it_comes_from() -> None:
    out = {"boundary": "outgoing", "srcLocations": "SDN", "destLocations": "SSD"}
    years = {"srcUsageYearStart": "2034", "srcUsageYearEnd": "2034"}
    found = taken(**out, **years)
    assert (found["country"], found["year"]) == ("SDN", 2034)


def test_the_usage_year_is_known_only_where_first_and_last_agree() -> None:
    assert taken(destUsageYearEnd="2036")["year"] is None
    assert taken(destUsageYearEnd="")["year"] == 2035
    assert taken(destUsageYearStart="", destUsageYearEnd="2036")["year"] is None
    assert taken(destUsageYearStart="2035.0")["year"] == 2035


def test_a_plan_without_its_code_gets_the_one_on_record() -> None:
    known = replace(CONTEXT, plan_codes={"3501": "HSSD35"})
    found, _issues = read_flow(known, destPlanCode="")
    assert found is not None
    assert found["dest_plan_code"] == "HSSD35"
    assert taken(destPlanCode="OWN")["dest_plan_code"] == "OWN"


def test_the_same_flow_in_another_layout_has_the_same_fingerprint_and_a_changed_one_another() -> None:
    mark = taken()["fingerprint"]
    for same in (
        {"amountUSD": "1000,0"},
        {"amountUSD": "1,000.00"},
        {"amountUSD": "1E+03"},
        {"date": "01-Feb-2035"},
        {"status": "PAID"},
    ):
        assert taken(**same)["fingerprint"] == mark
    for other in ({"amountUSD": "1000.01"}, {"date": "2035-02-02"}, {"status": "pledge"}, {"description": "Other"}):
        assert taken(**other)["fingerprint"] != mark


def test_columns_are_found_wherever_they_stand_and_missing_cells_are_empty() -> None:
    titles = [*reversed(samples.FLOW_TITLES), "more"]
    row = samples.flow(101, 1000)
    reader = FlowReader(header_of(titles), CONTEXT, Issues())
    found = reader.read(7, tuple(row.get(title, "") for title in titles))
    assert found == tuple(taken().values())
    issues = Issues()
    short = FlowReader(header_of(titles), CONTEXT, issues).read(7, ("2035-02-13",))
    assert (short, [one.kind for one in issues.all]) == (None, [Kind.NO_ID])


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(("a",) * 36, Kind.SHORT_ROW), (("a",) * 38, Kind.LONG_ROW)],
)
def test_a_row_that_was_cut_or_shifted_is_refused(cells: tuple[str, ...], kind: Kind) -> None:
    issues = Issues()
    reader = FlowReader(HEADER, replace(CONTEXT, width=37), issues)
    assert reader.read(7, cells) is None
    assert [one.kind for one in issues.all] == [kind]


def test_empty_cells_beyond_the_header_do_not_matter() -> None:
    row = samples.flow(101, 1000)
    cells = tuple(row.get(title, "") for title in samples.FLOW_TITLES)
    assert FlowReader(HEADER, replace(CONTEXT, width=37), Issues()).read(7, (*cells, "", "")) is not None


def test_a_plan_is_told_apart_by_its_id_then_its_code_then_its_name() -> None:
    assert plan_key("1", "C", "N") == "1"
    assert plan_key("", "C", "N") == "C"
    assert plan_key("", "", "N" * 99) == "N" * LONGEST_KEY
    assert plan_key("", "", "Not Specified") == plan_key("", "", "") == ""


def test_an_amount_two_percent_off_its_rate_is_told_and_one_without_a_rate_is_not() -> None:
    assert not differs(Decimal(102), Decimal(1), 10_000)
    assert differs(Decimal("102.01"), Decimal(1), 10_000)
    assert differs(Decimal(-110), Decimal(1), -10_000)
    assert not differs(Decimal(500), Decimal(0), 10_000)
    assert not differs(Decimal(500), Decimal(1), 0)


# A requirement

PLAN_HEADER = header_of([*samples.CLUSTER_TITLES, "origRequirements", "typeName"])


def read_requirement(
    context: FileContext = CONTEXT, level: str = "plan", **columns: Any
) -> tuple[dict[str, Any] | None, list[Kind]]:
    """What a row of requirements with these columns becomes, and the issues found in it."""
    issues = Issues()
    row = samples.plan_row(**columns)
    reader = RequirementReader(PLAN_HEADER, context, issues, level=level, source="csv", as_of="2035-03-01")
    found = reader.read(3, tuple(row.get(title, "") for title in PLAN_HEADER.titles))
    kinds = [one.kind for one in issues.all]
    return (None if found is None else dict(zip(STAGED_REQUIREMENT, found, strict=True))), kinds


def test_a_plan_is_taken_with_its_figures_in_cents() -> None:
    found, issues = read_requirement(origRequirements="1900000")
    assert issues == []
    assert found is not None
    expected = {
        "country": "SSD",
        "plan_key": "3501",
        "plan_code": "HSSD35",
        "year": 2035,
        "cluster": "",
        "requirements": 200_000_000,
        "original_requirements": 190_000_000,
        "funding": 126_234_500,
        "percent": 63,
        "source": "csv",
        "as_of": "2035-03-01",
        "row_number": 3,
    }
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"countryCode": "AFG"}, Kind.OTHER_COUNTRY),
        ({"countryCode": ""}, Kind.UNKNOWN_COUNTRY),
        ({"countryCode": "SSD, AFG"}, Kind.OTHER_COUNTRY),
        ({"year": "", "startDate": ""}, Kind.NO_YEAR),
        ({"year": "MMXXXV"}, Kind.NO_YEAR),
        ({"requirements": "12.345"}, Kind.AMBIGUOUS),
        ({"requirements": "2,000"}, Kind.AMBIGUOUS),
    ],
)
def test_a_requirement_that_would_have_to_be_guessed_is_refused(columns: dict[str, Any], kind: Kind) -> None:
    assert read_requirement(**columns) == (None, [kind])


@pytest.mark.parametrize(
    ("columns", "kinds"),
    [
        ({"endDate": "2034-12-31"}, [Kind.END_BEFORE_START]),
        ({"startDate": "03/04/2035"}, [Kind.ODD_DATE]),
        ({"startDate": "soon"}, [Kind.ODD_DATE]),
        ({"percentFunded": "65"}, [Kind.PERCENT_DIFFERS]),
        ({"percentFunded": "n/a"}, [Kind.PERCENT_DIFFERS]),
        ({"requirements": "2,000,000"}, [Kind.SEPARATORS]),
        ({"percentFunded": "64"}, []),
        ({"percentFunded": "62.5 %"}, []),
        ({"percentFunded": "", "funding": "0"}, []),
        ({"requirements": "", "percentFunded": "99"}, []),
        ({"countryCode": "ssd"}, []),
        ({"countryCode": "South Sudan"}, []),
        ({"endDate": "2035-01-01"}, []),
    ],
)
def test_what_is_odd_about_a_requirement_is_told(columns: dict[str, Any], kinds: list[Kind]) -> None:
    found, issues = read_requirement(**columns)
    assert found is not None
    assert issues == kinds


def test_what_nobody_published_is_unknown_and_not_zero() -> None:
    found, _issues = read_requirement(requirements="", funding="", percentFunded="")
    assert found is not None
    assert (found["requirements"], found["funding"], found["percent"]) == (None, None, None)


def test_without_a_year_the_plan_is_of_the_year_it_starts_in() -> None:
    found, _issues = read_requirement(year="")
    assert found is not None
    assert found["year"] == 2035


def test_a_requirement_without_a_country_is_of_the_one_that_somebody_said() -> None:
    found, issues = read_requirement(replace(CONTEXT, places={"": "SDN"}), countryCode="")
    assert found is not None
    assert (found["country"], issues) == ("SDN", [])
    assert read_requirement(replace(CONTEXT, places={"": NOT_OURS}), countryCode="") == (None, [Kind.OTHER_COUNTRY])


def test_a_row_by_cluster_needs_a_name_or_a_code() -> None:
    found, _issues = read_requirement(level="cluster", clusterCode="7001", cluster="Health")
    assert found is not None
    assert (found["cluster_code"], found["cluster"]) == ("7001", "Health")
    found, _issues = read_requirement(level="cluster", clusterCode="7001", cluster="")
    assert found is not None
    assert found["cluster"] == "7001"
    assert read_requirement(level="cluster") == (None, [Kind.NO_CLUSTER])


def test_money_for_no_plan_has_no_key_and_a_plan_on_record_keeps_its_own() -> None:
    found, _issues = read_requirement(**samples.NO_PLAN)
    assert found is not None
    assert (found["plan_key"], found["plan_name"]) == ("", "")
    known = replace(CONTEXT, plan_ids={"HSSD35": "3501"})
    found, _issues = read_requirement(known, id="")
    assert found is not None
    assert (found["plan_key"], found["plan_id"]) == ("3501", "3501")
    by_code = replace(CONTEXT, code_keys=frozenset({"HSSD35"}))
    found, _issues = read_requirement(by_code)
    assert found is not None
    assert (found["plan_key"], found["plan_id"]) == ("HSSD35", "3501")


# Single cells


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2035-01-31", "2035-01-31"),
        ("2035-01-31T23:59:00Z", "2035-01-31"),
        ("31/01/2035", "2035-01-31"),
        ("1.31.2035", "2035-01-31"),
        ("05/05/2035", "2035-05-05"),
        ("31-Jan-2035", "2035-01-31"),
        ("31 January 2035", "2035-01-31"),
        ("31 janv. 2035", "2035-01-31"),
        ("31/01/2035 14:30", "2035-01-31"),
        ("03.04.2035", "2035-04-03"),
        ("03/04/2035", None),
        ("12/11/2035", None),
        ("31/02/2035", None),
        ("13/13/2035", None),
        ("20350131", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_unless_month_and_day_could_be_exchanged(text: str, iso: str | None) -> None:
    assert day(text) == iso


@pytest.mark.parametrize(
    ("text", "value"),
    [("2035", 2035), ("2035.0", 2035), ("1980", 1980), ("2100", 2100), ("1979", None), ("2101", None), ("35", None)],
)
def test_a_year_has_four_digits_and_lies_in_our_times(text: str, value: int | None) -> None:
    assert year(text) == value


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1200", "1200"),
        ("1,200.50", "1200.5"),
        ("0.910", "0.91"),
        ("007", "7"),
        ("1e3", "1000"),
        ("9,1E-05", "0.000091"),
        ("0,9", "0.9"),
        ("0.900", "0.9"),
        ("0,900", "0.9"),
        ("1234,567", "1234.567"),
        ("12,34,567", "1234567"),
    ],
)
def test_a_number_is_kept_in_its_shortest_form(text: str, plain: str) -> None:
    assert plain_number(text) == plain


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("about 5", Kind.NO_NUMBER),
        ("9" * 41, Kind.NO_NUMBER),
        ("1.5 m", Kind.NO_NUMBER),
        ("1.234", Kind.AMBIGUOUS),
        ("1,234", Kind.AMBIGUOUS),
    ],
)
def test_what_is_no_number_or_two_is_none(text: str, kind: Kind) -> None:
    with pytest.raises(CellError) as no:
        plain_number(text)
    assert no.value.kind is kind


def test_what_is_settled_about_a_column_settles_a_cell() -> None:
    assert cents("12.345", mark=",") == (1_234_500, Kind.SEPARATORS)
    assert cents("12.345", mark=".") == (1_235, Kind.ROUNDED)
    assert cents("12,345", mark=".") == (1_234_500, Kind.SEPARATORS)
    assert cents("259,00", mark=".") == (25_900, None)
    assert day("03/04/2035", "day") == "2035-04-03"
    assert day("03/04/2035", "month") == "2035-03-04"


def conventions(*cells: str, **more: Any) -> Conventions:
    """What is settled by a column that holds these cells."""
    return Conventions({"amountUSD": 0, "date": 0}, lambda: ((row, (cell,)) for row, cell in enumerate(cells)), **more)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["12.345", "259,00"], 1_234_500),
        (["12.345", "0,00", "1.000.000"], 1_234_500),
        (["12.345", "1000", "9.5"], 1_235),
    ],
)
def test_one_cell_settles_how_the_numbers_of_its_column_are_meant(cells: list[str], found: int) -> None:
    assert conventions(*cells).cents("amountUSD", "12.345")[0] == found


@pytest.mark.parametrize("cells", [["12.345", "6.789"], ["12.345", "9.5", "9,5"], []])
def test_numbers_that_no_cell_settles_or_two_contradict_are_ambiguous(cells: list[str]) -> None:
    with pytest.raises(CellError) as no:
        conventions(*cells).cents("amountUSD", "12.345")
    assert no.value.kind is Kind.AMBIGUOUS
    assert conventions(*cells, marks={"amountUSD": ","}).cents("amountUSD", "12.345")[0] == 1_234_500


def test_of_a_file_that_types_its_numbers_only_texts_have_a_say() -> None:
    assert conventions("12.5", "1,234", "0,5", typed=True).plain_number("amountUSD", "1,234") == "1.234"
    assert conventions("12.5", "1,234", typed=True).plain_number("amountUSD", "12.345") == "12.345"


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["03/04/2035", "31/01/2035"], ("2035-04-03", False)),
        (["03/04/2035", "01/31/2035"], ("2035-03-04", False)),
        (["03/04/2035", "31/01/2035", "01/31/2035"], (None, True)),
        (["03/04/2035", "2035-01-31"], (None, True)),
    ],
)
def test_one_day_settles_how_the_days_of_its_column_are_meant(cells: list[str], found: tuple[str | None, bool]) -> None:
    assert conventions(*cells).day("date", "03/04/2035") == found
    assert conventions(*cells).day("date", "soon") == (None, False)


def test_what_a_column_leaves_open_is_asked_by_its_title() -> None:
    issues = Issues()
    for row, columns in enumerate(({"amountUSD": "12.345"}, {"date": "soon"}, {"date": "03/04/2035"})):
        flow = samples.flow(row, 1000) | columns
        cells = tuple(flow.get(title, "") for title in samples.FLOW_TITLES)
        FlowReader(HEADER, CONTEXT, issues).read(row, cells)
    asked = Questions.of(Issues.from_json(issues.as_json()))
    assert (asked.places, asked.numbers, asked.days) == ({}, {"amountUSD": "12.345"}, {"date": "03/04/2035"})


def test_currencies_are_read_in_any_case() -> None:
    found, issues = read_flow(originalCurrency="eur", originalAmount="1020", exchangeRate="1,02")
    assert found is not None
    assert (found["original_currency"], found["exchange_rate"], issues) == ("EUR", "1.02", [])


def test_the_most_money_there_is_can_be_read_and_a_cent_more_cannot() -> None:
    assert cents(f"{LARGEST_DOLLARS}") == (10**15, None)
    with pytest.raises(CellError) as no:
        cents(f"{LARGEST_DOLLARS}.01")
    assert no.value.kind is Kind.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", (1200, None)),
        ("0", (0, Kind.ZERO)),
        ("0.00", (0, Kind.ZERO)),
        ("-1.5", (-150, Kind.NEGATIVE)),
        ("1.005", (101, Kind.ROUNDED)),
        ("-0.004", (0, Kind.ROUNDED)),
    ],
)
def test_an_amount_says_what_is_odd_about_it(text: str, found: tuple[int, Kind | None]) -> None:
    assert cents(text, typed=True) == found


def test_numbers_are_read_in_the_ways_of_several_countries() -> None:
    for written in ("1,234,567.5", "1.234.567,5", "1 234 567,5", "1’234’567.5", "12,34,567.5"):
        assert number(written) == (Decimal("1234567.5"), Kind.SEPARATORS)
    with pytest.raises(CellError) as no:
        number("1e9999999999999999999", typed=True)
    assert no.value.kind is Kind.NO_NUMBER


def test_currencies_are_those_of_iso() -> None:
    assert all(map(is_currency, ["USD", "SSP"]))
    assert not any(map(is_currency, ["XXX", "XTS", "usd", ""]))


@settings(max_examples=examples(60))
@given(st.integers(0, 10**9))
def test_a_half_goes_up_and_everything_else_to_the_nearest(twice: int) -> None:
    found = half_up(Decimal(twice) / 2)
    assert 2 * found == twice + twice % 2


# Issues


def test_issues_keep_all_counts_and_the_first_places() -> None:
    issues = Issues()
    for row in range(EXAMPLES_KEPT + 5):
        issues.add(Kind.ZERO, row, "amountUSD", "0" * (LONGEST_VALUE + 1))
    issues.add(Kind.NO_ID, 9)
    issues.add(Kind.NO_ID, 11)
    issues.add(Kind.TWICE, 9, count=3)
    assert [(one.kind, one.count) for one in issues.all] == [
        (Kind.NO_ID, 2),
        (Kind.ZERO, EXAMPLES_KEPT + 5),
        (Kind.TWICE, 3),
    ]
    zero = issues.warnings[0]
    assert len(zero.examples) == EXAMPLES_KEPT
    assert len(zero.examples[0].value) == LONGEST_VALUE
    assert ([one.kind for one in issues.refused], issues.refused_rows) == ([Kind.NO_ID], 2)
    assert (issues.rows_of(Kind.NO_ID), issues.rows_of(Kind.NO_YEAR)) == ({9, 11}, set())
    assert Issues.from_json(issues.as_json()).as_json() == issues.as_json()
    issues.drop(Kind.ZERO, Kind.NO_YEAR)
    assert [one.kind for one in issues.all] == [Kind.NO_ID, Kind.TWICE]
