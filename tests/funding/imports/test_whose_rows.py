"""Which rows of a file reach the totals: those of the mission's countries alone, in whatever order files come."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from storage.database import Database
from storage.funding.imports import FundingImport, FundingPart, ImportState
from storage.funding.model import Flow, Level
from storage.funding.totals import Scope, requirements, total
from tests.databases import sqlite_url
from tests.funding import samples
from tests.funding.importing import MISSION, run
from tests.funding.test_import_stories import funding, message, upload
from tests.properties import examples
from tests.world import World

OURS = {"SSD", "South Sudan", "ssd", "Soudan du Sud"}
PLACES = st.sampled_from([*OURS, "SDN", "Ethiopia", "eth", "Global", "", "Upper Nile", "SSD,SDN", "SSD;Upper Nile"])
PLAN_OF_OTHERS = samples.plan_row(countryCode="SDN", id="3601", code="HSDN35", requirements="5000000", funding="400")


def money(database: Database) -> Decimal:
    with database.reading() as session:
        return total(session, MISSION).funding


def counted(kept: FundingImport, kind: str) -> int:
    return next((one["count"] for one in kept.issues if one["kind"] == kind), 0)


@settings(max_examples=examples(6))
@given(st.lists(st.tuples(PLACES, st.integers(1, 10**9)), min_size=1, max_size=12))
def test_no_row_of_an_unknown_or_another_country_ever_counts(rows: list[tuple[str, int]]) -> None:
    flows = [samples.flow(number, amount, destLocations=place) for number, (place, amount) in enumerate(rows, start=1)]
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        run(database, samples.flows_csv(flows))
        assert money(database) == sum(amount for place, amount in rows if place in OURS)
        database.dispose()


FILES = (
    samples.flows_csv([samples.flow(1, 700), samples.flow(2, 50, destLocations="SDN"), samples.flow(9, 5)]),
    samples.flows_csv([samples.flow(3, 40, destLocations="SDN,SSD"), samples.flow(4, 3, destLocations="Sudan")]),
    samples.flows_csv([samples.flow(5, 1_000, destLocations=""), samples.flow(9, 5)]),
    samples.as_csv(samples.PLAN_TITLES, [*samples.PLANS, PLAN_OF_OTHERS]),
)


def test_the_order_of_files_never_changes_a_total() -> None:
    found = set()
    for files in (FILES, FILES[::-1], FILES[2:] + FILES[:2]):
        with TemporaryDirectory() as folder:
            database = Database(sqlite_url(Path(folder)))
            for content in files:
                run(database, content, countries=("SDN", "SSD"))
            with database.reading() as session:
                by_country = tuple(total(session, MISSION, Scope(one)).funding for one in ("SSD", "SDN"))
                asked = sum(one.requirements or 0 for one in requirements(session, MISSION, Level.PLAN))
            found.add((*by_country, asked))
            database.dispose()
    assert found == {(705, 53, 7_000_000)}


def test_rows_of_others_hinder_no_withdrawal_and_are_not_warned_about(database: Database) -> None:
    odd = samples.plan_row(countryCode="SDN", id="9", requirements="-5", startDate="soon", percentFunded="n/a")
    run(database, samples.as_csv(samples.PLAN_TITLES, [*samples.PLANS, PLAN_OF_OTHERS, odd]))
    kept = run(database, samples.as_csv(samples.PLAN_TITLES, [samples.PLANS[0], PLAN_OF_OTHERS, odd]), withdraw=True)
    assert (kept.counts["refused"], kept.counts["others"], kept.counts["withdrawn"]) == (0, 2, 1)
    assert [one["kind"] for one in kept.issues] == ["other_country"]
    with database.reading() as session:
        assert [int(one.funding or 0) for one in requirements(session, MISSION, Level.PLAN)] == [1_262_345]


def test_a_file_without_a_country_column_changes_nothing_until_somebody_says_whose_it_is(database: Database) -> None:
    bare = [name for name in samples.PLAN_TITLES if name != "countryCode"]
    run(database, samples.as_csv(samples.PLAN_TITLES, samples.PLANS))
    others = [samples.plan_row(funding="-67357547", requirements="1")]
    kept = run(database, samples.as_csv(bare, others), save=False)
    assert (kept.state, counted(kept, "unknown_country")) == (ImportState.READY, 1)
    assert {name: kept.counts[name] for name in ("new", "changed", "unchanged", "refused")} == {
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }
    said = run(database, samples.as_csv(bare, samples.PLANS), said={"places": {"": "SSD"}})
    assert (said.state, said.counts["unchanged"]) == (ImportState.DONE, 2)


def test_a_file_all_of_others_is_refused_at_its_end_with_their_names(sqlite_database: Database) -> None:
    kept = run(sqlite_database, samples.as_csv(samples.PLAN_TITLES, [PLAN_OF_OTHERS]))
    assert (kept.state, kept.counts) == (ImportState.REFUSED, {})
    assert "about SDN; the mission's funding is about SSD" in kept.trouble


def test_somebody_says_which_country_is_meant_and_it_is_remembered(world: World) -> None:
    flows = [
        samples.flow(1, 700),
        samples.flow(2, 50, destLocations="Upper Nile"),
        samples.flow(3, 9, destLocations=""),
        samples.flow(4, 2, destLocations="Ethiopia"),
        samples.flow(5, 1, destLocations="Sahel"),
    ]
    upload(world, samples.flows_csv(flows), Country="South Sudan")
    preview = message(world, "Nothing is imported yet")
    assert "New: *1* · changed: *0* · unchanged: *0* · refused: *3*" in preview.text
    assert "Not ours: 1 row of other countries, left out." in preview.text
    assert "whose these rows are:* no country (1 row), “Sahel” (1 row), “Upper Nile” (1 row)" in preview.text
    form = preview.press("Say what is meant")
    assert form is not None
    form.choose("“Upper Nile” (1 row)", "SSD").choose("“Sahel” (1 row)", "None of the mission's countries").submit()
    world.settle()
    preview = message(world, "Nothing is imported yet")
    assert "New: *2* · changed: *0* · unchanged: *0* · refused: *1*" in preview.text
    assert "Not ours: 2 rows of other countries, left out." in preview.text
    preview.press("Import")
    world.settle()
    assert funding(world) == 750
    assert "Say what is meant" not in message(world, "Imported").buttons
    with world.database() as session:
        assert session.scalar(select(func.count()).select_from(FundingPart)) == 0
    upload(world, samples.flows_csv([samples.flow(6, 30, destLocations="upper nile")]), "second.csv")
    message(world, "Nothing is imported yet").press("Import and keep what is missing")
    world.settle()
    assert funding(world) == 780


FRENCH = [
    samples.flow(1, "12.345", date="03/04/2035", originalAmount="11.234", originalCurrency="eur", exchangeRate="0,91"),
    samples.flow(2, "259,00", date="31/01/2035", originalAmount="0,00"),
    samples.flow(3, "1,5E+06", date="02/03/2035"),
]


def test_a_french_file_is_read_by_its_columns_and_asked_about_where_nothing_settles_one(
    sqlite_database: Database,
) -> None:
    kept = run(sqlite_database, samples.flows_csv(FRENCH, delimiter=";"))
    assert (kept.counts["refused"], money(sqlite_database)) == (0, 12_345 + 259 + 1_500_000)
    with sqlite_database.reading() as session:
        rows = session.scalars(select(Flow).where(Flow.is_current).order_by(Flow.fts_id)).all()
    assert [one.flow_date.isoformat() for one in rows if one.flow_date] == ["2035-04-03", "2035-01-31", "2035-03-02"]
    assert (rows[0].original_amount, rows[0].original_currency, rows[0].exchange_rate) == (
        11_234,
        "EUR",
        Decimal("0.91"),
    )
    open_ended = samples.flows_csv([samples.flow(4, "12.345")])
    asked = run(sqlite_database, open_ended, save=False)
    assert (asked.state, counted(asked, "ambiguous")) == (ImportState.READY, 1)
    run(sqlite_database, open_ended, said={"marks": {"amountUSD": "."}})
    assert money(sqlite_database) == 12_345 + 259 + 1_500_000 + Decimal("12.35")
