"""What people need of a channel comes first; what it can do without follows, and holds nothing back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from storage.channel_setups import ChannelSetup, SetupState
from storage.outbox import OutboxRow, State
from tests.cabinet.test_channels import is_whole, the_setup
from tests.cabinet.test_series import SECRETARY, a_series, form_of, propose
from tests.world import World, a_world

FOREVER = 100_000
FURNISHING = (
    "pins.add",
    "conversations.setTopic",
    "conversations.setPurpose",
    "bookmarks.add",
    "conversations.canvases.create",
)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A running mission on either database, whose Slack may fail for long."""
    with a_world(database_url) as world:
        world.set_up()
        yield world


def is_in_use(world: World) -> bool:
    """Whether people are in the channel, its messages are posted, and whoever asked for it knows."""
    texts = [message.text for message in world.person(SECRETARY).messages(in_="weekly-cabinet")]
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "is ready").text
    return (
        the_setup(world).state == SetupState.READY
        and len([text for text in texts if "has joined the channel" in text]) == 10
        and len([text for text in texts if text.startswith("Welcome to Weekly cabinet")]) == 1
        and len([text for text in texts if text.startswith("Agenda: Weekly cabinet")]) == 1
        and "with 10 members" in told
    )


@pytest.mark.parametrize("kind", ["500", "503"])
def test_a_canvas_that_never_comes_keeps_nobody_out(world: World, kind: str) -> None:
    world.workspace.fault("conversations.canvases.create", kind, count=FOREVER)
    a_series(world)
    assert is_in_use(world)
    world.pass_time(hours=8)
    assert is_in_use(world)
    assert the_setup(world).bookmarks


@pytest.mark.parametrize("method", FURNISHING)
def test_one_piece_that_slack_is_slow_to_take_holds_no_other_back(world: World, method: str) -> None:
    world.workspace.fault(method, "503", count=30)
    a_series(world)
    world.pass_time(seconds=10)
    assert is_in_use(world)
    missing = {row.method for row in waiting(world)}
    # A bookmark and a canvas are calls of ours that may take several of Slack's.
    ours = {"bookmarks.add": "channel.bookmark", "conversations.canvases.create": "channel.canvas"}
    assert missing == {ours.get(method, method)}


def waiting(world: World) -> list[OutboxRow]:
    with world.product.database.reading() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.state == State.PENDING)))


def test_a_canvas_that_comes_late_says_what_is_so_then(world: World) -> None:
    world.workspace.fault("conversations.canvases.create", "503", count=5)
    a_series(world)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet propose")
    form_of(secretary).choose("Agency that owns it", "WFP · World Food Programme")
    propose(secretary, "Fuel for the clinics", owner="WFP head of agency")
    secretary.runs("/cabinet agenda")
    form_of(secretary).choose("More: Fuel for the clinics", "Put it on the agenda")
    world.pass_time(hours=1)
    assert is_whole(world)
    with world.product.database.reading() as session:
        last = session.scalars(
            select(OutboxRow).where(OutboxRow.method == "channel.canvas").order_by(OutboxRow.id.desc())
        ).first()
    assert last is not None
    assert (last.state, "Fuel for the clinics" in str(last.arguments)) == (State.SENT, True)


def test_a_piece_that_fails_for_good_is_told_and_done_without(world: World) -> None:
    world.workspace.fault("conversations.setTopic", "error", error="restricted_action")
    a_series(world)
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "is ready")
    assert "Some of its furnishing was refused: the workspace's rules forbid it" in told.text


@pytest.mark.parametrize("step", ["topic", "pin.1", "canvas"])
def test_a_set_up_that_an_earlier_release_began_brings_its_people_in(world: World, step: str) -> None:
    world.workspace.fault("conversations.invite", "503", count=1)
    a_series(world)
    with world.database() as session:
        setup = session.scalars(select(ChannelSetup)).one()
        row = session.scalars(select(OutboxRow).where(OutboxRow.subject == f"setup:{setup.id}:invite.0")).one()
        # That release had these steps before it invited anybody.
        setup.step, row.subject = step, f"setup:{setup.id}:{step}"
        row.method, row.arguments = "conversations.setPurpose", {"channel": setup.channel_id, "purpose": "Meetings"}
        row.uncertain = False
    world.pass_time(minutes=5)
    assert is_whole(world)
