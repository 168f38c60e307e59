"""Pages of FTS's API as rows of the files: flows of custom-search, and its grouping by cluster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from commands.funding.rules.clusters import NOT_SPECIFIED, SHARED
from commands.funding.rules.imports.columns import CLUSTER_COLUMNS, FLOW_COLUMNS
from commands.funding.rules.imports.values import alpha3_codes
from commands.kit.tables import Header
from commands.kit.tables.grid import Cells, NumberedRow
from commands.kit.tables.json_arrays import array_elements

FLOWS_KEY = "flows"
LONGEST_GROUPING = 5_000_000
# Names FTS writes otherwise than CLDR does.
OTHER_NAMES = {
    "bolivia, plurinational state of": "BOL",
    "central african republic": "CAF",
    "congo": "COG",
    "congo, the democratic republic of the": "COD",
    "democratic republic of the congo": "COD",
    "côte d'ivoire": "CIV",
    "iran, islamic republic of": "IRN",
    "korea, democratic people's republic of": "PRK",
    "korea, republic of": "KOR",
    "france": "FRA",
    "moldova, republic of": "MDA",
    "russian federation": "RUS",
    "united states of america": "USA",
    "kosovo": "XKX",
    "lao people's democratic republic": "LAO",
    "libyan arab jamahiriya": "LBY",
    "myanmar": "MMR",
    "occupied palestinian territory": "PSE",
    "syrian arab republic": "SYR",
    "tanzania, united republic of": "TZA",
    "turkey": "TUR",
    "türkiye": "TUR",
    "venezuela, bolivarian republic of": "VEN",
    "viet nam": "VNM",
}
# Where the parts of a flow stand in a file: the kind of object, its member, and the column without src or dest.
_PARTS = (
    ("Organization", "name", "Organization"),
    ("Plan", "name", "Plan"),
    ("Plan", "id", "PlanId"),
    ("Project", "name", "Project"),
    ("Project", "code", "ProjectCode"),
    ("Emergency", "name", "Emergency"),
)
_PLAIN = (
    "date",
    "budgetYear",
    "description",
    "amountUSD",
    "contributionType",
    "flowType",
    "method",
    "boundary",
    "onBoundary",
    "status",
    "firstReportedDate",
    "decisionDate",
    "originalAmount",
    "originalCurrency",
    "exchangeRate",
    "id",
    "refCode",
    "createdAt",
    "updatedAt",
)


def header_of(names: Iterable[str]) -> Header:
    """A header for rows that are made here: every column in its place, no row of its own."""
    titles = tuple(names)
    return Header(0, None, {title: place for place, title in enumerate(titles)}, titles)


FLOW_HEADER = header_of(column.name for column in FLOW_COLUMNS)
CLUSTER_HEADER = header_of(column.name for column in CLUSTER_COLUMNS)


def flow_rows(path: Path) -> Iterator[NumberedRow]:
    """The flows of a page as rows of a flows file, numbered from 1. Raises BrokenJsonError."""
    for number, flow in enumerate(array_elements(path, FLOWS_KEY), start=1):
        yield number, flow_cells(flow if isinstance(flow, dict) else {})


def flow_cells(flow: dict[str, Any]) -> Cells:
    """One flow as cells in the order of the columns of a flows file."""
    cells = {name: _text(flow.get(name)) for name in _PLAIN}
    cells["keywords"] = ",".join(_texts(flow.get("keywords")))
    for side, member in (("src", "sourceObjects"), ("dest", "destinationObjects")):
        cells |= _side(side, flow.get(member) or [])
    return tuple(cells.get(title, "").strip() for title in FLOW_HEADER.titles)


def _side(side: str, objects: list[dict[str, Any]]) -> dict[str, str]:
    by_type: dict[str, list[dict[str, Any]]] = {}
    for one in objects:
        by_type.setdefault(str(one.get("type")), []).append(one)
    cells = {f"{side}{column}": _one(by_type.get(kind, []), member) for kind, member, column in _PARTS}
    years = sorted(_texts([one.get("name") for one in by_type.get("UsageYear", [])]))
    places = [code_of(name) for name in _texts([one.get("name") for one in by_type.get("Location", [])])]
    return cells | {
        f"{side}OrganizationTypes": ",".join(_types(by_type.get("Organization", []))),
        f"{side}Locations": ",".join(sorted(set(places))),
        f"{side}GlobalClusters": ",".join(
            sorted(_texts([one.get("name") for one in by_type.get("GlobalCluster", [])]))
        ),
        f"{side}UsageYearStart": years[0] if years else "",
        f"{side}UsageYearEnd": years[-1] if years else "",
    }


def _one(objects: list[dict[str, Any]], member: str) -> str:
    values = list(dict.fromkeys(_texts([one.get(member) for one in objects])))
    return values[0] if len(values) == 1 else "Multiple" if values else ""


def _types(objects: list[dict[str, Any]]) -> list[str]:
    return sorted(kind for one in objects for kind in _texts(one.get("organizationTypes")))


def _texts(value: Any) -> list[str]:
    return [_text(one) for one in value if one is not None] if isinstance(value, list) else []


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    territories = Locale("en").territories
    named = {territories[two].casefold(): three for three, two in alpha3_codes().items() if two in territories}
    return named | OTHER_NAMES


def code_of(name: str) -> str:
    """The code of a country by its English name; the name itself where it is not known."""
    return _names().get(name.casefold(), name)


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """What a grouping by cluster does not say about its plan."""

    country: str
    plan_id: str
    name: str
    code: str
    year: int
    start: str = ""
    end: str = ""


def read_grouping(path: Path) -> dict[str, Any] | None:
    """The data of a grouping by cluster; None when the file is something else."""
    if path.stat().st_size > LONGEST_GROUPING:
        return None
    try:
        page = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except ValueError:
        return None
    data = page.get("data") if isinstance(page, dict) else None
    return data if isinstance(data, dict) and {"requirements", "report3"} & data.keys() else None


def grouping_rows(data: dict[str, Any], plan: KnownPlan) -> list[NumberedRow]:
    """A grouping by cluster as rows of a cluster file, with the money that several clusters share as one row."""
    clusters: dict[str, dict[str, str]] = {}
    for one in (data.get("requirements") or {}).get("objects") or []:
        own = clusters.setdefault(_text(one.get("name")), {"clusterCode": _text(one.get("id"))})
        own["origRequirements"] = _text(one.get("origRequirements"))
        own["requirements"] = _text(one.get("revisedRequirements"))
    totals: dict[str, Any] = next(
        iter(((data.get("report3") or {}).get("fundingTotals") or {}).get("objects") or []), {}
    )
    for one in totals.get("objectsBreakdown") or totals.get("singleFundingObjects") or []:
        own = clusters.setdefault(_text(one.get("name")), {"clusterCode": _text(one.get("id"))})
        own["funding"] = _text(one.get("totalFunding"))
    if totals.get("sharedFundingTotal"):
        clusters[SHARED] = {"funding": _text(totals["sharedFundingTotal"])}
    return [(number, _cluster_cells(name, own, plan)) for number, (name, own) in enumerate(clusters.items(), start=1)]


def _cluster_cells(name: str, own: dict[str, str], plan: KnownPlan) -> Cells:
    cells = {
        "countryCode": plan.country,
        "id": plan.plan_id,
        "name": plan.name,
        "code": plan.code,
        "startDate": plan.start,
        "endDate": plan.end,
        "year": str(plan.year),
        "cluster": name or NOT_SPECIFIED,
        **own,
    }
    return tuple(cells.get(title, "") for title in CLUSTER_HEADER.titles)
