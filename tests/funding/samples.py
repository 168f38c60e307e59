"""Files as FTS publishes them, made up for tests: a country, two plans, invented donors and agencies."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from commands.funding.rules.imports.columns import FLOW_COLUMNS

FLOW_TITLES = [column.name for column in FLOW_COLUMNS]
HXL_TAGS = """#date #date+year+budget #description+notes #value+funding+total+usd #org+name+funder
#org+type+funder+list #country+iso3+funder+list #date+year+start+funder #date+year+end+funder #activity+appeal+name
#activity+appeal+id+external #activity+appeal+id+fts_internal #org+name+impl #org+type+impl+list
#sector+cluster+name+list #country+iso3+impl+list #activity+project+name #activity+project+code #crisis+name
#date+year+start+impl #date+year+end+impl #financial+contribution+type #financial+contribution+type
#financial+method #financial+direction #financial+direction+type #status+text #date+reported #date+decision
#description+keywords #value+funding+total #value+funding+total+currency #financial+fx #activity+id+fts_internal
#activity+code #date+created #date+updated""".split()  # noqa: SIM905 - as FTS writes its row
PLAN_TITLES = """countryCode id name code typeId typeName startDate endDate year requirements funding
percentFunded""".split()  # noqa: SIM905
CLUSTER_TITLES = """countryCode id name code startDate endDate year clusterCode cluster requirements funding
percentFunded""".split()  # noqa: SIM905
HAPI_TITLES = """location_code has_hrp in_gho appeal_code appeal_name appeal_type requirements_usd funding_usd
funding_pct reference_period_start reference_period_end dataset_hdx_id resource_hdx_id warning error""".split()  # noqa: SIM905
NEEDS = {"destPlan": "Needs and response plan, 2035", "destPlanCode": "HSSD35", "destPlanId": "3501"}
SSD = "SSD"


def flow(fts_id: int | str, amount: int | str, **columns: Any) -> dict[str, str]:
    """A flow: incoming, single, paid, for 2035; the columns given replace what stands here."""
    fixed: dict[str, Any] = {
        "date": "2035-02-01",
        "budgetYear": "2035",
        "description": "Contribution, with a comma",
        "amountUSD": amount,
        "srcOrganization": "Northland, Government of",
        "srcOrganizationTypes": "Government",
        "destOrganization": "World Food Programme",
        "destOrganizationTypes": "UN agency",
        "destGlobalClusters": "Food Security",
        "destLocations": SSD,
        "destUsageYearStart": "2035",
        "destUsageYearEnd": "2035",
        "contributionType": "financial",
        "flowType": "Standard",
        "method": "Traditional aid",
        "boundary": "incoming",
        "onBoundary": "single",
        "status": "paid",
        "firstReportedDate": "2035-02-11",
        "decisionDate": "2035-02-01",
        "id": fts_id,
        "createdAt": "2035-02-12",
        "updatedAt": "2035-02-13",
        **NEEDS,
    }
    return {name: str(value) for name, value in {**fixed, **columns}.items()}


# What counts: 1,000,000 + 250,000 for the plan, 90,000 for none; a pledge, shared and internal money beside it.
FLOWS = [
    flow(101, 1_000_000),
    flow(102, 250_000, status="commitment", destGlobalClusters="Health,Nutrition", srcOrganization="Southland"),
    flow(103, 90_000, destPlan="", destPlanCode="", destPlanId="", destGlobalClusters=""),
    flow(104, 75_000, status="pledge"),
    flow(105, 60_000, onBoundary="shared", destUsageYearEnd="2036"),
    flow(106, 0, flowType="Parked"),
    flow(107, 12_345, originalAmount="11234", originalCurrency="EUR", exchangeRate="0.91"),
]
INTERNAL = [flow(201, 500_000, boundary="internal", srcLocations=SSD, srcOrganization="World Food Programme")]


def as_csv(titles: Sequence[str], rows: Iterable[dict[str, str]], *, tags: Sequence[str] = (), **options: Any) -> bytes:
    """A CSV file with these columns in this order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, **options)
    writer.writerow(titles)
    if tags:
        writer.writerow(tags)
    writer.writerows([[row.get(title, "") for title in titles] for row in rows])
    return text.getvalue().encode()


def flows_csv(rows: Iterable[dict[str, str]], **options: Any) -> bytes:
    """A file of flows with the 37 columns of FTS."""
    return as_csv(FLOW_TITLES, rows, **options)


def as_xlsx(titles: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    """The same as a workbook, numbers as numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet("Flows")
    for column, title in enumerate(titles):
        page.write_string(0, column, title)
    for number, row in enumerate(rows, start=1):
        for column, title in enumerate(titles):
            page.write(number, column, int(row[title]) if row.get(title, "").isdecimal() else row.get(title, ""))
    book.close()
    return file.getvalue()


def plan_row(**columns: Any) -> dict[str, str]:
    """A plan with its requirement; the columns given replace what stands here."""
    fixed = {
        "countryCode": SSD,
        "id": "3501",
        "name": NEEDS["destPlan"],
        "code": "HSSD35",
        "typeId": "4",
        "typeName": "Humanitarian needs and response plan",
        "startDate": "2035-01-01",
        "endDate": "2035-12-31",
        "year": "2035",
        "requirements": "2000000",
        "funding": "1262345",
        "percentFunded": "63",
    }
    return {name: str(value) for name, value in {**fixed, **columns}.items()}


NO_PLAN = {"id": "", "name": "Not specified", "code": "", "typeId": "", "typeName": "", "startDate": "", "endDate": ""}
PLANS = [plan_row(), plan_row(**NO_PLAN, requirements="", funding="90000", percentFunded="")]
CLUSTERS = [
    plan_row(clusterCode="7001", cluster="Food Security", requirements=800_000, funding=1_012_345, percentFunded=127),
    plan_row(
        clusterCode="7002", cluster="Water, Sanitation and Hygiene", requirements=1_200_000, funding=0, percentFunded=0
    ),
    plan_row(clusterCode="", cluster="Not specified", requirements="", funding="", percentFunded=""),
    plan_row(
        clusterCode="", cluster="Multiple clusters/sectors (shared)", requirements="", funding=250_000, percentFunded=""
    ),
]
