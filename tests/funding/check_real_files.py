"""The golden numbers, read from FTS's own files: `python -m tests.funding.check_real_files FOLDER`.

FOLDER holds `fts` and `fts2`. The product's tests need no such folder: they hold the same rules to small files of their
own.
"""

from __future__ import annotations

import csv
import io
import statistics
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from sqlalchemy import select

from commands.funding.handlers.picture import read_plan
from commands.funding.rules.differences import Check as PlanCheck
from commands.funding.rules.differences import Reason, Why
from commands.funding.rules.imports.answers import ANSWER, Standing, read_answer, standing_of
from commands.funding.rules.imports.withdrawing import Hindrance, hindrance
from commands.kit.work import Work
from storage.database import Database
from storage.funding.model import Flow, Level
from storage.funding.totals import By, Scope, plan_lines, requirements, sums
from storage.migrate import upgrade
from storage.missions import get_mission
from tests.funding.importing import MISSION, NOW, run
from tests.funding.sources import check_real_files as later
from tests.funding.sources.real_files import CASES, case, fresh, issue, whole

GROUPINGS = ("cluster", "globalcluster", "location")


@case("fts")
def afghanistan(folder: Path) -> list[tuple[str, object, object]]:
    database, kept = fresh(folder / "fts_incoming_funding_afg.csv", country="AFG")
    found = whole(database, "AFG")
    with database.reading() as session:
        plans = {line.plan_key: int(line.flows.funding) for line in plan_lines(session, MISSION, Scope("AFG"))}
        shared = session.scalars(select(Flow.id).where(Flow.on_boundary == "shared")).all()
        prints = sorted(session.scalars(select(Flow.fingerprint)))
    twin, _kept = fresh(folder / "fts_incoming_funding_afg__hxl.csv", country="AFG")
    with twin.reading() as session:
        prints_hxl = sorted(session.scalars(select(Flow.fingerprint)))
    return [
        ("AFG incoming, rows", 328, found.flows),
        ("AFG incoming, naive sum", 754_117_611, int(found.funding + found.pledged + found.shared)),
        ("AFG country total", 725_591_299, int(found.funding)),
        ("AFG shared rows", 17, len(shared)),
        ("AFG shared money", 28_526_312, int(found.shared)),
        ("AFG pledges", 0, int(found.pledged)),
        ("AFG plan 929 from flows", 564_447_748, plans["929"]),
        ("AFG plan 1006 from flows", 15_000_000, plans["1006"]),
        ("AFG no plan, 20,017 above the published row", 146_123_534 + 20_017, plans[""]),
        ("AFG plans add up", 725_591_299, sum(plans.values())),
        ("AFG median lag in days", 21, _median(database)),
        ("AFG rate warnings", 0, issue(kept, "rate_of_one") + issue(kept, "rate_differs")),
        ("AFG twin without and with HXL row identical", True, prints == prints_hxl),
    ]


def _median(database: Database) -> int:
    with database.reading() as session:
        lags = session.scalars(select(Flow.lag_days).where(Flow.boundary == "incoming", Flow.lag_days.is_not(None)))
        return int(statistics.median_low([lag for lag in lags if lag is not None]))


