"""Which year is looked at where nobody chose one, and how old what is shown is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.funding.handlers.picture import read_picture
from commands.funding.handlers.staleness import stopped_donors
from commands.funding.rules.rows import Age, Figures, PlanPicture
from commands.funding.rules.years import present_first, present_plans, present_year
from commands.funding.views.picture import age_text
from commands.kit.words import speaking
from commands.kit.work import Work
from storage.database import Database
from storage.missions import get_mission
from tests.funding import samples
from tests.funding.importing import MISSION, NOW, run


def test_this_year_comes_first_then_those_to_come_then_those_that_passed() -> None:
    years = [None, 2008, 2036, 2034, 2035, 2037]
    ordered = [2035, 2036, 2037, 2034, 2008, None]
    assert sorted(years, key=lambda year: present_first(year, 2035)) == ordered


@pytest.mark.parametrize(
    ("years", "present"),
    [([2008, 2035, 2036], 2035), ([2008, 2034, 2036], 2034), ([2037, 2036], 2036), ([], None)],
)
def test_the_present_year_is_this_one_or_the_nearest(years: list[int], present: int | None) -> None:
    assert present_year(years, 2035) == present


def test_gaps_are_looked_for_in_the_present_plans_of_each_country() -> None:
    keys = ["SSD:2008:1", "SSD:2035:2", "SSD:2036:3", "SDN:2033:4", "SDN:2034:5", "SDN:-:6"]
    plans = [PlanPicture(key, "", Figures(key)) for key in keys]
    assert [plan.key for plan in present_plans(plans, 2035)] == ["SSD:2035:2", "SDN:2034:5"]


def test_the_day_of_the_flows_is_shown_beside_that_of_what_is_published() -> None:
    age = Age(date(2035, 3, 5), None, 12, date(2035, 2, 13))
    with speaking("en"):
        assert age_text(age).startswith("as of 5 Mar 2035 · 12 flows, as of 13 Feb 2035 · ")
        assert age_text(replace(age, flows_as_of=age.as_of)).startswith("as of 5 Mar 2035 · 12 flows · ")
        assert age_text(replace(age, flows=0)).startswith("as of 5 Mar 2035 · 0 flows · ")


def test_the_picture_begins_with_this_year_whatever_other_years_are_on_record(sqlite_database: Database) -> None:
    old = samples.plan_row(id="77", code="FSSD08", name="Flash appeal 2008", year="2008", requirements="99000000")
    coming = samples.plan_row(id="3601", code="HSSD36", name="Plan for 2036", year="2036", requirements="5", funding="")
    run(sqlite_database, samples.as_csv(samples.PLAN_TITLES, [old, coming, samples.plan_row()]))
    next_year = {"destUsageYearStart": "2036", "destUsageYearEnd": "2036"}
    no_plan = dict.fromkeys(samples.NEEDS, "")
    before = {"destUsageYearStart": "2034", "destUsageYearEnd": "2034"}
    flows = [
        samples.flow(1, 700),
        samples.flow(2, 5, **next_year, **no_plan, srcOrganization="Southland"),
        samples.flow(3, 40, **before, **no_plan, srcOrganization="Westland"),
    ]
    run(sqlite_database, samples.flows_csv(flows))
    with sqlite_database.reading() as session:
        work = Work(session, get_mission(session, MISSION), NOW)
        picture = read_picture(work)
        assert [plan.code for plan in picture.plans] == ["HSSD35", "HSSD36", "FSSD08"]
        assert [one.name for one in picture.countries] == ["SSD 2035"]
        assert (picture.age.as_of, picture.age.flows_as_of) == (NOW.date(), date(2035, 2, 13))
        assert [(one.name, one.year) for one in stopped_donors(work, None)] == [("Westland", 2034)]
        long_after = Work(session, get_mission(session, MISSION), datetime(2037, 1, 5, tzinfo=UTC))
        assert [one.name for one in read_picture(long_after).countries] == ["SSD 2036"]
