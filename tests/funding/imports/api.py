"""Pages of FTS's API as it answers, made up for tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

LINK = "https://api.example.org/fts/flow/custom-search?countryISO3=SSD&year=2035&limit={limit}&page={page}"
NEEDS = {"type": "Plan", "id": "3501", "name": "Needs and response plan, 2035", "behavior": "single"}


def api_flow(fts_id: int, amount: int, **columns: Any) -> dict[str, Any]:
    """A flow as the API gives it: incoming, single, paid, for South Sudan in 2035; what is given replaces that."""
    where = {"type": "Location", "id": "211", "name": columns.pop("location", "South Sudan")}
    year = {"type": "UsageYear", "name": "2035"}
    plans = [columns.pop("plan", NEEDS)]
    fixed = {
        "id": str(fts_id),
        "amountUSD": amount,
        "status": "paid",
        "boundary": "incoming",
        "onBoundary": "single",
        "keywords": ["[brackets]", "]"],
        "createdAt": "2035-02-12T13:34:34.524Z",
        "updatedAt": "2035-02-13T13:34:34.524Z",
        "sourceObjects": [{"type": "Organization", "name": "Northland", "organizationTypes": ["Government"]}],
        "destinationObjects": [where, year, *(one for one in plans if one)],
    }
    return {**fixed, **columns}


def api_pages(flows: Sequence[dict[str, Any]], size: int) -> list[bytes]:
    """An answer in pages of so many flows: each says how many there are in all, all but the last where the next is."""

    def counted(boundary: str, *statuses: str) -> list[int]:
        some = [one for one in flows if one["boundary"] == boundary and one["onBoundary"] == "single"]
        return [one["amountUSD"] for one in some if one["status"] in statuses]

    def of(boundary: str) -> int:
        return sum(one["boundary"] == boundary for one in flows)

    said = {
        "incoming": {
            "flowCount": of("incoming"),
            "fundingTotal": sum(counted("incoming", "paid", "commitment")),
            "pledgeTotal": sum(counted("incoming", "pledge")),
        },
        "outgoing": {"flowCount": of("outgoing"), "fundingTotal": 0, "pledgeTotal": 0},
        "internal": {"flowCount": of("internal")},
    }
    starts = range(0, len(flows), size)
    pages = []
    for number, start in enumerate(starts, start=1):
        meta = {"language": "en", "count": len(flows)}
        if number < len(starts):
            meta["nextLink"] = LINK.format(limit=size, page=number + 1)
        page = {"status": "ok", "data": {**said, "flows": flows[start : start + size]}, "meta": meta}
        pages.append(json.dumps(page).encode())
    return pages