@case("fts")
def afghanistan_in_a_workbook(folder: Path) -> list[tuple[str, object, object]]:
    """The table on the last of three sheets: an older one before it is hidden, the first holds words alone."""
    with (folder / "fts_incoming_funding_afg.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "flows.xlsx"
        book = xlsxwriter.Workbook(str(path))
        book.add_worksheet("Meta data").write_row(0, 0, ["Downloaded from FTS"])
        sheets = [book.add_worksheet(name) for name in ("Before", "Results")]
        sheets[0].hide()
        for sheet, some in zip(sheets, (rows[:100], rows), strict=True):
            for number, row in enumerate(some):
                sheet.write_row(number, 0, row)
        book.close()
        database, kept = fresh(path, country="AFG")
    return [
        ("AFG workbook, sheet read", "Results", kept.options["sheets"]["read"]),
        ("AFG workbook, country total", 725_591_299, int(whole(database, "AFG").funding)),
    ]


@case("fts")
def rows_of_nobody_known(folder: Path) -> list[tuple[str, object, object]]:
    """The real flows with their country taken away, or spelt in other ways."""
    content = (folder / "fts_incoming_funding_afg.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(content.splitlines(keepends=True)))
    found: list[tuple[str, object, object]] = []
    for place, expected in (("", 0), ("Ethiopia", 0), ("eth", 0), ("Afghanistan", 725_591_299), ("afg", 725_591_299)):
        for row in rows:
            row["destLocations"] = place
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        database = Database(f"sqlite:///{tempfile.mkdtemp()}/check.db")
        upgrade(database)
        run(database, text.getvalue().encode(), countries=("AFG",))
        found.append((f"AFG total where the country is “{place}”", expected, int(whole(database, "AFG").funding)))
    return found


@case("fts")
def palestine(folder: Path) -> list[tuple[str, object, object]]:
    database, kept = fresh(folder / "fts_incoming_funding_pse.csv", country="PSE")
    found = whole(database, "PSE")
    with database.reading() as session:
        clusters = sum(int(one.funding) for one in sums(session, MISSION, By.CLUSTER, Scope("PSE")))
    return [
        ("PSE incoming, rows", 338, found.flows),
        ("PSE incoming, naive sum", 405_982_143, int(found.funding + found.pledged + found.shared)),
        ("PSE shared money", 24_444_343, int(found.shared)),
        ("PSE pledges", 29_621, int(found.pledged)),
        ("PSE country total", 381_508_179, int(found.funding)),
        ("PSE clusters add up", 381_508_179, clusters),
        ("PSE median lag in days", 23, _median(database)),
        ("PSE placeholder rates", 3, issue(kept, "rate_of_one")),
    ]


@case("fts")
def requirements_files(folder: Path) -> list[tuple[str, object, object]]:
    files = ["requirements_funding_afg", "requirements_funding_cluster_afg", "requirements_funding_globalcluster_afg"]
    database, kept = fresh(*(folder / f"fts_{name}.csv" for name in files), country="AFG")
    found: list[tuple[str, object, object]] = []
    with database.reading() as session:
        plans = {one.plan_key: one for one in requirements(session, MISSION, Level.PLAN, Scope("AFG"))}
        found.append(("AFG published total", 725_591_299, sum(int(one.funding or 0) for one in plans.values())))
        found.append(("AFG plan 1006 asks nothing, which is not zero", None, plans["1006"].requirements))
        for level in (Level.CLUSTER, Level.GLOBAL_CLUSTER):
            rows = requirements(session, MISSION, level, Scope("AFG", 2020, "929"))
            found.append((f"929 {level} required", 1_131_050_820, sum(int(one.requirements or 0) for one in rows)))
            found.append((f"929 {level} funded", 564_467_765, sum(int(one.funding or 0) for one in rows)))
    found.append(("global clusters recognised by content", "global_cluster", kept.kind))
    found.append(("clusters differ from the plan", 0, issue(kept, "clusters_differ")))
    return found


@case("fts")
def coverage_above_100(folder: Path) -> list[tuple[str, object, object]]:
    database, kept = fresh(folder / "fts_requirements_funding_cluster_pse.csv", country="PSE")
    with database.reading() as session:
        rows = {one.cluster: one.percent for one in requirements(session, MISSION, Level.CLUSTER, Scope("PSE"))}
    return [
        ("PSE Protection", 117, rows["Protection"]),
        ("PSE Health and Nutrition COVID-19", 102, rows["Health and Nutrition Cluster COVID-19"]),
        ("PSE coverages as OCHA rounds them", 0, issue(kept, "percent_differs")),
    ]


@case("fts")
def global_and_hapi(folder: Path) -> list[tuple[str, object, object]]:
    found: list[tuple[str, object, object]] = []
    by_file = {}
    for name in ("fts_requirements_funding_global", "fts_requirements_funding_global__hxl", "hdx_hapi_funding_global"):
        database, kept = fresh(folder / f"{name}.csv", country="PSE")
        with database.reading() as session:
            rows = requirements(session, MISSION, Level.PLAN, Scope("PSE"))
            by_file[name] = sorted((one.plan_code, one.requirements, one.funding) for one in rows)
        found.append((f"{name}: rows of other countries left out", 6, issue(kept, "other_country")))
        found.append((f"{name}: PSE", 381_508_179, sum(int(one.funding or 0) for one in rows)))
    found.append(("the three agree", 1, len({tuple(rows) for rows in by_file.values()})))
    return found


@case("fts")
def internal_and_outgoing(folder: Path) -> list[tuple[str, object, object]]:
    names = ["incoming_funding_pse", "internal_funding_pse", "outgoing_funding_pse", "outgoing_funding_pse__hxl"]
    database, kept = fresh(*(folder / f"fts_{name}.csv" for name in names), country="PSE")
    return [
        ("PSE total with internal and outgoing files imported too", 381_508_179, int(whole(database, "PSE").funding)),
        ("the outgoing twin changes nothing", 1, kept.counts["unchanged"]),
    ]


@case("fts")
def api_pages(folder: Path) -> list[tuple[str, object, object]]:
    plans = folder / "fts_requirements_funding_afg.csv"
    plan = {"country": "AFG", "plan_id": "929", "name": "Afghanistan 2020", "code": "HAFG20", "year": 2020}
    page = folder / "api_custom-search_afg_2020_page3.json"
    grouping = folder / "api_custom-search_plan929_groupby-cluster.json"
    database, kept = fresh(plans, page, country="AFG")
    found: list[tuple[str, object, object]] = [("API page, flows", 84, kept.counts["new"])]
    database, kept = fresh(plans, grouping, country="AFG", plan=plan)
    with database.reading() as session:
        rows = requirements(session, MISSION, Level.CLUSTER, Scope("AFG"))
    return [
        *found,
        ("API grouping required", 1_131_050_820, sum(int(one.requirements or 0) for one in rows)),
        ("API grouping, first requirements", 732_600_000, sum(int(one.original_requirements or 0) for one in rows)),
        ("API grouping funded", 564_467_765, sum(int(one.funding or 0) for one in rows)),
        ("API grouping agrees with the plan", 0, issue(kept, "clusters_differ")),
    ]


@case("fts")
def why_published_and_flows_differ(folder: Path) -> list[tuple[str, object, object]]:
    names = ("incoming_funding_afg", "internal_funding_afg", "requirements_funding_afg")
    _database, kept = fresh(*(folder / f"fts_{name}.csv" for name in names), country="AFG")
    checks = {one.plan_key: one for one in map(PlanCheck.from_json, kept.checks)}
    found: list[tuple[str, object, object]] = [("AFG agrees with FTS", Decimal(0), checks[None].difference)]
    for plan, gap in (("929", 20_017), ("", -20_017)):
        exactly = (Why(Reason.INTERNAL, Decimal(gap), ("NGO",)),)
        found.append((f"AFG plan {plan or 'none'}, difference", gap, int(checks[plan].difference)))
        found.append(
            (f"AFG plan {plan or 'none'}, explained by what moved inside the country", exactly, checks[plan].why)
        )
    return found


@case("fts")
def one_page_of_three(folder: Path) -> list[tuple[str, object, object]]:
    path = folder / "api_custom-search_afg_2020_page3.json"
    answer = read_answer(path)
    assert answer is not None
    _database, kept = fresh(path, country="AFG", **{ANSWER: answer.as_json()})
    said = (answer.incoming, answer.internal, answer.outgoing, answer.funding, answer.next_link)
    return [
        ("AFG page 3, what it says of its answer", (328, 156, 0, 72_559_129_900, ""), said),
        ("AFG page 3, how much of the answer it holds", Standing(84, 484), standing_of(kept.options)),
        ("AFG page 3, nothing can be withdrawn by it", Hindrance.PART, hindrance(kept.counts, kept.options)),
    ]


@case("fts2")
def one_plan_grouped_in_three_ways(folder: Path) -> list[tuple[str, object, object]]:
    files = [folder / f"1-fts-flow-custom-search-planid-943-groupby-{by}.json" for by in GROUPINGS]
    listed = Path(tempfile.mkdtemp()) / "plans.csv"
    listed.write_text(
        "countryCode,id,name,code,startDate,endDate,year,requirements,funding,percentFunded\n"
        "LBN,943,Regional refugee plan,RXSYR,2020-01-01,2020-12-31,2020,5995975760,2219513358,37\n"
    )
    plan = {"country": "LBN", "plan_id": "943", "name": "Regional refugee plan", "code": "RXSYR", "year": 2020}
    found: list[tuple[str, object, object]] = []
    for order in (files, files[::-1]):
        database, _kept = fresh(listed, *order, country="LBN", plan=plan)
        with database.reading() as session:
            for level in (Level.CLUSTER, Level.GLOBAL_CLUSTER, Level.LOCATION):
                rows = requirements(session, MISSION, level)
                asked, funded = (
                    sum(int(getattr(one, name) or 0) for one in rows) for name in ("requirements", "funding")
                )
                found += [(f"943 {level} required", 5_995_975_760, asked)]
                found += [(f"943 {level} funded", 2_219_513_358, funded)]
            picture = read_plan(Work(session, get_mission(session, MISSION), NOW), "LBN:2020:943")
        found.append(("943 in the picture, required", 5_995_975_760, picture and int(picture.total.required or 0)))
        found.append(("943 in the picture, funded", 2_219_513_358, picture and int(picture.total.funded)))
    return found


def main(folder: Path) -> int:
    """Print every check; the number of those that fail."""
    failed = 0
    for name, check in [*CASES, *later.CASES]:
        for what, expected, found in check(folder / name):
            good = expected == found
            failed += not good
            sys.stdout.write(
                f"{'ok  ' if good else 'FAIL'} {what}: {found!s}{'' if good else f', expected {expected}'}\n"
            )
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
