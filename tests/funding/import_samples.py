"""Imports in every state, as messages and forms, ordinary and as large as they can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from commands.funding.rules.imports.answers import ANSWER, HAVE, Answer
from commands.funding.rules.imports.issues import ASKED_KEPT, EXAMPLES_KEPT, Issues, Kind
from commands.funding.rules.imports.withdrawing import NEWER_FILE, SEARCH
from commands.funding.views.imports.form import import_form, reading_form
from commands.funding.views.imports.history import imports_card
from commands.funding.views.imports.message import SHEETS_ASKED, import_card
from commands.funding.views.imports.questions import questions_form
from commands.kit.cards import Block, Card
from commands.kit.pages import page_at
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.newer import NEWEST_ROW
from tests.funding.view_samples import CHECKS, EVIL

AT = datetime(2035, 3, 5, 9, tzinfo=UTC)
PLANS = [
    {"country": "SSD", "year": 2035, "plan_key": "3501", "name": "Needs and response plan, 2035", "before": 126_234_500}
    | {"after": 136_734_500, "without_missing": 135_500_000, "asked_before": 0, "asked_after": 0},
    {"country": "SSD", "year": 2035, "plan_key": "", "name": "", "before": 9_000_000, "after": 9_000_000}
    | {"without_missing": 9_000_000, "asked_before": 0, "asked_after": 0},
]
ANSWERED = Answer(328, 156, 0, 72_559_129_900, 0, "https://api.example.org/fts/flow/custom-search?year=2035&page=2")
SCOPE = {"countries": ["SSD"], "boundaries": ["incoming"], "years": [2034, 2035], "no_year": False}


def an_import(state: ImportState, **values: Any) -> FundingImport:
    fixed = {
        "id": 7,
        "mission_id": "T1",
        "kind": ImportKind.FLOWS,
        "layout": "csv",
        "file_name": "fts_incoming_funding_ssd.csv",
        "file_hash": "",
        "file_size": 1,
        "state": state,
        "scope": SCOPE,
        "rows_read": 40_000,
        "rows_total": 100_000,
        "counts": {"new": 12, "changed": 3, "unchanged": 310, "missing": 3, "refused": 0},
        "totals": PLANS,
        "issues": [],
        "trouble": "",
        "as_of": date(2035, 3, 1),
        "created_by": "UFUND",
        "created_at": AT,
    }
    return FundingImport(**{**fixed, **values})


def issues(count: int = 2) -> list[dict[str, Any]]:
    found = Issues()
    found.add(Kind.AMBIGUOUS, 14, "amountUSD", "12.345")
    for row in range(count):
        found.add(Kind.RATE_OF_ONE, 20 + row, "exchangeRate", "1 EUR")
    return found.as_json()


def worst_issues() -> list[dict[str, Any]]:
    found = Issues()
    for kind in Kind:
        for row in range(EXAMPLES_KEPT + 5):
            found.add(kind, 1_000_000 + row, "a column with a long name & <tags>" * 3, "<&>" * 100)
    return found.as_json()


def preview(**values: Any) -> Card:
    return import_card(an_import(ImportState.READY, **values))


def with_refusals() -> Card:
    counts = {"new": 12, "changed": 3, "unchanged": 310, "missing": 3, "refused": 1}
    return preview(counts=counts, issues=issues())


def unknown_places() -> list[dict[str, Any]]:
    found = Issues()
    for row, place in enumerate(["", "Sahel & <region>", "", "AFG"]):
        kind, asked = (Kind.OTHER_COUNTRY, []) if place == "AFG" else (Kind.UNKNOWN_COUNTRY, [place])
        found.add(kind, row + 2, "destLocations", place, asked=asked)
    return found.as_json()


def open_columns() -> list[dict[str, Any]]:
    found = Issues.from_json(unknown_places())
    found.add(Kind.AMBIGUOUS, 7, "amountUSD", "12.345", asked=["amountUSD"])
    found.add(Kind.ODD_DATE, 8, "Flow date", "03/04/2035", asked=["Flow date"])
    return found.as_json()


def with_open_columns() -> Card:
    counts = {"new": 12, "changed": 3, "unchanged": 310, "missing": 0, "refused": 4, "others": 1}
    return preview(counts=counts, issues=open_columns())


def with_unknown_places() -> Card:
    counts = {"new": 12, "changed": 3, "unchanged": 310, "missing": 3, "refused": 3, "others": 1}
    return preview(counts=counts, issues=unknown_places())


def only_unknown_places() -> Card:
    return preview(counts={"refused": 3, "others": 1}, issues=unknown_places(), totals=[], scope={})


def done() -> Card:
    counts = {"new": 12, "changed": 3, "unchanged": 310, "missing": 3, "refused": 0, "withdrawn": 3}
    return import_card(an_import(ImportState.DONE, counts=counts, issues=issues(1)[1:]))


def reading() -> Card:
    return import_card(an_import(ImportState.READING, scope={}, counts={}, totals=[], as_of=None))


def sheet_question() -> Card:
    options = {SHEETS_ASKED: {"titles": ["2034 & before", "2035"], "hidden": ["2034 & before"]}}
    return import_card(an_import(ImportState.READING, scope={}, counts={}, totals=[], as_of=None, options=options))


def refused() -> Card:
    text = "The file ends in the middle of row 6001: it was cut off. Download it again."
    return import_card(an_import(ImportState.REFUSED, scope={}, counts={}, totals=[], trouble=text))


def history() -> Card:
    states = (ImportState.DONE, ImportState.UNDONE, ImportState.DISCARDED)
    found = [an_import(state, id=9 - place) for place, state in enumerate(states)]
    return imports_card(page_at(25, 1, 10).holding(found))


def worst() -> Card:
    plans = [{**PLANS[0], "name": "<Plan & plan>" * 40, "before": -(10**17), "after": 10**17} for _ in range(200)]
    return preview(file_name="<&>" * 70, totals=plans, issues=worst_issues(), counts={"missing": 10**6, "new": 10**6})


def worst_checks() -> Card:
    checks = [replace(one, name=EVIL * 50, why=one.why * 3).as_json() for one in CHECKS * 40]
    return import_card(an_import(ImportState.DONE, file_name="<&>" * 70, checks=checks, issues=worst_issues()))


MESSAGES: dict[str, Callable[[], Card]] = {
    "import_reading": reading,
    "import_sheets": sheet_question,
    "import_preview": preview,
    "import_preview_sheet": lambda: preview(
        options={"sheets": {"read": "Results & more", "unread": ["Meta data"], "hidden": ["Old"]}}
    ),
    "import_only_here": lambda: preview(
        counts={"new": 2, "only_here": 2, "changed": 0, "older": 1, "unchanged": 4, "missing": 0, "refused": 0},
        options={NEWER_FILE: "2035-03-04", NEWEST_ROW: "2035-03-01"},
    ),
    "import_older": lambda: preview(
        counts={"new": 1, "changed": 2, "older": 3, "unchanged": 4, "missing": 5, "refused": 0},
        options={NEWER_FILE: "2035-03-04"},
    ),
    "import_checked": lambda: import_card(an_import(ImportState.DONE, checks=[one.as_json() for one in CHECKS])),
    "import_part": lambda: preview(options={ANSWER: {**ANSWERED.as_json(), HAVE: 200}}),
    "import_preview_website": lambda: preview(
        layout="website", options={SEARCH: "Years: 2035; Filtered by: Destination Sector: Health & more"}
    ),
    "import_refused_rows": with_refusals,
    "import_unknown_places": with_unknown_places,
    "import_open_columns": with_open_columns,
    "import_only_unknown_places": only_unknown_places,
    "import_done": done,
    "import_refused": refused,
    "imports": history,
    "imports_none": lambda: imports_card(page_at(0, 0, 10)),
}
FORMS: dict[str, Callable[[], Block]] = {
    "import": lambda: import_form(["SSD"]),
    "import_first": lambda: import_form([]),
    "import_questions": lambda: questions_form(an_import(ImportState.READY, issues=open_columns()), ["SDN", "SSD"]),
    "import_reading": lambda: reading_form([an_import(ImportState.READING)]),
    "import_reading_three": lambda: reading_form([an_import(ImportState.READING)] * 3),
}
WORST_MESSAGES: dict[str, Callable[[], Card]] = {
    "import": worst,
    "import_checked": worst_checks,
    "imports": lambda: imports_card(
        page_at(500, 7, 10).holding([an_import(ImportState.DONE, file_name="<&>" * 70) for _ in range(10)])
    ),
}


def many_questions() -> Block:
    found = Issues()
    for row in range(ASKED_KEPT + 5):
        found.add(Kind.UNKNOWN_COUNTRY, row, "destLocations", "<&>" * 99, asked=[f"{row} {'<&>' * 99}"])
    return questions_form(an_import(ImportState.READY, file_name="<&>" * 70, issues=found.as_json()), ["SDN"] * 50)


WORST_FORMS: dict[str, Callable[[], Block]] = {"import_questions": many_questions}
