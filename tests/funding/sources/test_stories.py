"""People bring files of other sources, and read what they say beside FTS: over the local Slack."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from storage.funding.imports import FundingImport
from storage.funding.model import settings_to_change
from storage.funding.source_figures import SourceFigure
from tests.agencies.test_stories import ADMIN
from tests.funding import samples
from tests.funding.sources import source_samples as made
from tests.funding.test_import_stories import imported, message, upload
from tests.world import World


def test_an_officer_brings_cerfs_file_and_sees_what_it_gave_for_the_plan(world: World) -> None:
    imported(world, samples.as_csv(samples.PLAN_TITLES, [samples.plan_row(requirements="9000000")]), "plans.csv")
    upload(world, made.cerf_workbook(), "cerf.xlsx")
    asked = message(world, "Reading a file from FTS")
    assert "02_Contributions" in asked.text
    asked.choose("Sheet to read", "03_Projects")
    world.settle()
    preview = message(world, "Nothing is imported yet")
    for words in (
        "projects of a pooled fund · KEN, SSD · 2035 · as of 10 Feb 2035",
        "CERF 2035 SSD: US$0 → US$3,500,000.50",
        "CERF 2035 other countries: US$0 → US$900,000",
        "*Together:* US$0 → US$4,400,000.50",
        "it is never added to what FTS publishes",
    ):
        assert words in preview.text, words
    preview.press("Import")
    world.settle()
    person = world.person(ADMIN)
    pooled = person.runs("/funding pooled").text
    assert (
        "*CERF* 2035: US$3,500,000.50 approved for 2 projects here (of US$4,400,000.50 for 3 in all countries)"
        in pooled
    )
    assert "HSSD35*" in pooled
    assert "World Health Organization" in pooled
    plan = person.runs("/funding status HSSD35").text
    assert "Allocated by pooled funds: US$3,500,000.50 (CERF US$3,500,000.50)" in plan
    assert "US$3,500,000.50" not in plan.split("Allocated")[0]


def _go_to(world: World, day: int, month: int) -> None:
    world.jump_to(datetime(2035, month, day, 12, tzinfo=UTC))
    world.settle()


def test_a_mission_budget_is_followed_over_two_periods(world: World) -> None:
    with world.database() as session:
        assert not settings_to_change(session, world.mission_id).countries
    world.jump_to(datetime(2035, 3, 5, 9, tzinfo=UTC))
    upload(world, made.budget(*made.FIRST_PERIOD, *made.SECOND_PERIOD), "budget.xlsx")
    preview = message(world, "Nothing is imported yet")
    assert "Quick-impact projects 2034: US$0 → US$50,000 (+US$50,000) · obligated US$35,000" in preview.text
    assert (
        "The budget period is over, and money of it is not obligated. (1 time) – row 3: Market bridge: 15,000.00"
        in preview.text
    )
    preview.press("Import")
    world.settle()
    shown = world.person(ADMIN).runs("/funding budget").text
    assert "2034/35: US$300,000 of US$450,000 obligated (67%), US$100,000 spent, US$150,000 not obligated" in shown
    assert "The period ended on 30 Jun 2034 with US$15,000 not obligated." in shown
    _go_to(world, 18, 6)
    warned = message(world, "The period ends on 30 Jun 2035, and US$150,000 is not obligated.")
    assert "Mobile courts: US$150,000" in warned.text
    more = [[*made.SECOND_PERIOD[0][:3], 400_000, 380_000, 350_000], made.SECOND_PERIOD[1]]
    upload(world, made.budget(*more), "budget-june.xlsx")
    preview = message(world, "Nothing is imported yet")
    assert "New: *0* · changed: *1* · unchanged: *1* · refused: *0*" in preview.text
    preview.press("Import")
    world.settle()
    _go_to(world, 3, 7)
    message(world, "The period ended on 30 Jun 2035 with US$20,000 not obligated.")
    with world.database() as session:
        rows = session.scalars(select(SourceFigure).where(SourceFigure.is_current)).all()
        assert {(one.period, one.title) for one in rows} == {
            ("2033/34", made.COURTS),
            ("2033/34", made.BRIDGE),
            ("2034/35", made.COURTS),
            ("2034/35", made.RADIO),
        }
        assert len(session.scalars(select(FundingImport)).all()) == 2
