"""One plan's money as FTS's API groups it: by the plan's clusters, by global clusters, or by location.

The three show the same money, so each is kept as what it is and none is added to another. Each object says what it is:
those of requirements as `objectType`, those of funding as `type`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from commands.funding.rules.clusters import NOT_SPECIFIED, SHARED
from commands.funding.rules.imports.api_pages import header_of, text_of
from commands.funding.rules.imports.columns import CLUSTER_COLUMNS
from commands.funding.rules.opening import SHARED_LOCATIONS
from commands.funding.rules.territories import NO_SINGLE, country_code
from commands.kit.tables.grid import Cells, NumberedRow
from storage.funding.imports import ImportKind

LONGEST_GROUPING = 5_000_000
CLUSTER_HEADER = header_of(column.name for column in CLUSTER_COLUMNS)
KINDS = {
    "Cluster": ImportKind.CLUSTERS,
    "GlobalCluster": ImportKind.GLOBAL_CLUSTERS,
    "Location": ImportKind.LOCATIONS,
}


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """What a grouping does not say about its plan."""

    country: str
    plan_id: str
    name: str
    code: str
    year: int
    start: str = ""
    end: str = ""


def read_grouping(path: Path) -> dict[str, Any] | None:
    """The data of a grouping; None when the file is something else."""
    if path.stat().st_size > LONGEST_GROUPING:
        return None
    try:
        page = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except ValueError:
        return None
    data = page.get("data") if isinstance(page, dict) else None
    return data if isinstance(data, dict) and {"requirements", "report3"} & data.keys() else None


def grouped_by(data: dict[str, Any]) -> set[str]:
    """What the objects of a grouping say they are: one type, unless files were put together by hand."""
    types = {text_of(one.get("objectType")) for one in _asked(data)}
    types |= {text_of(one.get("type")) for one in _funded(data)} | {text_of(_totals(data).get("type"))}
    return types - {""}


def grouping_rows(data: dict[str, Any], plan: KnownPlan, kind: ImportKind) -> list[NumberedRow]:
    """A grouping as rows of a cluster file, with the money that several clusters or locations share as one row."""
    parts: dict[str, dict[str, str]] = {}
    for one in _asked(data):
        own = parts.setdefault(_name(one), {"clusterCode": _code(one, kind)})
        own["origRequirements"] = text_of(one.get("origRequirements"))
        own["requirements"] = text_of(one.get("revisedRequirements"))
    for one in _funded(data):
        own = parts.setdefault(_name(one), {"clusterCode": _code(one, kind)})
        own["funding"] = text_of(one.get("totalFunding"))
    if _totals(data).get("sharedFundingTotal"):
        shared = SHARED_LOCATIONS if kind is ImportKind.LOCATIONS else SHARED
        parts[shared] = {"funding": text_of(_totals(data)["sharedFundingTotal"])}
    return [(number, _cells(name, own, plan)) for number, (name, own) in enumerate(parts.items(), start=1)]


def _asked(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (data.get("requirements") or {}).get("objects") or []


def _totals(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        iter(((data.get("report3") or {}).get("fundingTotals") or {}).get("objects") or []), {}
    )
    return found


def _funded(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _totals(data).get("objectsBreakdown") or _totals(data).get("singleFundingObjects") or []


def _name(one: dict[str, Any]) -> str:
    return text_of(one.get("name")) or NOT_SPECIFIED


def _code(one: dict[str, Any], kind: ImportKind) -> str:
    """FTS's number of a cluster; of a country its three letters, which files of other origin have too."""
    if kind is not ImportKind.LOCATIONS:
        return text_of(one.get("id")).removesuffix("undefined")
    code = country_code(_name(one))
    return "" if code == NO_SINGLE else code


def _cells(name: str, own: dict[str, str], plan: KnownPlan) -> Cells:
    cells = {
        "countryCode": plan.country,
        "id": plan.plan_id,
        "name": plan.name,
        "code": plan.code,
        "startDate": plan.start,
        "endDate": plan.end,
        "year": str(plan.year),
        "cluster": name,
        **own,
    }
    return tuple(cells.get(title, "") for title in CLUSTER_HEADER.titles)
