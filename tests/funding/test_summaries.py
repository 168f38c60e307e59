"""Summaries of the funding: planned, previewed, sent once with what changed and why, held, and files that follow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from storage.funding.summaries import FundingSummary
from tests.funding.published import add_flow, publish
from tests.funding.test_following import (
    CHIEF,
    fill_pledge,
    form_of,
    last_from,
    later,
    pressed,
    sent,
)
from tests.world import World, a_world

SRSG = "SRSG"


def planned(world: World) -> None:
    """Plan a summary of every plan, Wednesdays at eight, to the cabinet and its office."""
    form = pressed(form_of(world.person(CHIEF), "/funding schedule"), "New summary")
    refused = form.fill("Time zone", "Mars/Olympus").submit()
    assert refused is not None
    assert "no such time zone" in refused.errors["Time zone"]
    form.fill("Time zone", "Africa/Juba").uncheck("Days", "Monday").check("Days", "Wednesday")
    listed = sent(form.fill("Title", "Weekly funding"))
    assert "Wednesday at 08:00 (Africa/Juba)" in listed.text


def summaries_in(world: World, channel: str) -> list[str]:
    return [one.text for one in world.person(CHIEF).messages(in_=channel) if "Weekly funding" in one.text]


@pytest.fixture
def anywhere(database_url: str) -> Iterator[World]:
    """The mission with figures, on each kind of database."""
    with a_world(database_url) as world:
        world.set_up()
        with world.database() as session:
            publish(session, world.mission_id, world.now - timedelta(days=1))
        yield world
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def test_summaries_say_what_changed_and_why_once(anywhere: World) -> None:
    funded = anywhere
    chief = funded.person(CHIEF)
    form = pressed(form_of(chief, "/funding pledge", in_=funded.channel_id("cabinet")), "New pledge")
    fill_pledge(form, Donor="Secret donor").choose("Handling", "Confidential")
    sent(form.choose("Private channel", "cabinet"))
    sent(fill_pledge(pressed(form_of(chief, "/funding pledge"), "New pledge"), Donor="Donor open"))
    planned(funded)
    listed = pressed(form_of(chief, "/funding schedule"), "Preview")
    assert "preview is in our direct messages" in listed.text
    funded.settle()
    assert "first summary" in last_from(chief, "Preview, only for you").text
    assert summaries_in(funded, "#cabinet-office") == []

    later(funded, days=2)
    first = funded.person(SRSG).sees("This is the first summary", in_="#cabinet")
    assert "AFG 2035: US$2,200,000 received in all" in first.text
    (file,) = [one for one in first.thread if one.files]
    book = load_workbook(io.BytesIO(next(iter(file.files.values()))))
    assert book.sheetnames == ["Plans", "Clusters", "Flows", "Own figures", "Pledges", "Discrepancies"]
    everything = str([list(row) for sheet in book for row in sheet.values])
    assert "Donor open" in everything
    assert "Secret donor" not in everything

    with funded.database() as session:
        later_on = funded.now + timedelta(hours=1)
        add_flow(session, funded.mission_id, later_on, "9", "500000", src_organization="Donor <West>")
    later(funded, days=7)
    second = funded.person(SRSG).sees("+US$500,000 of funding", in_="#cabinet")
    assert "• Upper Valley Response Plan (2035): funding +US$500,000, now US$2,670,000" in second.text
    assert "• +US$500,000: Donor <West> → World Food Programme (new flow 9)" in second.text
    assert "Health, Health" not in second.text
    thread = "\n".join(one.text for one in second.thread)
    assert "Upper Valley Response Plan (2035), Health: funding +US$500,000, now US$1,500,000" in thread
    assert "1 pledge is due." not in second.text or "Donor open" in thread
    assert len(summaries_in(funded, "#cabinet-office")) == 2

    later(funded, days=7)
    third = funded.person(SRSG).sees("No change since the summary of 14 Mar 2035.", in_="#cabinet")
    assert "Why" not in third.text
    assert "1 pledge is due." in third.text
    assert "Donor open" in "\n".join(one.text for one in third.thread)
    assert "Secret donor" not in "\n".join(
        one.text for message in (first, second, third) for one in [message, *message.thread]
    )
    # After a standstill of weeks it comes once, not for every week that passed.
    funded.jump_to(funded.now + timedelta(days=30))
    funded.settle()
    assert len(summaries_in(funded, "#cabinet-office")) == 4


def test_sending_now_holding_and_resuming(funded: World) -> None:
    planned(funded)
    chief = funded.person(CHIEF)
    listed = form_of(chief, "/funding schedule")
    listed.press("Send now")
    listed = form_of(chief, "/funding schedule")
    listed.press("Send now")
    funded.settle()
    assert len(summaries_in(funded, "#cabinet-office")) == 1
    held = pressed(form_of(chief, "/funding schedule"), "Hold")
    assert "*Held.*" in held.text
    later(funded, days=9)
    assert len(summaries_in(funded, "#cabinet-office")) == 1
    pressed(form_of(chief, "/funding schedule"), "Resume")
    later(funded, days=7)
    assert len(summaries_in(funded, "#cabinet-office")) == 2
    with funded.product.database.reading() as session:
        sent_ones = session.scalars(select(FundingSummary).order_by(FundingSummary.id)).all()
    assert [one.by for one in sent_ones] == [funded.user_id(CHIEF), ""]
