"""What an uploaded file is, by its content alone: its kind, its country, its direction; and pages of FTS's API."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commands.funding.rules.clusters import GLOBAL_CLUSTERS, are_global
from commands.funding.rules.countries import (
    countries_at,
    countries_for,
    countries_of,
    first_country,
    said_by_form,
    typed_countries,
)
from commands.funding.rules.imports.api_pages import FLOW_HEADER, flow_cells
from commands.funding.rules.imports.groupings import KnownPlan
from commands.funding.rules.imports.recognition import (
    RecognisedFile,
    may_take_long,
    open_file,
)
from commands.funding.rules.imports.sampling import SAMPLE_ROWS, Sample, check_direction, file_country
from commands.kit.refused import Refused
from storage.funding.imports import ImportKind
from tests.funding import samples

PLAN = KnownPlan("SSD", "3501", "Needs and response plan, 2035", "HSSD35", 2035)
HAPI_ROW = {
    "location_code": "SSD", "appeal_code": "HSSD35", "appeal_name": "Plan", "requirements_usd": "2000000",
    "funding_usd": "1000000", "funding_pct": "50", "reference_period_start": "2035-01-01",
}  # fmt: skip


def recognised(
    folder: Path, content: bytes | dict[str, Any] | list[Any], name: str = "file.csv", plan: KnownPlan | None = None
) -> RecognisedFile:
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return open_file(name, path, plan=plan)


def refusal(folder: Path, content: bytes | dict[str, Any] | list[Any], plan: KnownPlan | None = None) -> Refused:
    with pytest.raises(Refused) as no:
        list(recognised(folder, content, plan=plan).rows())
    return no.value


# Tables


def test_a_file_of_flows_is_known_by_its_columns(tmp_path: Path) -> None:
    found = recognised(tmp_path, samples.flows_csv(samples.FLOWS, tags=samples.HXL_TAGS))
    assert (found.kind, found.layout, found.typed, found.width) == (ImportKind.FLOWS, "csv", False, 37)
    assert found.sample == Sample(7, Counter(incoming=7), Counter(SSD=7), is_whole=True)
    assert len(list(found.rows())) == 7


def test_a_workbook_tells_numbers_from_texts_and_may_have_short_rows(tmp_path: Path) -> None:
    found = recognised(tmp_path, samples.as_xlsx(samples.FLOW_TITLES, samples.FLOWS), "flows.xlsx")
    assert (found.kind, found.typed, found.width) == (ImportKind.FLOWS, True, None)


@pytest.mark.parametrize(
    ("content", "is_long"),
    [
        (samples.flows_csv([samples.flow(1, 5)]), False),
        (samples.flows_csv([samples.flow(1, 5)] * 20_000), False),
        (samples.flows_csv([samples.flow(1, 5, description="long " * 900)] * 1_000), True),
        (b'{"flows": [' + b" " * 4_000_000, True),
        (b'{"flows": [' + b" " * 3_000_000, False),
        (samples.as_xlsx(samples.FLOW_TITLES, samples.FLOWS), False),
        (samples.as_xlsx(samples.FLOW_TITLES, samples.FLOWS * 250), True),
        (b"PK\x03\x04 no archive" * 1_000_000, False),
    ],
)
def test_a_file_is_read_at_once_only_where_that_is_quick(content: bytes, *, is_long: bool) -> None:
    assert may_take_long(content) is is_long


def test_requirements_are_known_by_plan_by_cluster_and_in_the_layout_of_hapi(tmp_path: Path) -> None:
    plans = recognised(tmp_path, samples.as_csv(samples.PLAN_TITLES, samples.PLANS))
    assert (plans.kind, plans.layout, plans.sample.countries) == (ImportKind.PLANS, "csv", Counter(SSD=2))
    clusters = recognised(tmp_path, samples.as_csv(samples.CLUSTER_TITLES, samples.CLUSTERS))
    assert (clusters.kind, clusters.layout) == (ImportKind.CLUSTERS, "csv")
    hapi = recognised(tmp_path, samples.as_csv(samples.HAPI_TITLES, [HAPI_ROW]))
    assert (hapi.kind, hapi.layout) == (ImportKind.PLANS, "hapi")


def test_clusters_of_all_plans_are_told_from_those_of_one_plan_by_their_codes(tmp_path: Path) -> None:
    ours = [
        {**samples.CLUSTERS[0], "clusterCode": str(place), "cluster": GLOBAL_CLUSTERS[place]} for place in (1, 2, 3)
    ]
    assert recognised(tmp_path, samples.as_csv(samples.CLUSTER_TITLES, ours)).kind is ImportKind.GLOBAL_CLUSTERS
    assert are_global([("1", "Health"), ("26479", "Whatever")])
    assert not are_global([("1", "Health"), ("7001", "Health")])
    assert not are_global([("1", "Our own name")])
    assert not are_global([("", "Health"), ("7001", "Health")])
    assert not are_global([])


def test_money_that_goes_out_is_sampled_by_where_it_comes_from(tmp_path: Path) -> None:
    out = [samples.flow(1, 5, boundary="Outgoing", srcLocations="SSD", destLocations="AFG,PAK")]
    assert recognised(tmp_path, samples.flows_csv(out)).sample == Sample(
        1, Counter(outgoing=1), Counter(SSD=1), is_whole=True
    )


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["id", "amountUSD", "boundary", "status"], "flows, but these columns are missing: onBoundary"),
        (["id", "amountUSD", "boundary", "status"], "would be counted here"),
        (["name", "colour"], "none of the files that FTS publishes"),
        (["name", "colour"], "“colour”"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_is_missing(tmp_path: Path, titles: list[str], words: str) -> None:
    no = refusal(tmp_path, samples.as_csv(titles, [dict.fromkeys(titles, "x")]))
    assert words in no.text
    assert no.fields.keys() == {"file"}


# Direction and country


def test_a_file_that_says_another_direction_than_the_person_is_refused() -> None:
    mixed = Sample(10, Counter({"incoming": 3, "internal": 7, "": 0}))
    with pytest.raises(Refused, match="7 of the first 10 rows say “internal”, not “incoming”"):
        check_direction(mixed, "incoming")
    check_direction(Sample(10, Counter({"incoming": 6, "": 4})), "incoming")
    check_direction(mixed, "")


def test_a_file_that_does_not_say_its_direction_needs_one() -> None:
    silent = Sample(10, Counter({"": 10}))
    with pytest.raises(Refused, match="Choose it") as no:
        check_direction(silent, "")
    assert no.value.fields.keys() == {"direction"}
    check_direction(silent, "internal")
    check_direction(Sample(), "")


@pytest.mark.parametrize(
    ("rows", "countries", "country"),
    [
        (10, {"SSD": 9, "AFG": 5}, "SSD"),
        (10, {"SSD": 8, "AFG": 1}, "SSD"),
        (10, {"SSD": 8, "AFG": 2}, ""),
        (10, {}, ""),
    ],
)
def test_a_file_is_of_the_country_that_nearly_all_its_rows_name(
    rows: int, countries: dict[str, int], country: str
) -> None:
    assert file_country(Sample(rows, Counter(), Counter(countries))) == country


OF_SUDAN = Sample(10, Counter(), Counter(SDN=10), is_whole=True)


def test_countries_are_typed_by_their_codes_or_names() -> None:
    assert typed_countries("afg, PAK;ssd / AFG") == ["AFG", "PAK", "SSD"]
    assert typed_countries("AFG PAK, South Sudan") == ["AFG", "PAK", "SSD"]
    assert typed_countries("  ") == []
    for text, odd in (("AFG XYZ", "XYZ"), ("Global", "Global")):
        with pytest.raises(Refused, match=f"“{odd}” is no country") as no:
            typed_countries(text)
        assert no.value.fields.keys() == {"country"}


def test_the_first_file_settles_the_missions_country_unless_the_mission_is_elsewhere() -> None:
    assert countries_at(["SD", "SS"]) == ["SDN", "SSD"]
    assert first_country(OF_SUDAN, []) == first_country(OF_SUDAN, ["SDN"]) == "SDN"
    for sample, home, words in (
        (Sample(10, Counter(), Counter(SDN=5, SSD=5)), [], "several countries"),
        (Sample(10), [], "several countries"),
        (OF_SUDAN, ["SSD"], "about SDN, and the mission's time zone is that of SSD"),
    ):
        with pytest.raises(Refused, match=words) as no:
            first_country(sample, home)
        assert no.value.fields.keys() == {"country"}


def test_a_file_of_another_country_is_refused_until_that_country_is_typed() -> None:
    with pytest.raises(Refused, match="about SDN; the mission's funding is about SSD") as no:
        countries_for(["SSD"], [], OF_SUDAN)
    assert no.value.fields.keys() == {"file"}
    assert countries_for(["SSD"], ["SDN"], OF_SUDAN) == ("SDN", "SSD")
    assert countries_for(["SSD", "SDN"], [], OF_SUDAN) == ("SDN", "SSD")
    assert countries_for(["SSD", "SDN"], [], Sample(10)) == countries_for(["SDN", "SSD"], [], Sample(10))


def test_a_file_is_not_refused_by_its_first_rows_nor_while_a_place_in_it_is_unknown() -> None:
    for sample in (replace(OF_SUDAN, is_whole=False), replace(OF_SUDAN, unknown=1), Sample(10, is_whole=True)):
        assert countries_for(["SSD"], [], sample) == ("SSD",)


def test_the_country_is_looked_for_in_the_whole_file(tmp_path: Path) -> None:
    others = [samples.plan_row(countryCode="AFG", id=str(number)) for number in range(SAMPLE_ROWS)]
    many = recognised(tmp_path, samples.as_csv(samples.PLAN_TITLES, [*others, samples.plan_row()]))
    assert not many.sample.is_whole
    assert many.whole_sample().countries == Counter(AFG=SAMPLE_ROWS, SSD=1)
    assert countries_of(many, ["SSD"], [], "", []) == ["SSD"]
    assert countries_of(many, [], [], "", []) == ["AFG"]
    few = recognised(tmp_path, samples.as_csv(samples.PLAN_TITLES, others[1:]))
    assert few.sample.is_whole
    assert few.whole_sample() is few.sample


def test_money_that_goes_out_of_a_country_is_its_own_where_only_the_person_says_so(tmp_path: Path) -> None:
    flow = samples.flow(1, 5, boundary="", srcLocations="SSD", destLocations="KEN")
    out = recognised(tmp_path, samples.flows_csv([flow]))
    assert countries_of(out, [], [], "outgoing", []) == ["SSD"]
    assert countries_of(out, ["SSD"], [], "outgoing", []) == ["SSD"]
    assert countries_of(out, [], [], "incoming", []) == ["KEN"]
    with pytest.raises(Refused, match="about KEN"):
        countries_of(out, ["SSD"], [], "incoming", [])


def test_a_file_without_a_column_for_the_country_is_of_none_unless_the_form_names_one(tmp_path: Path) -> None:
    bare = recognised(
        tmp_path, samples.as_csv([name for name in samples.PLAN_TITLES if name != "countryCode"], samples.PLANS)
    )
    named = recognised(tmp_path, samples.as_csv(samples.PLAN_TITLES, samples.PLANS))
    assert (bare.has_countries, bare.sample.unknown) == (False, 2)
    assert (named.has_countries, named.sample.unknown) == (True, 0)
    assert said_by_form(bare, ["SSD"]) == {"": "SSD"}
    assert said_by_form(bare, ["SSD", "SDN"]) == said_by_form(bare, []) == said_by_form(named, ["SSD"]) == {}


# Pages of the API

API_FLOW = {
    "id": 101,
    "amountUSD": Decimal("1000.50"),
    "status": "paid",
    "boundary": "incoming",
    "onBoundary": "single",
    "description": " Aid ",
    "keywords": ["a", None, "b"],
    "parkedParent": {"x": 1},
    "budgetYear": None,
    "sourceObjects": [
        {"type": "Organization", "name": "Northland", "organizationTypes": ["Government"]},
        {"type": "Location", "name": "France"},
    ],
    "destinationObjects": [
        {"type": "Organization", "name": "WFP", "organizationTypes": ["UN agency"]},
        {"type": "Organization", "name": "WHO", "organizationTypes": ["UN agency"]},
        {"type": "Plan", "name": "Needs", "id": 3501},
        {"type": "Location", "name": "South Sudan"},
        {"type": "Location", "name": "Viet Nam"},
        {"type": "UsageYear", "name": "2036"},
        {"type": "UsageYear", "name": "2035"},
        {"type": "GlobalCluster", "name": "Nutrition"},
        {"type": "GlobalCluster", "name": "Health"},
    ],
}


def test_a_flow_of_the_api_becomes_the_row_of_a_file() -> None:
    row = dict(zip(FLOW_HEADER.titles, flow_cells(API_FLOW), strict=True))
    expected = {
        "id": "101",
        "amountUSD": "1000.50",
        "description": "Aid",
        "keywords": "a,b",
        "budgetYear": "",
        "srcOrganization": "Northland",
        "srcLocations": "FRA",
        "srcUsageYearStart": "",
        "destOrganization": "Multiple",
        "destOrganizationTypes": "UN agency,UN agency",
        "destPlan": "Needs",
        "destPlanId": "3501",
        "destProject": "",
        "destLocations": "SSD,VNM",
        "destUsageYearStart": "2035",
        "destUsageYearEnd": "2036",
        "destGlobalClusters": "Health,Nutrition",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_place_that_nobody_knows_keeps_its_name() -> None:
    flow = {"destinationObjects": [{"type": "Location", "name": name} for name in ("KOSOVO", "Atlantis")]}
    row = dict(zip(FLOW_HEADER.titles, flow_cells(flow), strict=True))
    assert row["destLocations"] == "Atlantis,XKX"


def test_a_page_of_flows_is_recognised_and_one_without_any_is_refused(tmp_path: Path) -> None:
    page = {"data": {"flows": [{**API_FLOW, "amountUSD": 5}, "odd"]}}
    found = recognised(tmp_path, page, "page.json")
    assert (found.kind, found.layout, found.typed, found.width) == (ImportKind.FLOWS, "api", True, None)
    assert [number for number, _cells in found.rows()] == [1, 2]
    assert found.sample.boundaries == Counter({"incoming": 1, "": 1})
    assert "holds no flows" in refusal(tmp_path, {"data": {"flows": []}}).text
    assert "holds no flows" in refusal(tmp_path, [1, 2]).text


def test_a_page_that_breaks_off_is_refused_with_how_many_flows_were_whole(tmp_path: Path) -> None:
    whole = json.dumps({"data": {"flows": [{"id": 1}, {"id": 2}]}})
    assert "after 1 flows" in refusal(tmp_path, whole[: whole.index("2}")].encode()).text
