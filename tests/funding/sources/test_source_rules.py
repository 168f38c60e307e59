"""Plans that pooled funds gave for, budget periods, pace, and files of FTS about parts of plans."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commands.funding.handlers.sources.reading import beside_plan, pace_of
from commands.funding.rules.imports.recognition import open_file
from commands.funding.rules.sources.allocations import NO_PLAN, KnownPlan, allocations, codes_in
from commands.funding.rules.sources.budgets import left_of, periods_of, share_of
from commands.funding.rules.sources.pace import Reported, a_year_before
from commands.funding.rules.sources.shares import own_amount
from commands.kit.work import Work
from storage.database import Database
from storage.funding.model import Level, settings_to_change
from storage.funding.source_figures import FigureKind, SourceFigure
from storage.funding.totals import Scope, plan_lines, requirements, total
from storage.missions import get_mission
from tests.funding import samples
from tests.funding.importing import MISSION, NOW, run
from tests.funding.sources import source_samples as made
from tests.funding.sources.view_samples import line

PLANS = [
    KnownPlan("SSD:2035:1", "HSSD35", "SSD", 2035, asks=True),
    KnownPlan("SSD:2035:2", "OSSD35", "SSD", 2035, asks=False),
    KnownPlan("KEN:2035:3", "HKEN35", "KEN", 2035, asks=True),
    KnownPlan("KEN:2035:4", "FKEN35", "KEN", 2035, asks=True),
]


def project(label: str, amount: int, country: str = "SSD", plan_code: str = "") -> SourceFigure:
    values = {"label": label, "party": "WFP", "plan_code": plan_code, "country": country, "year": 2035}
    return SourceFigure(kind=FigureKind.POOLED_PROJECTS, fund="CERF", granted=Decimal(amount), **values)


def test_a_project_is_its_plans_by_code_by_a_flow_or_as_the_only_one_that_asks() -> None:
    found = allocations(
        [
            project("35-RR-WFP-001", 1),
            project("35-RR-WFP-002", 20, plan_code="OSSD35"),
            project("35-RR-WFP-003", 300, "KEN"),
            project("35-RR-WFP-004", 4_000, "KEN"),
        ],
        PLANS,
        {"35-RR-WFP-003": "KEN:2035:4"},
    )
    assert [(one.plan, one.amount, one.is_taken) for one in found] == [
        (NO_PLAN, Decimal(4_000), False),
        ("KEN:2035:4", Decimal(300), False),
        ("SSD:2035:2", Decimal(20), False),
        ("SSD:2035:1", Decimal(1), True),
    ]
    assert codes_in("Food for 20,000 people (35-RR-WFP-003), by WFP") == {"20,000", "35-RR-WFP-003"}


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["SSD", "KEN", "ETH"]))))
def test_allocations_add_up_to_what_was_approved(given_to: list[tuple[int, str]]) -> None:
    projects = [project(f"35-RR-{n}", amount, country) for n, (amount, country) in enumerate(given_to)]
    found = allocations(projects, PLANS, {})
    assert sum(one.amount for one in found) == sum(amount for amount, _country in given_to)
    assert sum(one.projects for one in found) == len(projects)


def test_what_one_line_has_too_much_of_is_not_left_of_another() -> None:
    over = line("Over", "100", "150", "0")
    periods = periods_of([over, line("Under", "100", "40", "0"), line("Past", "5", "5", "5", ends=date(2034, 6, 30))])
    assert [(one.ends, one.left, one.allotted, one.obligated) for one in periods] == [
        (date(2035, 6, 30), Decimal(60), Decimal(200), Decimal(190)),
        (date(2034, 6, 30), Decimal(0), Decimal(5), Decimal(5)),
    ]
    assert [one.title for one in periods[0].lines] == ["Under", "Over"]
    assert (left_of(over), periods[0].is_over(date(2035, 6, 30)), periods[0].is_over(date(2035, 7, 1))) == (
        0,
        False,
        True,
    )
    assert (share_of(None, Decimal(1)), share_of(Decimal(1), Decimal(0)), share_of(Decimal(1), Decimal(8))) == (
        None,
        None,
        13,
    )


@given(st.integers(0, 10**13), st.integers(0, 100))
def test_shares_of_an_amount_add_up_to_it_to_the_cent(amount: int, share: int) -> None:
    parts = own_amount(amount, Decimal(share)) + own_amount(amount, Decimal(100 - share))
    assert parts in {amount, amount + 1}


def test_the_same_day_a_year_before() -> None:
    assert [a_year_before(one) for one in (date(2036, 2, 29), date(2035, 3, 5))] == [
        date(2035, 2, 28),
        date(2034, 3, 5),
    ]
    assert Reported(2035, date(2035, 3, 5), Decimal(1), Decimal(0), None).coverage is None


COVID_TITLES = [*samples.PLAN_TITLES[:11], "covidFunding", "covidPercentageOfFunding"]
EMERGENCY_TITLES = ["emergency_id", "id", "name", "code", "startDate", "endDate", "year", "requirements", "funding"]
EMERGENCY = [
    {"emergency_id": "911", "id": "952", "name": "Global plan", "code": "HCOVD20", "year": "2035"}
    | {"requirements": "2012000000", "funding": "605791042"},
    {"emergency_id": "911", "name": "Not specified", "year": "2035", "funding": "-67357547"},
]


def test_files_about_covid_and_emergencies_are_known_as_such(tmp_path: Path) -> None:
    def kind(content: bytes, name: str = "file.csv") -> str:
        (tmp_path / "file").write_bytes(content)
        return open_file(name, tmp_path / "file").kind

    plan = samples.plan_row()
    assert kind(samples.as_csv(COVID_TITLES, [{**plan, "covidFunding": "5"}])) == "covid"
    assert kind(samples.as_csv(samples.PLAN_TITLES, [plan]), "fts_requirements_funding_covid_ssd.csv") == "covid"
    assert kind(samples.as_csv(samples.PLAN_TITLES, [plan])) == "plan"
    assert kind(samples.as_csv(EMERGENCY_TITLES, EMERGENCY)) == "emergency"


def test_parts_of_plans_and_emergencies_change_no_plan_and_no_country(sqlite_database: Database) -> None:
    database = sqlite_database
    plan = samples.plan_row(requirements="2000000", funding="1250000")
    run(database, samples.as_csv(samples.PLAN_TITLES, [plan]), name="plans.csv")
    before = _plans(database)
    covid = samples.as_csv(COVID_TITLES, [{**plan, "covidFunding": "250000"}])
    assert run(database, covid, name="covid.csv").counts["new"] == 1
    kept = run(database, samples.as_csv(EMERGENCY_TITLES, EMERGENCY), name="emergency.csv")
    assert (kept.kind, kept.counts["new"], kept.counts["missing"]) == ("emergency", 2, 0)
    assert _plans(database) == before
    run(database, made.cerf_projects(), name="cerf.xlsx")
    with database.transaction() as session:
        settings_to_change(session, MISSION).countries = ["SSD"]
        found = beside_plan(Work(session, get_mission(session, MISSION), NOW), "SSD:2035:3501")
    assert found[0] == "Of the funding, US$250,000 is for COVID-19."
    assert found[1].startswith("Allocated by pooled funds: US$3,500,000.50 (CERF US$3,500,000.50). It stands in FTS as")
    assert found[1].endswith("Not all of it names this plan: it is the only one of its year that asks for money.")


def _plans(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        lines = plan_lines(session, MISSION)
        assert total(session, MISSION).funding == 0
        assert len(requirements(session, MISSION, Level.PLAN)) == 1
        return [(one.country, one.plan_key, one.requirement, one.funding) for one in lines]


def test_a_plan_keeps_what_it_asked_first_and_what_goes_first(sqlite_database: Database) -> None:
    titles = [*samples.PLAN_TITLES, "origRequirements", "prioritizedRequirements"]
    row = samples.plan_row(origRequirements="1800000", prioritizedRequirements="900000", requirements="2000000")
    run(sqlite_database, samples.as_csv(titles, [row]), name="plans.csv")
    with sqlite_database.reading() as session:
        kept = requirements(session, MISSION, Level.PLAN, Scope("SSD"))[0]
        assert (kept.original_requirements, kept.requirements) == (1_800_000, 2_000_000)
        assert kept.prioritised_requirements == 900_000


def test_the_list_of_plans_of_the_api_is_read_as_requirements(sqlite_database: Database) -> None:
    plan = {
        "id": 3501,
        "name": "Needs and response plan, 2035",
        "code": "HSSD35",
        "startDate": "2035-01-01",
        "endDate": "2035-12-31",
        "countries": [{"iso3": "SSD"}],
        "planType": {"name": "Humanitarian response plan"},
        "usageYears": [{"year": "2035"}],
        "requirements": {"origRequirements": 1800000, "revisedRequirements": 2000000},
        "funding": {"totalFunding": 145000, "progress": 7.25},
    }
    regional = {**plan, "id": 3502, "code": "RREG35", "countries": [{"iso3": "SSD"}, {"iso3": "UGA"}]}
    content = json.dumps({"data": {"plans": [plan, regional]}}).encode()
    kept = run(sqlite_database, content, name="plans.json")
    assert (kept.kind, kept.counts["new"], kept.counts["others"]) == ("plan", 1, 1)
    with sqlite_database.reading() as session:
        found = requirements(session, MISSION, Level.PLAN, Scope("SSD", 2035))[0]
        assert (found.plan_id, found.original_requirements, found.requirements, found.funding, found.percent) == (
            "3501",
            1_800_000,
            2_000_000,
            145_000,
            7,
        )


def test_pace_is_what_was_reported_by_the_same_day_of_both_years(sqlite_database: Database) -> None:
    def flow(number: int, amount: int, year: int, reported: str, **more: str) -> dict[str, str]:
        years = {"destUsageYearStart": str(year), "destUsageYearEnd": str(year)}
        return samples.flow(number, amount, **years, firstReportedDate=reported, **more)

    flows = [
        flow(1, 700, 2035, "2035-03-05"),
        flow(2, 50, 2035, "2035-03-06"),
        flow(3, 400, 2034, "2034-03-05"),
        flow(4, 9_000, 2034, "2034-03-06"),
        flow(5, 60, 2034, "", decisionDate="", date=""),
        flow(6, 10_000, 2034, "2034-01-01", status="pledge"),
    ]
    run(sqlite_database, samples.flows_csv(flows), name="flows.csv")
    with sqlite_database.reading() as session:
        pace = pace_of(Work(session, get_mission(session, MISSION), NOW), "SSD")
    assert pace is not None
    assert (pace.now.funded, pace.before.funded, pace.before.undated) == (700, 400, 60)
