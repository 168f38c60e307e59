"""The mission's own figures: what is entered, what a project owes and when, what may follow; and figures as rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules import exporting
from commands.funding.rules.access import Act, Thing, may
from commands.funding.rules.charting import pieces
from commands.funding.rules.exporting import at_most, flow_titles, hxl_tags, trimmed, with_tags
from commands.funding.rules.own import discrepancies, pledges
from commands.funding.rules.own.deadlines import (
    Deadline,
    Due,
    LineWarning,
    ceiling_of,
    deadlines_of,
    plus_months,
    warnings_of,
)
from commands.funding.rules.own.entry import (
    FigureEntry,
    Mistakes,
    Money,
    check_filled,
    check_next,
    check_span,
    read_money,
)
from commands.funding.rules.plan_keys import key_of, scope_of
from commands.funding.rules.rows import Age, Figures, Picture, PlanPicture, largest_unmet, lowest_coverage, shares
from commands.funding.rules.sending import next_slots, slot_at
from commands.funding.rules.typed import read_amount, read_rate
from commands.kit.handling import CLEARED_ROLES
from commands.kit.permission import Who
from commands.kit.refused import Refused, RefusedFields
from commands.kit.tables import CellValue
from storage.funding.discrepancies import DiscrepancyState, FundingDiscrepancy
from storage.funding.lines import FundingLine
from storage.funding.model import Flow, PlanRequirement
from storage.funding.pledges import FundingPledge, PledgeState
from storage.funding.totals import ALL, Scope
from storage.people import MISSION_ROLES, Person
from tests.properties import examples

TODAY = date(2035, 3, 5)
DAY = timedelta(days=1)


def money(**fields: Any) -> tuple[Money | None, Mistakes]:
    mistakes = Mistakes()
    return read_money(FigureEntry(**fields), TODAY, mistakes), mistakes


EUROS = {"amount": "1 000", "currency": "eur ", "rate": "0.8", "rate_source": "UN operational rate", "rate_day": TODAY}


# Entering money


def test_an_amount_is_converted_with_the_rate_that_is_written_down() -> None:
    found, mistakes = money(**EUROS)
    assert mistakes == {}
    assert found == Money(Decimal(1000), "EUR", Decimal("0.8"), TODAY, "UN operational rate", Decimal(1250))


def test_dollars_need_no_rate_and_take_no_other_than_one() -> None:
    found, mistakes = money(amount="5", currency="USD")
    assert mistakes == {}
    assert found is not None
    assert (found.usd, found.rate, found.rate_day) == (Decimal(5), Decimal(1), TODAY)
    assert money(amount="5", currency="USD", rate="1")[1] == {}
    found, mistakes = money(amount="5", currency="USD", rate="2")
    assert found is None
    assert mistakes.keys() == {"rate"}
    assert money(amount="5", currency="USD", rate="much")[1].keys() == {"rate"}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"currency": "XXX"}, {"currency"}),
        ({"currency": ""}, {"currency"}),
        ({"amount": ""}, {"amount"}),
        ({"amount": "10.5551"}, {"amount"}),
        ({"rate": ""}, {"rate"}),
        ({"rate": "0"}, {"rate"}),
        ({"rate_day": TODAY + DAY}, {"rate_day"}),
        ({"rate_source": ""}, {"rate_source"}),
        ({"amount": "x", "rate": "", "rate_source": ""}, {"amount", "rate", "rate_source"}),
    ],
)
def test_every_mistake_with_money_is_told_beside_its_field(change: dict[str, Any], fields: set[str]) -> None:
    found, mistakes = money(**{**EUROS, **change})
    assert found is None
    assert mistakes.keys() == fields


def test_a_currency_has_as_many_decimals_as_it_has() -> None:
    assert money(**{**EUROS, "currency": "UGX", "amount": "10.5"})[1].keys() == {"amount"}
    assert money(**{**EUROS, "currency": "UGX"})[1] == {}


def test_all_mistakes_are_refused_at_once_and_none_without_a_mistake() -> None:
    Mistakes().refuse()
    mistakes = Mistakes()
    check_filled({"donor": "", "title": "Mine action"}, mistakes)
    check_span(TODAY, TODAY - DAY, mistakes)
    with pytest.raises(RefusedFields) as no:
        mistakes.refuse()
    assert no.value.fields.keys() == {"donor", "ends"}


def test_a_span_may_be_of_one_day_or_without_an_end() -> None:
    mistakes = Mistakes()
    for starts, ends in ((TODAY, TODAY), (TODAY, None), (None, TODAY)):
        check_span(starts, ends, mistakes)
    assert mistakes == {}


@pytest.mark.parametrize(
    ("day", "required", "kept", "is_wrong"),
    [
        (TODAY, True, TODAY, False),
        (TODAY - DAY, True, TODAY - DAY, True),
        (None, True, None, True),
        (None, False, None, False),
        (TODAY + DAY, False, None, False),
    ],
)
def test_somebody_looks_again_today_or_later_where_that_is_needed(
    day: date | None, required: bool, kept: date | None, is_wrong: bool
) -> None:
    mistakes = Mistakes()
    assert check_next(day, TODAY, mistakes, required=required) == kept
    assert bool(mistakes) == is_wrong


@pytest.mark.parametrize(
    ("typed", "words"), [("1.5k", "Write a number"), ("0.00000000001", "at most 10"), ("12345678901", "at most 10")]
)
def test_a_rate_is_a_plain_number_with_at_most_ten_digits_on_either_side(typed: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_rate(typed, "rate")


def test_an_amount_may_be_nothing_only_where_that_means_something() -> None:
    assert read_amount("0", "ours", zero=True) == 0
    with pytest.raises(Refused, match="more than 0"):
        read_amount("0", "ours")


# What a project of the Peacebuilding Fund owes

LIMITS: Any = SimpleNamespace(
    irf_months=18,
    prf_months=36,
    extension_months=3,
    report_months=3,
    half_year="06-15",
    annual="11-15",
    irf_ceiling=Decimal(3_000_000),
    prf_ceiling=None,
    qip_ceiling=Decimal(50_000),
)


def project(**fields: Any) -> Any:
    plain = {
        "kind": "peacebuilding",
        "facility": "irf",
        "starts": date(2035, 6, 15),
        "ends": date(2036, 12, 15),
        "usd": Decimal(1),
    }
    return SimpleNamespace(**{**plain, **fields})


def test_a_project_reports_in_every_half_year_after_its_start_until_its_end() -> None:
    assert deadlines_of(project(), LIMITS) == [
        Deadline(Due.ANNUAL, date(2035, 11, 15)),
        Deadline(Due.HALF_YEAR, date(2036, 6, 15)),
        Deadline(Due.EXTENSION, date(2036, 9, 15)),
        Deadline(Due.ANNUAL, date(2036, 11, 15)),
        Deadline(Due.FINAL_REPORT, date(2037, 3, 15)),
    ]
    # A report that is due on the last day is owed, and so is none on the first.
    last = deadlines_of(project(ends=date(2036, 6, 15)), LIMITS)
    assert Deadline(Due.HALF_YEAR, date(2036, 6, 15)) in last
    assert [one.what for one in deadlines_of(project(starts=None), LIMITS)] == [Due.EXTENSION, Due.FINAL_REPORT]


def test_other_lines_and_projects_without_an_end_owe_nothing() -> None:
    assert deadlines_of(project(kind="trust_fund"), LIMITS) == []
    assert deadlines_of(project(ends=None), LIMITS) == []


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({}, []),
        ({"ends": date(2036, 12, 16)}, [LineWarning.TOO_LONG]),
        ({"facility": "prf", "ends": date(2038, 6, 15)}, []),
        ({"facility": "prf", "ends": date(2038, 6, 16)}, [LineWarning.TOO_LONG]),
        ({"facility": "", "ends": date(2050, 1, 1)}, []),
        ({"starts": None}, []),
        ({"ends": None}, [LineWarning.NO_END]),
        ({"kind": "trust_fund", "ends": None}, []),
        ({"kind": "trust_fund", "ends": date(2050, 1, 1)}, []),
        ({"usd": Decimal(3_000_000)}, []),
        ({"usd": Decimal(3_000_001)}, [LineWarning.ABOVE_CEILING]),
        ({"kind": "quick_impact", "facility": "", "usd": Decimal(50_001)}, [LineWarning.ABOVE_CEILING]),
        ({"kind": "quick_impact", "facility": "", "usd": Decimal(50_000)}, []),
    ],
)
def test_what_is_longer_or_larger_than_usual_is_pointed_out(
    fields: dict[str, Any], warnings: list[LineWarning]
) -> None:
    assert warnings_of(project(**fields), LIMITS) == warnings


def test_a_ceiling_is_that_of_the_kind_and_the_facility() -> None:
    assert ceiling_of(project(), LIMITS) == 3_000_000
    assert ceiling_of(project(facility="prf"), LIMITS) is None
    assert ceiling_of(project(facility=""), LIMITS) is None
    assert ceiling_of(project(kind="programmatic"), LIMITS) is None


def test_a_month_later_is_the_last_day_where_the_month_is_shorter() -> None:
    assert plus_months(date(2036, 1, 31), 1) == date(2036, 2, 29)
    assert plus_months(date(2035, 3, 31), -1) == date(2035, 2, 28)
    assert plus_months(date(2035, 12, 5), 1) == date(2036, 1, 5)
    assert plus_months(date(2035, 1, 5), -1) == date(2034, 12, 5)


# What may follow


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("announced", ["pledge", "commitment", "paid", "stalled", "lapsed"]),
        ("commitment", ["paid", "stalled", "lapsed", "pledge", "announced"]),
        ("paid", ["stalled", "lapsed", "commitment", "pledge", "announced"]),
        ("stalled", ["announced", "pledge", "commitment", "paid", "lapsed"]),
        ("lapsed", ["announced", "pledge", "commitment", "paid", "stalled"]),
    ],
)
def test_a_pledge_moves_ahead_aside_or_back_in_this_order(state: str, moves: list[str]) -> None:
    assert pledges.moves_from(PledgeState(state)) == moves


def test_a_pledge_waits_for_somebody_until_it_is_paid_or_lapsed() -> None:
    waiting = {state for state in PledgeState if pledges.needs_next_date(state)}
    assert waiting == {PledgeState.ANNOUNCED, PledgeState.PLEDGE, PledgeState.COMMITMENT, PledgeState.STALLED}
    assert pledges.NEXT == {
        PledgeState.ANNOUNCED: PledgeState.PLEDGE,
        PledgeState.PLEDGE: PledgeState.COMMITMENT,
        PledgeState.COMMITMENT: PledgeState.PAID,
    }


def test_a_move_to_a_standstill_to_an_end_or_back_is_explained() -> None:
    assert pledges.needs_reason(PledgeState.PLEDGE, PledgeState.STALLED)
    assert pledges.needs_reason(PledgeState.STALLED, PledgeState.LAPSED)
    assert pledges.needs_reason(PledgeState.LAPSED, PledgeState.PAID)
    assert not pledges.needs_reason(PledgeState.STALLED, PledgeState.PLEDGE)
    assert not pledges.needs_reason(PledgeState.ANNOUNCED, PledgeState.PAID)


@pytest.mark.parametrize(
    ("overdue", "open_state", "settled"),
    [(pledges.is_overdue, "stalled", "paid"), (discrepancies.is_overdue, "sent_on", "reflected")],
)
def test_what_is_open_is_overdue_from_the_day_on_which_somebody_wanted_to_look(
    overdue: Any, open_state: str, settled: str
) -> None:
    assert overdue(open_state, TODAY, TODAY)
    assert not overdue(open_state, TODAY + DAY, TODAY)
    assert not overdue(open_state, None, TODAY)
    assert not overdue(settled, TODAY - DAY, TODAY)


def test_a_rejected_discrepancy_can_be_sent_on_again_and_a_reflected_one_only_opened() -> None:
    state = DiscrepancyState
    assert set(discrepancies.MOVES[state.REJECTED]) == {state.SENT_ON, state.OPEN}
    assert discrepancies.MOVES[state.REFLECTED] == (state.OPEN,)
    explained = {after for after in state if discrepancies.needs_note(state.SENT_ON, after)}
    assert explained == {state.REJECTED, state.OPEN}
    assert {after for after in state if discrepancies.needs_next_date(after)} == {state.OPEN, state.SENT_ON}


# Names of plans, and when summaries are sent


@given(st.sampled_from(["AFG", "SSD"]), st.none() | st.integers(1990, 2090), st.text(max_size=20))
def test_a_plan_is_found_again_by_its_key(country: str, year: int | None, plan: str) -> None:
    line: Any = SimpleNamespace(country=country, year=year, plan_key=plan)
    assert scope_of(key_of(line)) == Scope(country, year, plan)
    assert scope_of(None) == ALL


def test_a_summary_that_is_sent_late_is_about_the_last_moment_its_plan_named() -> None:
    plan: Any = SimpleNamespace(weekdays=[0], at=time(8), zone="Africa/Juba")
    monday = datetime(2035, 3, 5, 6, tzinfo=UTC)
    assert slot_at(plan, monday) == monday
    assert slot_at(plan, monday - timedelta(seconds=1)) == monday - timedelta(days=7)
    assert slot_at(plan, monday + timedelta(days=6)) == monday
    nowhere: Any = SimpleNamespace(weekdays=[0], at=time(8), zone="Africa/Nowhere")
    assert next_slots(nowhere, monday) == []
    assert slot_at(nowhere, monday) == monday


# The picture and its files

HEALTH = Figures("Health", Decimal(400), Decimal(100), paid=Decimal(75), commitment=Decimal(25), key="h")
WATER = Figures("Water", Decimal(100), Decimal(90), key="w")
SHELTER = Figures("Shelter", Decimal(10), Decimal(30), key="s")
OTHER = Figures("", funded=Decimal("0.50"))


def test_the_largest_gaps_and_the_least_covered_rows_come_first_and_full_ones_not_at_all() -> None:
    rows = [OTHER, SHELTER, WATER, HEALTH]
    assert [one.name for one in largest_unmet(rows, 9)] == ["Health", "Water"]
    assert [one.name for one in lowest_coverage(rows, 9)] == ["Health", "Water"]
    assert largest_unmet(rows, 1) == lowest_coverage(rows, 1) == [HEALTH]
    small = Figures("Small", Decimal(8), Decimal(1))
    assert [one.name for one in largest_unmet([small, HEALTH], 9)] == ["Health", "Small"]
    assert [one.name for one in lowest_coverage([HEALTH, small], 9)] == ["Small", "Health"]


def test_paid_and_committed_are_shares_of_what_flows_tell() -> None:
    assert shares(HEALTH) == (Decimal(75), Decimal(25))
    assert shares(Figures("x", paid=Decimal(1), commitment=Decimal(199))) == (Decimal(1), Decimal(99))
    assert shares(WATER) is None


def test_plans_and_clusters_are_rows_that_leave_unknown_figures_empty() -> None:
    plan = PlanPicture("k", "C", Figures("Plan", Decimal(500), Decimal(190)), (HEALTH, OTHER), Age(TODAY))
    picture = Picture((plan,), unplanned=OTHER)
    half = Decimal("0.5")
    assert exporting.plan_rows(picture) == [
        ["Plan", 500, 190, 38, 310, 0, TODAY],
        ["Not specified", None, half, None, None, 0, None],
    ]
    assert exporting.cluster_rows(picture) == [
        ["Plan", "Health", 400, 100, 25, 300, 0, TODAY],
        ["Plan", "Not specified", None, half, None, None, 0, TODAY],
    ]
    assert len(exporting.plan_rows(Picture((plan,)))) == 1
    assert picture.plan("k") is plan
    assert picture.plan("other") is None


def test_amounts_lose_the_decimals_that_say_nothing() -> None:
    assert [str(trimmed(Decimal(text))) for text in ("100.00", "0.50", "12.345", "-3.0")] == [
        "100",
        "0.5",
        "12.345",
        "-3",
    ]


CONVERTED: dict[str, Any] = {
    "amount": Decimal("1000.50"), "currency": "EUR", "rate": Decimal("0.80"), "rate_day": TODAY,
    "rate_source": "UN", "usd": Decimal(1251),
}  # fmt: skip


def test_lines_pledges_and_discrepancies_are_rows_below_their_titles() -> None:
    line = FundingLine(kind="trust_fund", title="Mines", donor="North", status="paid", as_of=TODAY, source="Letter")
    pledge = FundingPledge(donor="East", purpose="Roads", state="pledge", announced_on=TODAY, flow_ref="F1")
    for row in (line, pledge):
        for name, value in CONVERTED.items():
            setattr(row, name, value)
    (cells,) = exporting.line_rows([line])
    found = dict(zip(exporting.LINE_TITLES, cells, strict=True))
    assert (found["Donor"], found["Amount"], found["Currency"], found["US$"]) == (
        "North",
        Decimal("1000.5"),
        "EUR",
        1251,
    )
    assert (found["As of"], found["Source"], found["Begins"]) == (TODAY, "Letter", None)
    (cells,) = exporting.pledge_rows([pledge])
    found = dict(zip(exporting.PLEDGE_TITLES, cells, strict=True))
    assert (found["For"], found["Rate (units for US$1)"], found["Flow in FTS"]) == ("Roads", Decimal("0.8"), "F1")
    difference = FundingDiscrepancy(label="Flow 7", theirs=None, ours=Decimal("5.00"), state="open", contact="C")
    (cells,) = exporting.difference_rows([difference])
    found = dict(zip(exporting.DIFFERENCE_TITLES, cells, strict=True))
    assert (found["Figure"], found["FTS (US$)"], found["Ours (US$)"], found["Contact"]) == ("Flow 7", None, 5, "C")


def test_withdrawn_flows_are_left_out_of_the_file() -> None:
    kept, gone = (Flow(fts_id=number, amount_usd=Decimal(5), is_withdrawn=number == "2") for number in ("1", "2"))
    rows = [dict(zip(flow_titles(), cells, strict=True)) for cells in exporting.flow_rows([kept, gone])]
    assert [(row["id"], row["amountUSD"]) for row in rows] == [("1", 5)]
    (cells,) = exporting.requirement_rows([PlanRequirement(country="SSD", year=2035, requirements=Decimal("7.00"))])
    assert (cells[0], cells[6], cells[9]) == ("SSD", 2035, 7)


def test_a_file_for_hxl_has_its_tags_below_the_titles() -> None:
    assert len(hxl_tags()) == len(flow_titles()) == 37
    assert list(with_tags([["a"], ["b"]], ["#x"])) == [["#x"], ["a"], ["b"]]


def test_a_workbook_that_cannot_hold_all_flows_says_so() -> None:
    rows: list[list[CellValue]] = [[number] for number in range(5)]
    assert list(at_most(rows, 5, "more")) == rows
    assert list(at_most(rows, 4, "more")) == [*rows[:4], [None, None, "more"]]


def test_what_nobody_funded_is_no_piece_of_a_chart() -> None:
    drawn = pieces([Figures("None"), Figures("Less", funded=Decimal("-1")), HEALTH, OTHER], "Others")
    assert [(one.name, one.funded) for one in drawn] == [("Health", Decimal(100)), ("", Decimal("0.50"))]


MET = datetime(2026, 3, 2, 9, tzinfo=UTC)
channels = st.sampled_from([None, "C1", "C2"])
people = st.builds(
    lambda flags, roles, waiting: Who(
        "U1",
        Person(**{"mission_id": "T1", "user_id": "U1", "name": "U1", "seen_at": MET, **flags}),
        roles,
        {},
        roles & waiting,
    ),
    st.sampled_from([{}, {"is_guest": True}, {"is_gone": True}, {"home_team": "T9"}]),
    st.frozensets(st.sampled_from(MISSION_ROLES), max_size=3),
    st.frozensets(st.sampled_from(MISSION_ROLES), max_size=3),
)


@given(
    who=people,
    place=channels,
    level=st.sampled_from(["unclassified", "confidential", "strictly_confidential"]),
    home=channels,
    act=st.sampled_from(Act),
)
@settings(max_examples=examples(400))
def test_what_is_confidential_is_there_in_its_channel_for_who_is_cleared(
    who: Who, place: str | None, level: str, home: str | None, act: Act
) -> None:
    thing = Thing(level, home)
    if may(who, place, thing, act):
        assert may(who, place, thing)
        assert not who.person.is_gone
        assert level != "strictly_confidential"
        if level == "confidential":
            assert home is not None
            assert place == home
            assert (who.roles - who.waiting) & CLEARED_ROLES
            assert not who.person.is_guest
            assert not who.person.is_outsider
