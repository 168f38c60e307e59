"""Pages of flows of FTS's API (custom-search) as rows of a flows file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from commands.funding.rules.imports.columns import FLOW_COLUMNS
from commands.funding.rules.territories import country_code
from commands.kit.tables import Header
from commands.kit.tables.grid import Cells, NumberedRow
from commands.kit.tables.json_arrays import array_elements

FLOWS_KEY = "flows"
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


def flow_rows(path: Path) -> Iterator[NumberedRow]:
    """The flows of a page as rows of a flows file, numbered from 1. Raises BrokenJsonError."""
    for number, flow in enumerate(array_elements(path, FLOWS_KEY), start=1):
        yield number, flow_cells(flow if isinstance(flow, dict) else {})


def flow_cells(flow: dict[str, Any]) -> Cells:
    """One flow as cells in the order of the columns of a flows file."""
    cells = {name: text_of(flow.get(name)) for name in _PLAIN}
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
    names = _texts([one.get("name") for one in by_type.get("Location", [])])
    places = [country_code(name) or name for name in names]
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
    return [text_of(one) for one in value if one is not None] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """A value of JSON as a cell: numbers without an exponent, nothing for what is no text."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
