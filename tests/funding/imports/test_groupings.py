"""One plan's money grouped in three ways by FTS's API: each is kept as what it is, and the plan's total is one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commands.funding.handlers.picture import read_plan
from commands.funding.rules.clusters import SHARED
from commands.funding.rules.imports.groupings import CLUSTER_HEADER, KnownPlan, grouping_rows, read_grouping
from commands.funding.rules.imports.recognition import RecognisedFile, open_file
from commands.funding.rules.opening import SHARED_LOCATIONS
from commands.funding.views.picture import plan_card
from commands.kit.refused import Refused
from commands.kit.work import Work
from storage.database import Database
from storage.funding.imports import ImportKind, ImportState
from storage.funding.model import Level
from storage.funding.totals import Scope, requirements
from storage.missions import get_mission
from tests.funding import samples
from tests.funding.importing import MISSION, NOW, run

PLAN = KnownPlan("SSD", "3501", "Needs and response plan, 2035", "HSSD35", 2035)
NAMED = {"country": "SSD", "plan_id": "3501", "name": PLAN.name, "code": PLAN.code, "year": 2035}


def grouping(kind: str, asked: dict[str, int], funded: dict[str, int], shared: int = 0) -> dict[str, Any]:
    """A grouping as the API gives it: names with what is asked and what was given."""
    names = list(dict.fromkeys([*asked, *funded]))
    code = {name: 7001 + place for place, name in enumerate(names)}
    totals = {
        "type": kind,
        "objectsBreakdown": [
            {"type": kind, "id": str(code[name]), "name": name, "totalFunding": amount}
            for name, amount in funded.items()
            if name != "Not specified"
        ]
        + [
            {"type": kind, "id": "undefined", "name": name, "totalFunding": amount}
            for name, amount in funded.items()
            if name == "Not specified"
        ],
        "sharedFundingTotal": shared,
    }
    objects = [
        {"id": code[name], "name": name, "objectType": kind, "origRequirements": 5, "revisedRequirements": amount}
        for name, amount in asked.items()
    ]
    requirements_ = {"totalRevisedReqs": sum(asked.values()), "objects": objects}
    funding = {"total": sum(funded.values()) + shared, "objects": [totals]}
    return {"data": {"requirements": requirements_, "report3": {"fundingTotals": funding}}}


BY_CLUSTER = grouping("Cluster", {"Health": 1_200_000, "Shelter": 800_000}, {"Health": 60, "Not specified": 7}, 33)
BY_GLOBAL = grouping("GlobalCluster", {"Multi-sector": 2_000_000}, {"Multi-sector": 60, "Health": 40})
BY_LOCATION = grouping(
    "Location", {"South Sudan": 1_500_000, "Kenya": 400_000, "Not specified": 100_000}, {"South Sudan": 90}, 10
)
THREE = (BY_CLUSTER, BY_GLOBAL, BY_LOCATION)


def recognised(folder: Path, content: dict[str, Any], plan: KnownPlan | None = PLAN) -> RecognisedFile:
    path = folder / "file"
    path.write_text(json.dumps(content))
    return open_file("page.json", path, plan=plan)


def shown(found: RecognisedFile) -> list[tuple[str, str, str, str]]:
    rows = [dict(zip(CLUSTER_HEADER.titles, cells, strict=True)) for _number, cells in found.rows()]
    assert {(row["countryCode"], row["id"], row["year"], row["code"]) for row in rows} == {
        ("SSD", "3501", "2035", "HSSD35")
    }
    return [(row["cluster"], row["clusterCode"], row["requirements"], row["funding"]) for row in rows]


def test_each_grouping_is_known_by_the_type_of_its_objects(tmp_path: Path) -> None:
    kinds = [recognised(tmp_path, one).kind for one in THREE]
    assert kinds == [ImportKind.CLUSTERS, ImportKind.GLOBAL_CLUSTERS, ImportKind.LOCATIONS]
    assert shown(recognised(tmp_path, BY_CLUSTER)) == [
        ("Health", "7001", "1200000", "60"),
        ("Shelter", "7002", "800000", ""),
        ("Not specified", "", "", "7"),
        (SHARED, "", "", "33"),
    ]
    assert shown(recognised(tmp_path, BY_LOCATION)) == [
        ("South Sudan", "SSD", "1500000", "90"),
        ("Kenya", "KEN", "400000", ""),
        ("Not specified", "", "100000", ""),
        (SHARED_LOCATIONS, "", "", "10"),
    ]


def test_a_grouping_needs_its_plan_and_one_kind_of_objects_that_plans_have(tmp_path: Path) -> None:
    def refusal(content: dict[str, Any], plan: KnownPlan | None = PLAN) -> Refused:
        with pytest.raises(Refused) as no:
            recognised(tmp_path, content, plan)
        return no.value

    assert refusal(BY_CLUSTER, None).fields.keys() == {"plan"}
    assert "its objects are Organization" in refusal(grouping("Organization", {"A": 1}, {"A": 1})).text
    mixed = json.loads(json.dumps(BY_CLUSTER).replace('"objectType": "Cluster"', '"objectType": "Location"'))
    assert "its objects are Cluster, Location" in refusal(mixed).text


def test_a_grouping_without_funding_or_requirements_still_gives_the_other() -> None:
    only_asked = grouping_rows({"requirements": BY_CLUSTER["data"]["requirements"]}, PLAN, ImportKind.CLUSTERS)
    assert len(only_asked) == 2
    single = {"report3": {"fundingTotals": {"objects": [{"singleFundingObjects": [{"name": "", "totalFunding": 3}]}]}}}
    ((_number, cells),) = grouping_rows(single, PLAN, ImportKind.CLUSTERS)
    row = dict(zip(CLUSTER_HEADER.titles, cells, strict=True))
    assert (row["cluster"], row["funding"], row["requirements"]) == ("Not specified", "3", "")


def test_other_json_is_no_grouping(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for text in ("[1]", "{", '{"data": []}', '{"data": {"flows": []}}'):
        path.write_text(text)
        assert read_grouping(path) is None


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)], ids=str)
def test_the_plan_asks_once_whatever_order_the_three_groupings_come_in(
    sqlite_database: Database, order: tuple[int, ...]
) -> None:
    plans = [samples.plan_row(funding="100")]
    run(sqlite_database, samples.as_csv(samples.PLAN_TITLES, plans))
    for place in order:
        kept = run(sqlite_database, json.dumps(THREE[place]).encode(), plan=NAMED, name="page.json")
        assert kept.state == ImportState.DONE, kept.trouble
        assert (kept.counts["missing"], kept.issues) == (0, [])
    with sqlite_database.reading() as session:
        for level in (Level.CLUSTER, Level.GLOBAL_CLUSTER, Level.LOCATION):
            rows = requirements(session, MISSION, level, Scope("SSD", 2035))
            assert sum((one.requirements or 0 for one in rows), Decimal(0)) == 2_000_000
            assert sum((one.funding or 0 for one in rows), Decimal(0)) == 100
        plan = read_plan(Work(session, get_mission(session, MISSION), NOW), "SSD:2035:3501")
    assert plan is not None
    assert (plan.total.required, plan.total.funded) == (2_000_000, 100)
    assert sum((one.required or 0 for one in plan.clusters), Decimal(0)) == 2_000_000
    card = plan_card(plan, may_write=False)
    assert "• South Sudan: US$90 of US$1,500,000 (0%)" in str(card.blocks)
