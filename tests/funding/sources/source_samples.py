"""Files of other sources, made up for tests: pooled funds, a list of projects, a mission's budget."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.funding.samples import as_csv
from tests.kit.tables.books import book

CERF_TITLES = [
    *("TableName", "AllocationStatus", "ProjectID", "Year", "ProjectCode", "ProjectTitle", "WindowFullName"),
    *("CountryName", "CountryCode", "AgencyName", "AgencyShortName", "TotalAmountApproved", "ProjectStatus"),
    *("ProjectStartDate", "ProjectEndDate", "DisbursementDate", "ProjectTypeName", "projectcapcode"),
]
CERF_GIVEN_TITLES = [
    *("ContributionId", "ContributionCode", "Donor", "CountryCode", "Year", "DonorType", "ContributionStatus"),
    *("PledgeDate", "PledgeAmountUSD", "CommitmentDate", "CommitmentAmountUSD", "ReceivedDate", "ReceivedAmountUSD"),
]


def cerf_project(identity: int, amount: object, **columns: object) -> dict[str, object]:
    """A project for South Sudan, approved in 2035; the columns given replace what stands here."""
    fixed: dict[str, object] = {
        "TableName": "P",
        "AllocationStatus": "Under Implementation",
        "ProjectID": identity,
        "Year": 2035,
        "ProjectCode": f"CERF-SSD-35-RR-WFP-{identity}",
        "ProjectTitle": "Food for returnees",
        "WindowFullName": "Rapid Response",
        "CountryName": "South Sudan",
        "CountryCode": "SSD",
        "AgencyName": "World Food Programme",
        "AgencyShortName": "WFP",
        "TotalAmountApproved": amount,
        "ProjectStatus": "Funded",
        "ProjectStartDate": "2035-02-01T00:00:00",
        "ProjectEndDate": "2035-07-31T00:00:00",
        "DisbursementDate": "2035-02-10T00:00:00",
        "ProjectTypeName": "HRP",
    }
    return {**fixed, **columns}


CERF_PROJECTS = [
    cerf_project(501, 1_500_000.5),
    cerf_project(502, 2_000_000, AgencyName="World Health Organization", ProjectCode="CERF-SSD-35-RR-WHO-502"),
    cerf_project(503, 900_000, CountryCode="KEN", CountryName="Kenya", ProjectCode="CERF-KEN-35-RR-WFP-503"),
]
CERF_GIVEN: list[dict[str, object]] = [
    {"ContributionId": 9, "ContributionCode": "35-DC-NOR-001", "Donor": "Northland", "CountryCode": "NOR"}
    | {"Year": 2035, "DonorType": "Member State", "ContributionStatus": "Fully Paid", "PledgeAmountUSD": 5_000_000}
    | {"CommitmentAmountUSD": 5_000_000, "ReceivedAmountUSD": 4_500_000.25, "ReceivedDate": "2035-01-20T00:00:00"},
    {"ContributionId": 10, "ContributionCode": "35-DC-SUD-002", "Donor": "Southland", "CountryCode": "SDL"}
    | {"Year": 2035, "DonorType": "Member State", "ContributionStatus": "Pledge", "PledgeAmountUSD": 1_000_000},
]


def sheet(titles: Sequence[str], rows: Sequence[dict[str, object]]) -> list[list[object]]:
    return [list(titles), *([one.get(title, "") for title in titles] for one in rows)]


def cerf_workbook() -> bytes:
    """CERF's workbook: checks, contributions, projects, and the projects of one country once more."""
    own = [one for one in CERF_PROJECTS if one["CountryCode"] == "SSD"]
    return book(
        {
            "00_Checks": [["Check", "Value"], ["CERF project rows", 3]],
            "02_Contributions": sheet(CERF_GIVEN_TITLES, CERF_GIVEN),
            "03_Projects": sheet(CERF_TITLES, CERF_PROJECTS),
            "CERF_South Sudan": sheet(CERF_TITLES, own),
        }
    )


def cerf_projects(rows: Sequence[dict[str, object]] = CERF_PROJECTS) -> bytes:
    """The projects alone."""
    return book({"Projects": sheet(CERF_TITLES, rows)})


CBPF_GIVEN = {
    "PooledFundId": 61,
    "PooledFundName": "South Sudan",
    "PooledFundCodeAbbrv": "SSD19",
    "ContributionCode": "CBPF/61/2035/1",
    "FiscalYear": 2035,
    "DonorName": "Government of Northland",
    "CountryCode": "NO",
    "PledgeDate": "2035-01-03T00:00:00",
    "PledgeAmt": 371040.5,
    "PaidDate": "0001-01-01T00:00:00",
    "PaidAmt": 0.0,
}
CBPF_PROJECT = {
    "PooledFundName": "South Sudan",
    "PooledFundId": 61,
    "ChfId": 213,
    "ChfProjectCode": "SSD-35/SA1/H/NGO/213",
    "AllocationType": "2035 1st Standard Allocation",
    "AllocationYear": 2035,
    "OrganizationName": "International Organization for Migration",
    "ProjectTitle": "Sites, and their management",
    "ProjectStartDate": "2035-02-01T00:00:00",
    "ProjectEndDate": "2035-12-31T00:00:00",
    "Budget": 1535993.56,
    "ActualStartDate": None,
    "ActualEndDate": None,
    "ProjectStatus": "Under Implementation",
    "ApprovedDate": "2035-01-30T23:02:00",
}


def as_json(*records: dict[str, Any]) -> bytes:
    return json.dumps({"odata.metadata": "metadata#Records", "value": list(records)}, indent=2).encode()


def as_text(*records: dict[str, Any]) -> bytes:
    texts = [{name: "" if value is None else str(value) for name, value in one.items()} for one in records]
    return as_csv(list(records[0]), texts)


PROJECT_TITLES = [
    *("Project code", "Project title", "Recipient organisation", "Share %", "Approved budget", "Transferred"),
    *("Expenditure", "Delivery rate", "Start date", "End date", "Status"),
]
MEDIATORS, RADIO_FOR_PEACE = ("PBF/SSD/A-1", "Women mediators"), ("PBF/SSD/A-2", "Radio for peace")
LONG, SHORT = ("2034-03-01", "2035-09-30", "On-going"), ("2034-06-01", "2035-05-31", "On-going")
PROJECTS: list[list[object]] = [
    [*MEDIATORS, "UNDP", 60, 1_200_000, 840_000, 420_000, "50%", *LONG],
    [*MEDIATORS, "UN Women", 40, 800_000, 560_000, 300_000, 0.536, *LONG],
    [*RADIO_FOR_PEACE, "UNICEF", 100, 500_000, 350_000, 350_000, "100", *SHORT],
]
BUDGET_TITLES = ["Kind", "Budget line", "Budget period", "Allotment", "Obligations", "Expenditure"]


def budget(*rows: Sequence[object]) -> bytes:
    """The mission's budget: kind, line, period, allotment, obligations, expenditure."""
    return book({"Budget": [BUDGET_TITLES, *rows]})


BRIDGE, COURTS, RADIO = "Market bridge", "Mobile courts", "Community radio"
FIRST_PERIOD = [
    ["Programmatic funding", COURTS, "2033/34", 300_000, 300_000, 280_000],
    ["QIP", BRIDGE, "2033/34", 50_000, 35_000, 30_000],
]
SECOND_PERIOD = [
    ["Programmatic funding", COURTS, "2034/35", 400_000, 250_000, 100_000],
    ["QIP", RADIO, "2034/35", 50_000, 50_000, 0],
]
