"""What a person downloads from FTS's own website: its columns, read as the rows of a file of flows.

The website writes names where HDX writes codes (countries, currencies), days as 28/09/2020 and no other way, and what
is shared with others as an amount. One sheet, `Results - Incoming`, holds the flows of one direction; another, `Meta
data`, what was searched for and when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from commands.funding.rules.imports.columns import FLOW_COLUMNS, Layout
from commands.funding.rules.imports.currencies import currency_code
from commands.funding.rules.territories import places_in
from commands.kit.tables import Column, Grid, Header
from commands.kit.tables.grid import Cells, NumberedRow
from storage.letters import folded

META_SHEET = "Meta data"
META_ROWS = 50
DIRECTIONS = ("incoming", "internal", "outgoing")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ ,].*)?")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_NO_TERMS = frozenset({"date", "source", "flow count", "search terms"})
_NOTHING = frozenset({"", "0", "0.0", "0.00"})


# The website's columns by those of a file of flows; a name with a blank is one that only the website has.
_TITLES = {
    "id": "Flow ID",
    "status": "Flow status",
    "date": "Flow date",
    "decisionDate": "Decision date",
    "amountUSD": "Amount (USD)",
    "shared amount": "Amount shared on boundary (USD)",
    "originalAmount": "Original amount",
    "description": "Description",
    "srcOrganization": "Source Organization",
    "srcOrganizationTypes": "Source Organization type",
    "srcLocations": "Source Location",
    "source years": "Source Usage year",
    "destOrganization": "Destination Organization",
    "destOrganizationTypes": "Destination Organization type",
    "destLocations": "Destination Location",
    "destination years": "Destination Usage year",
    "destPlan": "Destination Plan",
    "destPlanCode": "Destination Plan code",
    "destPlanId": "Destination Plan ID",
    "destEmergency": "Destination Emergency",
    "destProjectCode": "Destination Project",
    "destGlobalClusters": "Destination Sector",
    "method": "Modality",
    "updatedAt": "Last updated",
    "createdAt": "Created",
    "budgetYear": "Budget year",
    "contributionType": "Contribution type",
    "exchangeRate": "Exchange rate",
    "originalCurrency": "Original currency",
    "flowType": "Flow type",
    "refCode": "Donor project code",
    "keywords": "Keywords",
}
_REQUIRED = frozenset({"Flow ID", "Flow status", "Amount (USD)", "Amount shared on boundary (USD)", "Flow type"})
_NAMES = {title: name for name, title in _TITLES.items()}
WEBSITE = Layout("website", tuple(Column(title, (), required=title in _REQUIRED) for title in _NAMES))
_DAYS = ("date", "decisionDate", "updatedAt", "createdAt")
# Where a column of a file of flows is told by another one of the website's.
_TOLD_BY = {
    "srcUsageYearStart": "source years",
    "srcUsageYearEnd": "source years",
    "destUsageYearStart": "destination years",
    "destUsageYearEnd": "destination years",
    "onBoundary": "shared amount",
}


@dataclass(frozen=True, slots=True)
class Searched:
    """What the sheet `Meta data` says: when it was downloaded, and what was searched for, in the website's words."""

    day: date | None = None
    terms: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What was searched for, without the day and where the file came from."""
        told = (f"{name}: {text}" for name, text in self.terms.items() if folded(name) not in _NO_TERMS)
        return "; ".join(told)


def direction_of(sheet: str) -> str:
    """The direction of flows that the title of a sheet names; "" where it names none."""
    words = folded(sheet).split()
    return next((one for one in DIRECTIONS if one in words), "")


def as_flows(
    header: Header, rows: Callable[[], Iterator[NumberedRow]], grid: Grid
) -> tuple[Header, Callable[[], Iterator[NumberedRow]]]:
    """The file as one of flows: a header with the columns of FTS under the website's titles, and rows below it."""
    direction = direction_of(grid.sheet)
    width = len(header.titles) if grid.delimiter else 0
    places = {_NAMES[title]: place for title, place in header.places.items()}

    def flow_rows() -> Iterator[NumberedRow]:
        for number, cells in rows():
            # A row that was cut off stays too short, so that it is refused.
            is_short = len(cells) < width
            yield number, cells[: len(FLOW_COLUMNS) - 1] if is_short else _flow_cells(cells, places, direction)

    names = [column.name for column in FLOW_COLUMNS]
    titles = tuple(header.title(_TITLES.get(_TOLD_BY.get(name, name), "")) or name for name in names)
    return Header(header.row, None, {name: place for place, name in enumerate(names)}, titles), flow_rows


def _flow_cells(cells: Cells, places: Mapping[str, int], direction: str) -> Cells:
    found = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    get = found.get
    found["boundary"] = direction
    for name in _DAYS:
        found[name] = day_text(get(name, ""))
    for side, said in (("src", "source years"), ("dest", "destination years")):
        years = sorted(_YEAR.findall(get(said, "")))
        found[f"{side}UsageYearStart"], found[f"{side}UsageYearEnd"] = (years[0], years[-1]) if years else ("", "")
        found[f"{side}Locations"] = codes_of(get(f"{side}Locations", ""))
    found["originalCurrency"] = currency_code(get("originalCurrency", ""))
    for name in ("originalAmount", "exchangeRate"):
        # The website writes 0 where nobody said.
        found[name] = "" if get(name, "") in _NOTHING else get(name, "")
    shared = get("shared amount", "")
    found["onBoundary"] = "single" if shared in _NOTHING else "shared"
    if shared not in _NOTHING and get("amountUSD", "") in _NOTHING:
        found["amountUSD"] = shared
    return tuple(get(column.name, "") for column in FLOW_COLUMNS)


def day_text(text: str) -> str:
    """A day of the website (28/09/2020, day first) in ISO 8601; other texts as they are."""
    read = _day(text)
    return read.isoformat() if read else text


def _day(text: str) -> date | None:
    parts = _DAY.fullmatch(text)
    if parts is None:
        return None
    number, month, year = (int(part) for part in parts.groups())
    try:
        return date(year, month, number)
    except ValueError:
        return None


def codes_of(places: str) -> str:
    """The codes of the countries in a cell; the cell as it is where one of them is not known."""
    named = places_in(places)
    return places if named.unknown else ",".join(sorted(named.codes))


def searched(grid: Grid) -> Searched:
    """What the sheet `Meta data` says."""
    terms: dict[str, str] = {}
    for (_number, cells), _left in zip(grid, range(META_ROWS), strict=False):
        filled = [cell for cell in cells if cell]
        if len(filled) >= 2:
            terms[filled[0].rstrip(":")] = ", ".join(filled[1:])
    return Searched(_date_of(next((text for name, text in terms.items() if folded(name) == "date"), "")), terms)


def _date_of(text: str) -> date | None:
    try:
        return _day(text) or date.fromisoformat(text[:10])
    except ValueError:
        return None
