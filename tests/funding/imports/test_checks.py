"""What FTS says beside what the flows add up to, and why they differ: told only where it is so to the cent."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.handlers.picture import read_picture, read_plan
from commands.funding.rules.differences import Check, Known, Reason, Why, explain
from commands.funding.rules.imports.answers import ANSWER, Answer
from commands.funding.views.checks import check_line, check_lines, check_text
from commands.funding.views.imports.message import import_card
from commands.funding.views.papers import brief_of_all, brief_of_plan
from commands.funding.views.picture import overview_card, plan_card
from commands.kit.work import Work
from storage.database import Database
from storage.funding.allocations import Allocated
from storage.funding.imports import FundingImport
from storage.missions import get_mission
from tests.funding import samples
from tests.funding.importing import MISSION, NOW, run
from tests.funding.imports.api import api_flow, api_pages

FUND, CERF = "Upper Valley Humanitarian Fund", "Central Emergency Response Fund"


def inside(amount: int, organization: str = FUND, types: str = "Pooled fund", plan: str = "3501") -> Allocated:
    return Allocated("SSD", 2035, plan, types, organization, Decimal(amount))


def reasons(gap: int, known: Known, *, is_no_plan: bool = False) -> list[tuple[Reason, int, tuple[str, ...]]]:
    found = explain(Decimal(gap), known, is_no_plan=is_no_plan)
    return [(one.reason, int(one.amount), one.names) for one in found]


# Why


def test_a_gap_that_is_exactly_what_pooled_funds_allocated_is_told_so() -> None:
    known = Known([inside(70), inside(30, CERF), inside(5, "Relief", "NGO")], has_internal=True)
    assert reasons(100, known) == [(Reason.POOLED, 100, (FUND, CERF))]
    assert reasons(30, known) == [(Reason.POOLED, 30, (CERF,))]
    assert reasons(5, known) == [(Reason.INTERNAL, 5, ("NGO",))]
    assert reasons(105, known) == [(Reason.POOLED, 100, (FUND, CERF)), (Reason.INTERNAL, 5, ("NGO",))]
    # What was allocated to plans is no longer counted as money without one.
    assert reasons(-100, known, is_no_plan=True) == [(Reason.POOLED, -100, (FUND, CERF))]
    assert reasons(0, known) == []


def test_a_gap_that_agrees_with_nothing_is_not_guessed() -> None:
    days = {"published_on": date(2035, 3, 1), "flows_on": date(2035, 2, 13)}
    known = Known([inside(70), inside(29, "Relief", "NGO")], has_internal=True, **days)
    assert explain(Decimal(71), known) == (Why(Reason.DAYS, Decimal(0), (), "2035-03-01", "2035-02-13"),)
    assert reasons(71, Known(known.allocations, has_internal=True)) == [(Reason.UNKNOWN, 0, ())]
    assert reasons(71, Known(**days)) == [(Reason.NO_INTERNAL, 0, ())]
    # Two ways to make the same sum: neither is told.
    twice = Known([inside(40, "A", "NGO"), inside(10, "B", "UN agency"), inside(50, "C", "Other")], has_internal=True)
    assert reasons(50, twice) == [(Reason.INTERNAL, 50, ("Other",))]
    alike = Known([inside(40, "A", "NGO"), inside(40, "B", "UN agency")], has_internal=True)
    assert reasons(40, alike) == [(Reason.UNKNOWN, 0, ())]


def test_shared_money_and_other_years_explain_too() -> None:
    known = Known(shared=Decimal(12), other_years=Decimal(30), has_internal=True)
    assert reasons(12, known) == [(Reason.SHARED, 12, ())]
    assert reasons(42, known) == [(Reason.SHARED, 12, ()), (Reason.OTHER_YEARS, 30, ())]


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-50, 50), st.sampled_from(["Pooled fund", "NGO", "UN agency"])), max_size=6),
    st.integers(-90, 90),
    st.booleans(),
)
def test_what_is_explained_with_amounts_is_the_whole_gap(
    groups: list[tuple[int, str]], gap: int, is_no_plan: bool
) -> None:
    known = Known([inside(amount, f"Org {place}", kind) for place, (amount, kind) in enumerate(groups)])
    amounts = [one.amount for one in explain(Decimal(gap), known, is_no_plan=is_no_plan)]
    assert not any(amounts) or sum(amounts) == gap
    assert bool(amounts) == bool(gap)


def test_a_check_is_kept_to_the_cent() -> None:
    why = (
        Why(Reason.POOLED, Decimal("20017.05"), (FUND,)),
        Why(Reason.DAYS, Decimal(0), (), "2035-03-01", "2035-02-13"),
    )
    for check in (
        Check("SSD", 2035, "3501", "Needs", Decimal("564467765.10"), Decimal("564447748.05"), why),
        Check("SSD", None, None, "", Decimal(1), Decimal(1)),
    ):
        assert Check.from_json(json.loads(json.dumps(check.as_json()))) == check


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (
            Why(Reason.POOLED, Decimal(9), ("A", "B", "C", "D", "E")),
            "exactly what pooled funds (A, B, C, 2 others)",
        ),
        (
            Why(Reason.INTERNAL, Decimal(-9), ("NGO",)),
            "US$9 is exactly what moved inside the country (NGO)",
        ),
        (Why(Reason.SHARED, Decimal(9)), "exactly what flows share"),
        (Why(Reason.OTHER_YEARS, Decimal(9)), "in other years"),
        (Why(Reason.PART, Decimal(0), (), "2", "5"), "Of the 5 flows that FTS counts, 2 are imported."),
        (Why(Reason.NO_INTERNAL), "import the file of internal flows"),
        (Why(Reason.DAYS, Decimal(0), (), "2035-03-01", "2035-02-13"), "of 1 Mar 2035 and the flows of 13 Feb 2035"),
        (Why(Reason.UNKNOWN), "Nothing imported here explains it."),
    ],
)
def test_every_reason_has_its_words(why: Why, words: str) -> None:
    check = Check("SSD", None, "", "", Decimal(10), Decimal(1), (why,))
    assert words in check_text(check)
    assert check_line(check).startswith(
        "• SSD several years · Not specified: FTS says US$10; the flows add up to US$1, "
    )


def test_countries_and_differences_come_first_and_the_rest_is_counted() -> None:
    plans = [Check("SSD", 2035, str(one), f"Plan {one}", Decimal(one % 2), Decimal(0)) for one in range(4)]
    lines = check_lines([*plans, Check("SSD", 2035, None, "", Decimal(5), Decimal(5))], 2)
    assert [line.split(":")[0] for line in lines] == [
        "• SSD 2035",
        "• SSD 2035 · Plan 1",
        "3 more are checked, 1 differ",
    ]


# Through an import

INCOMING = [
    samples.flow(1, 1_000, updatedAt="2035-02-13"),
    samples.flow(2, 400, destPlan="", destPlanCode="", destPlanId=""),
]
FROM_FUND = {"srcOrganization": FUND, "srcOrganizationTypes": "Pooled fund", "srcLocations": "SSD"}
ALLOCATED = [samples.flow(9, 300, boundary="internal", **FROM_FUND)]
PUBLISHED = [
    samples.plan_row(funding=1_300, percentFunded=0),
    samples.plan_row(**samples.NO_PLAN, requirements="", funding=100, percentFunded=""),
]


def told(kept: FundingImport) -> list[str]:
    text = str(import_card(kept).blocks)
    assert "Checked against FTS" in text
    return [check_line(Check.from_json(one)) for one in kept.checks]


def test_each_import_says_what_fts_says_and_what_the_flows_add_up_to(database: Database) -> None:
    kept = run(database, samples.flows_csv(INCOMING))
    assert (kept.checks, "Nothing to check it against yet" in str(import_card(kept).blocks)) == ([], True)
    kept = run(database, samples.as_csv(samples.PLAN_TITLES, PUBLISHED))
    whole = "• SSD 2035: FTS says US$1,400; the flows add up to US$1,400."
    plan = (
        "• SSD 2035 · Needs and response plan, 2035: FTS says US$1,300; the flows add up to US$1,000, a difference of "
        "+US$300."
    )
    first, *others = told(kept)
    assert first == whole
    assert any(line.startswith(plan) and "import the file of internal flows" in line for line in others)
    kept = run(database, samples.flows_csv(ALLOCATED))
    assert told(kept)[0] == whole
    of_plan, of_none = (next(line for line in told(kept) if words in line) for words in ("Needs", "Not specified"))
    assert of_plan == (
        f"{plan} US$300 is exactly what pooled funds ({FUND}) allocated inside the country: FTS counts it for the "
        "plan it went to, and it is no new money."
    )
    assert "FTS says US$100; the flows add up to US$400, a difference of −US$300. US$300 is exactly what" in of_none
    with database.reading() as session:
        work = Work(session, get_mission(session, MISSION), NOW)
        picture, drawn = read_picture(work), read_plan(work, "SSD:2035:3501")
    assert drawn is not None
    for text in (str(plan_card(drawn, may_write=False).blocks), str(brief_of_plan(drawn, "now", b""))):
        assert of_plan.partition(": ")[2] in text
    for text in (str(overview_card(picture, [], may_write=False).blocks), str(brief_of_all(picture, "now", b""))):
        assert whole in text
        assert of_plan in text


def test_pages_are_checked_against_what_they_say_themselves(sqlite_database: Database) -> None:
    pages = api_pages([api_flow(1, 700), api_flow(2, 50), api_flow(3, 8, plan=None)], 2)
    said = {ANSWER: Answer(3, 0, 0, 75_800, 0).as_json()}
    part, whole = (run(sqlite_database, page, name="page.json", **said) for page in pages)
    assert "Of the 3 flows that FTS counts, 2 are imported." in told(part)[0]
    assert told(whole) == ["• SSD 2035: FTS says US$758; the flows add up to US$758."]
    (answer,) = api_pages([api_flow(1, 700), api_flow(2, 60)], 9)
    of_plan = run(sqlite_database, answer, name="page.json", **{ANSWER: Answer(2, 0, 0, 76_000, 0).as_json()})
    assert told(of_plan) == ["• SSD 2035 · Needs and response plan, 2035: FTS says US$760; the flows add up to US$760."]
