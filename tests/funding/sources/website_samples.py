"""What a person downloads from FTS's website, made up for tests: its sheets, its headers, its ways of writing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tests.kit.tables.books import book

TITLES = [
    "Flow ID", "Flow status", "Flow date", "Decision date", "Amount (USD)", "Original amount", "Description",
    "Source Organization", "Source Organization type", "Source Emergency", "Source Location", "Source Project",
    "Source Usage year", "Source Plan", "Source Field cluster", "Source Sector", "Destination Organization",
    "Destination Usage year", "Destination Plan", "Destination Organization type", "Destination Emergency",
    "Destination Location", "Destination Project", "Destination Field cluster", "Destination Sector",
    "Linked parent ID", "Linked child ID", "New money", "Donor project code", "Modality", "Last updated", "Created",
    "Version ID", "Earmarking", "Budget year", "Contribution type", "Exchange rate", "Original currency",
    "Amount shared on boundary (USD)", "Flow type", "Reporting organization",
]  # fmt: skip
META = [
    ["", ""],
    ["Search terms", ""],
    ["Years", 2035],
    ["Filtered by", "Destination Location: South Sudan"],
    ["Date", "04/03/2035 07:13"],
    ["Source", "View this on Financial Tracking Service"],
    ["Flow count", 4],
]


def row(flow_id: int, amount: object, **columns: object) -> dict[str, object]:
    """A paid flow for South Sudan in 2035; a column is given by its title with `_` for blanks, in small letters."""
    fixed: dict[str, object] = {
        "Flow ID": flow_id,
        "Flow status": "Paid Contribution",
        "Flow date": "05/02/2035",
        "Decision date": "03/02/2035",
        "Amount (USD)": amount,
        "Original amount": 0,
        "Description": "Food for returnees",
        "Source Organization": "Northland, Government of",
        "Source Organization type": "Government: National government",
        "Source Usage year": 2035,
        "Destination Organization": "World Food Programme",
        "Destination Usage year": 2035,
        "Destination Plan": "Needs and response plan, 2035",
        "Destination Organization type": "UN agency",
        "Destination Location": "South Sudan",
        "Destination Sector": "Food Security",
        "Modality": "Traditional aid",
        "Last updated": "01/03/2035",
        "Created": "06/02/2035",
        "Contribution type": "financial",
        "Exchange rate": 0,
        "Amount shared on boundary (USD)": 0,
        "Flow type": "Standard",
    }
    titles = {title.lower().replace(" ", "_").replace("(", "").replace(")", ""): title for title in TITLES}
    return {**fixed, **{titles[name]: value for name, value in columns.items()}}


ROWS = [
    row(301, 1_000_000),
    row(302, 460_000, flow_status="Commitment", original_currency="European Euro", original_amount=414_000)
    | {"Exchange rate": 0.9},
    row(303, 75_000, flow_status="Pledge"),
    row(304, 0, amount_shared_on_boundary_usd=60_000, destination_location="South Sudan, Sudan"),
]


def cells(rows: Sequence[Mapping[str, object]]) -> list[list[object]]:
    return [TITLES, *([one.get(title, "") for title in TITLES] for one in rows)]


def workbook(rows: Sequence[Mapping[str, object]] = ROWS, direction: str = "Incoming") -> bytes:
    """The workbook: what was searched for on its first sheet, the flows on its second."""
    return book({"Meta data": META, f"Results - {direction}": cells(rows)})


def text_file(rows: Sequence[Mapping[str, object]] = ROWS) -> bytes:
    """The same flows as CSV, which does not say their direction."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(cells(rows))
    return text.getvalue().encode()
