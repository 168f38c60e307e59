"""What must hold whatever the files: order, repetition, sums, exactness, every layout alike."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from commands.funding.rules.clusters import GLOBAL_CLUSTERS, SHARED, one_cluster, split_list
from commands.funding.rules.imports.values import CellError, cents, half_up, number
from commands.funding.rules.rows import Figures
from storage.database import Database
from storage.funding.imports import ImportState
from storage.funding.model import Flow, Level
from storage.funding.totals import By, Scope, lower_median, plan_lines, requirements, sums, total
from tests.databases import sqlite_url
from tests.funding import samples
from tests.funding.importing import MISSION, run, undo
from tests.properties import examples

AMOUNTS = st.integers(0, 10**11).map(lambda value: f"{Decimal(value) / 100}")
FLOWS = st.lists(
    st.fixed_dictionaries(
        {
            "amountUSD": AMOUNTS,
            "status": st.sampled_from(["paid", "commitment", "pledge"]),
            "onBoundary": st.sampled_from(["single", "shared"]),
            "boundary": st.sampled_from(["incoming", "internal"]),
            "destPlanId": st.sampled_from(["", "1", "2"]),
            "srcOrganization": st.sampled_from(["Northland", "Southland", ""]),
            "destGlobalClusters": st.sampled_from(["", "Health", "Housing, Land and Property", "Health,Nutrition"]),
        }
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [samples.flow(number, row.pop("amountUSD"), **row) for number, row in enumerate(rows, start=1)])


def ours(flows: list[dict[str, str]]) -> Decimal:
    """The total, added up here by the rule."""
    counted = [
        Decimal(one["amountUSD"])
        for one in flows
        if one["boundary"] == "incoming" and one["onBoundary"] == "single" and one["status"] != "pledge"
    ]
    return sum(counted, Decimal(0))


@settings(max_examples=examples(8))
@given(FLOWS, st.randoms(use_true_random=False), st.integers(1, 11))
def test_order_and_repetition_change_no_total_and_every_grouping_adds_up(
    flows: list[dict[str, str]], chance: object, cut: int
) -> None:
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        shuffled = list(flows)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        # In two parts, in another order, then all of it twice more.
        for part in (shuffled[cut:], shuffled[:cut], flows, flows):
            if part:
                assert run(database, samples.flows_csv(part)).state == ImportState.DONE
        with database.reading() as session:
            whole = total(session, MISSION, Scope("SSD")).funding
            assert whole == ours(flows)
            for by in By:
                assert sum((one.funding for one in sums(session, MISSION, by)), Decimal(0)) == whole
            assert sum((line.flows.funding for line in plan_lines(session, MISSION)), Decimal(0)) == whole
        database.dispose()


def test_every_layout_of_the_same_figures_gives_the_same_rows(sqlite_database: Database) -> None:
    flows = samples.FLOWS
    titles = samples.FLOW_TITLES
    twisted = [*reversed(titles), "extra"]
    files = [
        samples.flows_csv(flows),
        samples.flows_csv(flows, tags=samples.HXL_TAGS),
        samples.as_csv(twisted, flows),
        samples.as_csv([title.upper() for title in titles], [{k.upper(): v for k, v in one.items()} for one in flows]),
        b"\xef\xbb\xbf" + samples.flows_csv(flows, delimiter=";"),
        samples.flows_csv(flows).decode().encode("utf-16"),
        samples.as_xlsx(titles, flows),
    ]
    for place, content in enumerate(files):
        kept = run(sqlite_database, content, name="flows.xlsx" if content.startswith(b"PK") else "flows.csv")
        assert kept.state == ImportState.DONE, kept.trouble
        if place:
            assert (kept.counts["new"], kept.counts["changed"]) == (0, 0), place


def test_plans_clusters_and_hapi_agree_and_their_sums_are_the_plan(database: Database) -> None:
    hapi = [
        {
            "location_code": one["countryCode"],
            "appeal_code": one["code"] or "Not specified",
            "appeal_name": one["name"],
            "requirements_usd": one["requirements"],
            "funding_usd": one["funding"],
            "reference_period_start": "2035-01-01",
            "reference_period_end": "2035-12-31",
        }
        for one in samples.PLANS
    ]
    # HAPI knows plans by their code; the file that has ids too gives the rows their name for good.
    run(database, samples.as_csv(samples.HAPI_TITLES, hapi))
    kept = run(database, samples.as_csv(samples.PLAN_TITLES, samples.PLANS))
    assert (kept.counts["new"], kept.counts["missing"]) in {(1, 1), (0, 0)}
    clusters = run(database, samples.as_csv(samples.CLUSTER_TITLES, samples.CLUSTERS))
    assert [one["kind"] for one in clusters.issues] == []
    with database.reading() as session:
        (plan,) = [line for line in plan_lines(session, MISSION, Scope("SSD", 2035)) if line.plan_key]
        rows = requirements(session, MISSION, Level.CLUSTER, Scope("SSD", 2035, plan.plan_key))
        assert sum((one.requirements or 0 for one in rows), Decimal(0)) == plan.requirement == 2_000_000
        assert sum((one.funding or 0 for one in rows), Decimal(0)) == plan.funding == 1_262_345
    wrong = [*samples.CLUSTERS[:-1], {**samples.CLUSTERS[-1], "funding": "1"}]
    warned = run(database, samples.as_csv(samples.CLUSTER_TITLES, wrong), save=False)
    assert [one["kind"] for one in warned.issues] == ["clusters_differ"]


def test_withdrawing_and_taking_back_on_each_database(database: Database) -> None:
    run(database, samples.flows_csv([*samples.FLOWS, *samples.INTERNAL]))
    before = money(database)
    kept = run(database, samples.flows_csv([samples.flow(101, 5), *samples.FLOWS[1:3]]), withdraw=True)
    assert (kept.counts["changed"], kept.counts["unchanged"], kept.counts["withdrawn"]) == (1, 2, 4)
    assert money(database) == {"incoming": 340_005, "internal": 500_000}
    undo(database, kept.id)
    assert money(database) == before == {"incoming": 1_352_345 + 75_000 + 60_000, "internal": 500_000}


def money(database: Database) -> dict[str, int]:
    """All money that holds, by boundary, whether it counts or not."""
    query = select(Flow.boundary, func.sum(Flow.amount_usd)).where(Flow.is_current, ~Flow.is_withdrawn)
    with database.reading() as session:
        return {boundary: int(amount) for boundary, amount in session.execute(query.group_by(Flow.boundary))}


def test_a_worker_that_dies_between_steps_goes_on_where_it_stood(sqlite_database: Database) -> None:
    from commands.funding.handlers.imports import files as imports_files  # noqa: PLC0415 - its memory is emptied here
    from commands.funding.handlers.imports import steps  # noqa: PLC0415 - its memory is emptied here

    flows = [samples.flow(number, number) for number in range(1, 21)]
    steps.STEP_ROWS, before = 6, steps.STEP_ROWS
    forgetful, opened = imports_files.reading_of, 0

    def forgets(*arguments: object) -> object:
        nonlocal opened
        opened += 1
        imports_files._open.clear()
        return forgetful(*arguments)  # type: ignore[arg-type]

    steps.reading_of = forgets  # type: ignore[assignment]
    try:
        kept = run(sqlite_database, samples.flows_csv(flows))
    finally:
        steps.STEP_ROWS, steps.reading_of = before, forgetful
    assert (opened, kept.rows_read, kept.counts["new"]) == (4, 20, 20)


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_coverage_never_loses_a_dollar(asked: Decimal, given_: Decimal) -> None:
    found = Figures("Health", required=asked, funded=given_)
    assert found.unmet is not None
    assert asked - given_ == found.unmet - found.surplus
    assert min(found.unmet, found.surplus) == 0
    assert (found.coverage is None) == (asked == 0)


def test_coverage_without_a_requirement_is_not_known_and_halves_go_up() -> None:
    assert Figures("Health", funded=Decimal(5)).coverage is None
    assert Figures("Health", required=Decimal(200), funded=Decimal(233)).coverage == 117
    assert Figures("Health", required=Decimal(1000), funded=Decimal(125)).coverage == 13
    assert half_up(Decimal("2.5")) == 3


@given(st.lists(st.sampled_from(GLOBAL_CLUSTERS), max_size=4, unique=True))
def test_lists_of_clusters_are_cut_where_names_end(names: list[str]) -> None:
    assert split_list(",".join(names)) == names
    assert one_cluster(",".join(names)) == ("" if not names else names[0] if len(names) == 1 else SHARED)


@given(st.integers(-(10**13), 10**13))
def test_amounts_survive_every_unambiguous_way_of_writing(value: int) -> None:
    plain = f"{Decimal(value) / 100:f}"
    assert cents(plain, typed=True)[0] == value
    assert cents(f"{Decimal(value) / 100:,.2f}")[0] == value
    swapped = f"{Decimal(value) / 100:,.2f}".replace(",", "\u00a0").replace(".", ",")
    if "\u00a0" in swapped:
        assert cents(swapped)[0] == value


@pytest.mark.parametrize(
    "text", ["", "1.234", "1,234", "1.23457E+11", "=A1", "USD 5", "5 %", "5k", "--5", "1.2.3", "9" * 15]
)
def test_amounts_that_could_mean_two_things_are_refused(text: str) -> None:
    with pytest.raises(CellError):
        cents(text)


def test_numbers_that_a_file_types_itself_are_taken_as_they_are() -> None:
    assert number("1.234", typed=True)[0] == Decimal("1.234")
    assert cents("1.5E+3", typed=True)[0] == 150_000
    assert cents("1.005", typed=True)[0] == 101


@given(st.lists(st.integers(-50, 400), min_size=1, max_size=30))
def test_the_median_is_the_lower_one_in_the_middle(values: list[int]) -> None:
    counted = [(value, len(list(group))) for value, group in itertools.groupby(sorted(values))]
    assert lower_median(counted) == sorted(values)[(len(values) - 1) // 2]
