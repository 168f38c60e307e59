"""Lists longer than a select or a message holds: whoever looks for the last one finds it, and every count is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.kit.cards import plain
from storage.agencies import Agency
from storage.funding.pledges import FundingPledge
from tests.cabinet.meetings import SECRETARY
from tests.databases import sqlite_url
from tests.funding.test_following import fill_pledge, form_of, pressed, sent
from tests.updates.rounds import a_round
from tests.updates.test_many_agencies import add_agencies
from tests.world import World, a_world

MANY = 130
LAST = f"NGO-{MANY - 1} · Organisation number {MANY - 1} for relief, recovery and development"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo's mission, set up."""
    with a_world(sqlite_url(tmp_path)) as one:
        one.set_up()
        yield one


def test_a_pledge_may_belong_to_the_last_of_many_agencies(world: World) -> None:
    add_agencies(world, MANY)
    form = fill_pledge(pressed(form_of(world.person("Chief of staff"), "/funding pledge"), "New pledge"))
    sent(form.choose("Agency", LAST))
    with world.database() as session:
        wanted = select(Agency.code).join(FundingPledge, FundingPledge.agency_id == Agency.id)
        assert session.scalars(wanted).all() == [f"NGO-{MANY - 1}"]


def test_the_actions_of_the_last_of_many_agencies_can_be_shown(world: World) -> None:
    add_agencies(world, MANY)
    form = form_of(world.person(SECRETARY), "/cabinet actions")
    form.choose("Whose", LAST)
    with world.database() as session:
        agency = session.scalars(select(Agency).where(Agency.code == f"NGO-{MANY - 1}")).one()
    assert form.value("Whose") == {"text": plain(LAST), "value": str(agency.id)}


def test_the_status_counts_every_running_round(world: World) -> None:
    for number in range(7):
        a_round(world, title=f"Flash {number}")
    told = world.person("Chief of staff").runs("/update status").text
    assert "7 rounds are running." in told
    assert "2 more." in told
