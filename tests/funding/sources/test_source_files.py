"""Files of other sources: what they are, what their rows say, and that importing and taking back leave what was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.recognition import open_file
from commands.funding.rules.sources.periods import Period, period_of
from commands.funding.rules.sources.reading import figure_reader
from commands.funding.rules.sources.rows import STAGED_FIGURE, percent_of
from commands.funding.rules.sources.shares import AmountsOf, amounts_of
from commands.kit.refused import Refused
from commands.kit.tables import SheetQuestion
from storage.database import Database
from storage.funding.imports import FundingImport, ImportKind
from storage.funding.source_figures import OWN, POOLED, SourceFigure, fund_totals
from storage.funding.totals import Scope, total
from tests.funding import samples
from tests.funding.importing import MISSION, run, undo
from tests.funding.sources import source_samples as made
from tests.kit.tables.books import book

Rows = list[dict[str, object]]
DAYS = ("2035-07-31", "2035-02-10")
IOM = "International Organization for Migration"


def read(folder: Path, content: bytes, name: str = "file.xlsx", sheet: str = "") -> tuple[ImportKind, Rows, Issues]:
    """The kind of a file, its rows by the names of fields, and what was odd."""
    path = folder / "file"
    path.write_bytes(content)
    opened = open_file(name, path, sheet=sheet)
    issues = Issues()
    written = Conventions(opened.header.places, opened.rows, opened.typed)
    reader = figure_reader(opened, written, issues, is_new=True)
    rows = [values for number, cells in opened.rows() if (values := reader.read(number, cells))]
    return opened.kind, [dict(zip(STAGED_FIGURE, values, strict=True)) for values in rows], issues


def picked(rows: Rows, *names: str) -> list[tuple[object, ...]]:
    return [tuple(one[name] for name in names) for one in rows]


def test_of_cerfs_workbook_a_person_says_which_sheet_is_meant(tmp_path: Path) -> None:
    with pytest.raises(SheetQuestion) as which:
        read(tmp_path, made.cerf_workbook())
    assert which.value.titles == ["02_Contributions", "03_Projects", "CERF_South Sudan"]
    kind, rows, issues = read(tmp_path, made.cerf_workbook(), sheet="03_Projects")
    assert (kind, issues.all) == ("allocations", [])
    assert picked(rows, "fund", "code", "label", "party", "country", "year", "granted", "ends", "decided_on") == [
        ("CERF", "501", "CERF-SSD-35-RR-WFP-501", "World Food Programme", "SSD", 2035, 150_000_050, *DAYS),
        ("CERF", "502", "CERF-SSD-35-RR-WHO-502", "World Health Organization", "SSD", 2035, 200_000_000, *DAYS),
        ("CERF", "503", "CERF-KEN-35-RR-WFP-503", "World Food Programme", "KEN", 2035, 90_000_000, *DAYS),
    ]


def test_contributions_to_cerf_are_of_no_country_and_unknown_is_not_zero(tmp_path: Path) -> None:
    kind, rows, _issues = read(tmp_path, made.cerf_workbook(), sheet="02_Contributions")
    assert kind == "contributions"
    assert picked(rows, "party", "country", "granted", "committed", "spent", "decided_on") == [
        ("Northland", "", 500_000_000, 500_000_000, 450_000_025, "2035-01-20"),
        ("Southland", "", 100_000_000, None, None, None),
    ]


@pytest.mark.parametrize("made_as", [made.as_json, made.as_text], ids=["json", "csv"])
def test_country_based_pooled_funds_are_the_same_as_json_and_csv(tmp_path: Path, made_as: object) -> None:
    kind, rows, issues = read(tmp_path, made_as(made.CBPF_GIVEN), "Contributions")  # type: ignore[operator]
    assert (kind, issues.all) == ("contributions", [])
    assert picked(rows, "fund", "country", "year", "granted", "spent", "decided_on") == [
        ("CBPF South Sudan", "SSD", 2035, 37_104_050, 0, "2035-01-03")
    ]
    kind, rows, issues = read(tmp_path, made_as(made.CBPF_PROJECT), "ProjectSummary")  # type: ignore[operator]
    assert (kind, issues.all) == ("allocations", [])
    assert picked(rows, "fund", "code", "party", "granted", "starts", "ends", "decided_on") == [
        ("CBPF South Sudan", "SSD-35/SA1/H/NGO/213", IOM, 153_599_356, "2035-02-01", "2035-12-31", "2035-01-30")
    ]


def test_a_plain_list_of_records_is_read_too_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    plain = json.dumps([made.CBPF_PROJECT]).encode()
    kind, rows, _issues = read(tmp_path, plain, "ProjectSummary.json")
    assert (kind, picked(rows, "granted")) == ("allocations", [(153_599_356,)])
    with pytest.raises(Refused, match="cut short or damaged after 1 rows"):
        read(tmp_path, made.as_json(made.CBPF_PROJECT, made.CBPF_PROJECT)[:-200], "ProjectSummary.json")


def projects(*rows: Iterable[object]) -> bytes:
    return book({"Projects": [made.PROJECT_TITLES, *(list(row) for row in rows)]})


def test_a_list_of_projects_has_each_organisations_share(tmp_path: Path) -> None:
    kind, rows, issues = read(tmp_path, projects(*made.PROJECTS))
    assert (kind, issues.all) == ("fund_projects", [])
    assert picked(rows, "fund", "label", "part", "granted", "committed", "spent", "share", "ends") == [
        ("peacebuilding", "PBF/SSD/A-1", "UNDP", 120_000_000, 84_000_000, 42_000_000, "60", "2035-09-30"),
        ("peacebuilding", "PBF/SSD/A-1", "UN Women", 80_000_000, 56_000_000, 30_000_000, "40", "2035-09-30"),
        ("peacebuilding", "PBF/SSD/A-2", "UNICEF", 50_000_000, 35_000_000, 35_000_000, "100", "2035-05-31"),
    ]


def test_an_amount_that_is_repeated_in_every_row_of_a_project_is_counted_once(tmp_path: Path) -> None:
    of_all = [[*row[:4], 2_000_000 if row[0] == "PBF/SSD/A-1" else row[4], *row[5:]] for row in made.PROJECTS]
    _kind, rows, _issues = read(tmp_path, projects(*of_all))
    assert picked(rows, "granted") == [(120_000_000,), (80_000_000,), (50_000_000,)]
    unclear = [[*row[:3], 50, 2_000_000, *row[5:]] for row in made.PROJECTS[:2]]
    _kind, rows, issues = read(tmp_path, projects(*unclear))
    assert (rows, issues.rows_of(Kind.WHOSE_AMOUNT)) == ([], {2, 3})


def test_what_does_not_fit_in_a_list_of_projects_is_told(tmp_path: Path) -> None:
    odd = [*made.PROJECTS[0][:3], 70, 1_200_000, 1_300_000, 1_400_000, "50 %", "2035-09-30", "2034-03-01", ""]
    _kind, _rows, issues = read(tmp_path, projects(odd, *made.PROJECTS[1:]))
    assert {one.kind for one in issues.all} == {
        Kind.ABOVE_GRANTED,
        Kind.ABOVE_COMMITTED,
        Kind.DELIVERY_DIFFERS,
        Kind.END_BEFORE_START,
        Kind.SHARES_DIFFER,
    }


def test_a_share_a_day_and_an_amount_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    share = [*made.MEDIATORS, "UNDP", "most", 1_200_000, 840_000, 420_000, "50%", "soon", "2035-09-30", ""]
    amount = [*made.RADIO_FOR_PEACE, "UNICEF", 100, "plenty", 350_000, 350_000, "100", *made.SHORT]
    nothing = ["", "", "UNICEF", 100, 500_000, 350_000, 350_000, "100", *made.SHORT]
    _kind, rows, issues = read(tmp_path, projects(share, amount, nothing))
    assert issues.rows_of(Kind.NO_SHARE) == {2}
    assert issues.rows_of(Kind.ODD_DATE) == {2}
    assert issues.rows_of(Kind.NO_NAME) == {4}
    assert [one["code"] for one in rows] == ["PBF/SSD/A-1"]


def test_a_budget_has_lines_by_period_and_outstanding_obligations_come_on_top_of_what_is_spent(tmp_path: Path) -> None:
    kind, rows, issues = read(tmp_path, made.budget(*made.FIRST_PERIOD, *made.SECOND_PERIOD))
    assert (kind, issues.all) == ("mission_budget", [])
    assert picked(rows, "fund", "title", "period", "starts", "ends", "granted", "committed", "spent")[1:3] == [
        ("quick_impact", "Market bridge", "2033/34", "2033-07-01", "2034-06-30", 5_000_000, 3_500_000, 3_000_000),
        ("programmatic", "Mobile courts", "2034/35", "2034-07-01", "2035-06-30", 40_000_000, 25_000_000, 10_000_000),
    ]
    titles = ["Ligne budgétaire", "Exercice", "Dotation", "Engagements non réglés", "Dépenses"]
    _kind, rows, issues = read(
        tmp_path, book({"B": [titles, ["Radio", 2035, 1000, 200, 300], ["Puits", "soon", 1, 1, 1]]})
    )
    assert picked(rows, "period", "committed", "spent") == [("2035", 50_000, 30_000)]
    assert issues.rows_of(Kind.NO_PERIOD) == {3}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2034/35", Period("2034/35", date(2034, 7, 1), date(2035, 6, 30))),
        ("FY 2034-2035", Period("2034/35", date(2034, 7, 1), date(2035, 6, 30))),
        ("1 July 2034 – 30 June 2035", Period("2034/35", date(2034, 7, 1), date(2035, 6, 30))),
        ("2035", Period("2035", date(2035, 1, 1), date(2035, 12, 31))),
        ("1 January to 31 March 2035", Period("2035-01-01 – 2035-03-31", date(2035, 1, 1), date(2035, 3, 31))),
        ("2034/36", None),
        ("03/04/2035", None),
        ("next", None),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, period: Period | None) -> None:
    assert period_of(text) == period


def test_percentages_and_what_columns_of_amounts_are_of() -> None:
    assert [percent_of(one) for one in ("60", "60,5 %", "", "all", "-3")] == [
        Decimal(60),
        Decimal("60.5"),
        None,
        None,
        None,
    ]
    half = Decimal(50)
    assert amounts_of([("a", (5, half)), ("a", (5, half))]) == AmountsOf(unclear=frozenset("a"))
    unequal = [("b", (6, Decimal(60))), ("b", (4, Decimal(40)))]
    assert amounts_of([("a", (5, half)), ("a", (5, half)), *unequal]) == AmountsOf()
    repeated = [("b", (9, Decimal(60))), ("b", (9, Decimal(40)))]
    assert amounts_of([("a", (5, half)), ("a", (5, half)), *repeated]) == AmountsOf(is_repeated=True)


# In the database


def rows_now(database: Database) -> set[tuple[object, ...]]:
    one = SourceFigure
    columns = (one.kind, one.fund, one.code, one.part, one.period, one.granted, one.committed, one.spent)
    with database.reading() as session:
        query = select(*columns, one.is_withdrawn).where(one.mission_id == MISSION, one.is_current)
        return {tuple(row) for row in session.execute(query)}


def sums(database: Database, *kinds: str, countries: list[str] | None = None) -> list[tuple[object, ...]]:
    with database.reading() as session:
        found = fund_totals(session, MISSION, kinds, countries=countries)
        return [(one.fund, one.year, one.rows, one.granted, one.committed, one.spent) for one in found]


def test_a_pooled_fund_stands_beside_fts_and_changes_nothing_of_it(database: Database) -> None:
    run(database, samples.flows_csv(samples.FLOWS), name="flows.csv")
    run(database, made.cerf_projects(), name="cerf.xlsx")
    kept = run(database, made.cerf_workbook(), name="cerf.xlsx", sheet="02_Contributions")
    assert (kept.kind, kept.as_of, kept.counts["new"]) == ("contributions", date(2035, 1, 20), 2)
    assert sums(database, "allocations") == [("CERF", 2035, 3, Decimal("4400000.50"), None, None)]
    assert sums(database, "allocations", countries=["SSD"]) == [("CERF", 2035, 2, Decimal("3500000.50"), None, None)]
    assert sums(database, "contributions") == [
        ("CERF", 2035, 2, Decimal(6_000_000), Decimal(5_000_000), Decimal("4500000.25"))
    ]
    with database.reading() as session:
        assert total(session, MISSION, Scope("SSD", 2035)).funding == 1_352_345


def test_a_newer_file_replaces_withdraws_what_is_gone_and_is_taken_back_whatever_came_of_other_kinds(
    database: Database,
) -> None:
    run(database, made.cerf_projects(), name="cerf.xlsx")
    before = rows_now(database)
    newer = [made.cerf_project(501, 1_750_000), *made.CERF_PROJECTS[2:]]
    kept = run(database, made.cerf_projects(newer), name="cerf.xlsx", withdraw=True)
    assert {name: kept.counts[name] for name in ("new", "changed", "unchanged", "withdrawn")} == {
        "new": 0,
        "changed": 1,
        "unchanged": 1,
        "withdrawn": 1,
    }
    assert sums(database, *POOLED) == [("CERF", 2035, 2, Decimal(2_650_000), None, None)]
    run(database, made.budget(*made.FIRST_PERIOD), name="budget.xlsx")
    undo(database, kept.id)
    assert {one for one in rows_now(database) if one[0] == "allocations"} == before
    assert [one[0] for one in sums(database, *OWN)] == ["programmatic", "quick_impact"]


amounts = st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=amounts, second=amounts, withdraw=st.booleans())
def test_import_withdraw_and_undo_leave_what_was(
    sqlite_database: Database, first: list[int], second: list[int], withdraw: bool
) -> None:
    one, other = (
        [[f"Line {number}", "2034/35", number * 1000 * (place + 1), number] for number in numbers]
        for place, numbers in enumerate((first, second))
    )
    titles = ["Budget line", "Budget period", "Allotment", "Obligations"]
    files = [
        samples.as_csv(titles, [dict(zip(titles, map(str, row), strict=True)) for row in rows]) for rows in (one, other)
    ]
    base = run(sqlite_database, files[0], name="budget.csv")
    before = rows_now(sqlite_database)
    kept = run(sqlite_database, files[1], name="budget.csv", withdraw=withdraw)
    gone = {f"Line {number}" for number in set(first) - set(second)} if withdraw else set()
    assert {row[2] for row in rows_now(sqlite_database) if row[-1]} == gone
    undo(sqlite_database, kept.id)
    assert rows_now(sqlite_database) == before
    undo(sqlite_database, base.id)
    assert rows_now(sqlite_database) == set()
    with sqlite_database.reading() as session:
        assert session.get_one(FundingImport, kept.id).state == "undone"
