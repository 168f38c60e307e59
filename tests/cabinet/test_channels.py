"""The channel of a cabinet is made in steps: whatever dies or is refused in between, there is one, whole, and told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.outgoing import LeaseLostError, Outgoing
from storage.agencies import find_agency
from storage.channel_setups import ChannelSetup, SetupState
from storage.outbox import OutboxRow
from storage.people import Role
from tests.cabinet.test_series import SECRETARY, a_series, form_of, meetings, propose
from tests.databases import sqlite_url
from tests.world import World, a_world

KINDS = ("create", "topic", "purpose", "post", "pin", "bookmark", "canvas", "invite", "members")


def the_setup(world: World) -> ChannelSetup:
    with world.product.database.reading() as session:
        return session.scalars(select(ChannelSetup).order_by(ChannelSetup.id.desc())).first() or ChannelSetup()


def made_channels(world: World) -> list[dict[str, Any]]:
    """Every channel that the bot made, as Slack has them."""
    return [one for one in world.person(SECRETARY).channels() if str(one["name"]).startswith("weekly-cabinet")]


@pytest.fixture
def unchecked(tmp_path: Path) -> Iterator[World]:
    """A running mission whose Slack may refuse something: the test looks itself at what became of it."""
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        yield world
        world.settle()
        assert world.undelivered() == []


def die_once(monkeypatch: pytest.MonkeyPatch, kind: str, *, after: bool) -> list[str]:
    """Let the worker die at the first step of a kind, before Slack is asked or after it has done the work."""
    send, died = Outgoing.send, []

    def dies(self: Outgoing, row: OutboxRow) -> dict[str, Any]:
        step = str(row.subject).rpartition(":")[-1]
        if not died and str(row.subject).startswith(("setup:", "furnishing:")) and step.startswith(kind):
            died.append(step)
            if after:
                send(self, row)
            raise LeaseLostError
        return send(self, row)

    monkeypatch.setattr(Outgoing, "send", dies)
    return died


def is_whole(world: World, name: str = "weekly-cabinet") -> bool:
    """Whether there is exactly one channel with everything in it once."""
    texts = [message.text for message in world.person(SECRETARY).messages(in_=name)]
    return (
        the_setup(world).state == SetupState.READY
        and the_setup(world).troubles == {}
        and the_setup(world).canvas_id is not None
        and [one["name"] for one in made_channels(world)] == [name]
        and len([text for text in texts if text.startswith("Welcome to Weekly cabinet")]) == 1
        and len([text for text in texts if text.startswith("Agenda: Weekly cabinet")]) == 1
        and len([text for text in texts if "has joined the channel" in text]) == 10
    )


@pytest.mark.parametrize(("kind", "after"), [*((kind, True) for kind in KINDS), ("create", False), ("invite", False)])
def test_a_worker_that_dies_at_any_step_leaves_one_whole_channel(
    unchecked: World, monkeypatch: pytest.MonkeyPatch, kind: str, after: bool
) -> None:
    died = die_once(monkeypatch, kind, after=after)
    a_series(unchecked)
    assert died
    unchecked.pass_time(minutes=5)
    assert is_whole(unchecked)


def test_a_lost_answer_to_the_making_of_a_channel_leaves_one_whole_channel(unchecked: World) -> None:
    unchecked.workspace.fault("conversations.create", "cut_after")
    a_series(unchecked)
    unchecked.pass_time(minutes=5)
    assert is_whole(unchecked)


def test_slack_refuses_to_make_a_channel_and_trying_again_goes_on(unchecked: World) -> None:
    unchecked.workspace.fault("conversations.create", "error", error="restricted_action")
    a_series(unchecked)
    assert the_setup(unchecked).state == SetupState.BROKEN
    assert made_channels(unchecked) == []
    told = unchecked.person(SECRETARY).direct_message_from("Rapporteur", "could not be finished")
    assert "the workspace's rules forbid it" in told.text
    told.press("Try again")
    unchecked.pass_time(minutes=1)
    assert is_whole(unchecked)


def test_whom_slack_does_not_let_in_is_told_with_the_reason(unchecked: World) -> None:
    unchecked.workspace.fault("conversations.invite", "error", error="ura_max_channels", count=2)
    a_series(unchecked)
    setup = the_setup(unchecked)
    assert (setup.state, list(setup.refused.values())) == (SetupState.READY, ["ura_max_channels"])
    told = unchecked.person(SECRETARY).direct_message_from("Rapporteur", "is ready")
    assert "a guest of one channel cannot be in a second one" in told.text


def test_a_taken_name_gets_a_suffix_and_the_other_channel_is_left_alone(unchecked: World) -> None:
    slack = unchecked.product.slack
    other = str(slack.call("conversations.create", name="weekly-cabinet", is_private=True)["channel"]["id"])
    a_series(unchecked)
    setup = the_setup(unchecked)
    assert (setup.state, setup.channel_name) == (SetupState.READY, "weekly-cabinet-2")
    assert setup.channel_id != other
    assert (
        "The name `weekly-cabinet` was taken."
        in unchecked.person(SECRETARY).direct_message_from("Rapporteur", "is ready").text
    )


def test_without_canvases_the_agenda_is_the_pinned_message(unchecked: World) -> None:
    unchecked.workspace.fault(
        "conversations.canvases.create", "error", error="team_tier_cannot_create_channel_canvases"
    )
    a_series(unchecked)
    assert the_setup(unchecked).state == SetupState.READY
    told = unchecked.person(SECRETARY).direct_message_from("Rapporteur", "is ready")
    assert "Slack gave it no canvas; the agenda is the pinned message." in told.text


def test_a_channel_that_is_taken_away_is_told_and_can_be_made_anew(unchecked: World) -> None:
    a_series(unchecked)
    secretary, first = unchecked.person(SECRETARY), the_setup(unchecked).channel_id
    unchecked.product.slack.call("conversations.leave", channel=first)
    unchecked.settle()
    lost = secretary.direct_message_from("Rapporteur", "Somebody took me out of the channel of")
    lost.press("Make a new channel")
    unchecked.pass_time(minutes=1)
    setup = the_setup(unchecked)
    assert setup.state == SetupState.READY
    assert setup.channel_id != first
    assert meetings(unchecked)[0].channel_id == setup.channel_id


def test_who_joins_or_leaves_an_agency_comes_into_the_channel_or_goes_out(world: World) -> None:
    a_series(world)
    before = members(world)
    with world.database() as session:
        agency = find_agency(session, world.mission_id, "WFP")
        assert agency is not None
        alternate = next(one for one in agency.people if one.role == Role.ALTERNATE)
        alternate.user_id = world.user_id("Mission reader")
    world.pass_time(hours=4)
    assert members(world) - before == {world.user_id("Mission reader")}
    assert before - members(world) == {world.user_id("WFP alternate")}
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "The members of")
    assert "Invited: @Mission reader" in told.text
    assert "Taken out: @WFP alternate" in told.text


def members(world: World) -> set[str]:
    answer = world.product.slack.call("conversations.members", channel=the_setup(world).channel_id, limit=200)
    return set(answer["members"])


def test_a_confidential_item_is_neither_in_the_channel_nor_in_the_canvas(world: World) -> None:
    a_series(world)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet propose")
    form_of(secretary).choose("Agency that owns it", "WFP · World Food Programme")
    propose(secretary, "Source protection", owner="WFP head of agency", level="Confidential")
    secretary.runs("/cabinet agenda")
    form_of(secretary).choose("More: Source protection", "Put it on the agenda")
    world.pass_time(seconds=10)
    texts = [message.text for message in secretary.messages(in_="weekly-cabinet")]
    assert any("A Confidential item (10 min). Open the agenda to read it" in text for text in texts)
    assert not any("Source protection" in text for text in texts)
    with world.product.database.reading() as session:
        sent = [str(row.arguments) for row in session.scalars(select(OutboxRow)) if row.method == "channel.canvas"]
    assert "A Confidential item (10 min)" in sent[-1]
    assert not any("Source protection" in text for text in sent)
    reader = world.person("Humanitarian coordinator")
    reader.runs("/cabinet agenda")
    assert "Source protection" in form_of(reader).text
