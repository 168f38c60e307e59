"""Slack's events in the wrong order: what we know of people and channels still ends as it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.channels import Channel, members_of
from storage.people import Person
from tests.waiting import wait_until
from tests.world import World


def move(world: World, zone: str) -> None:
    world.workspace.wire.post("people/change", person=world.user_id("WFP focal point"), tz=zone)


def test_an_older_change_of_a_person_does_not_win(world: World) -> None:
    focal = world.user_id("WFP focal point")
    world.person("WFP focal point").runs("/mission help")
    world.settle()
    world.workspace.fault("delivery:event", "reorder")
    move(world, "Africa/Juba")
    world.jump_to(world.now + timedelta(seconds=30))
    move(world, "Asia/Kabul")
    world.settle()
    with world.database() as session:
        known = session.get_one(Person, (world.mission_id, focal))
        assert known.seen_at == world.now, "a change was heard"
        assert known.zone == "Asia/Kabul"


def test_the_bot_that_left_and_came_back_is_a_member(world: World) -> None:
    channel, bot = world.channel_id("cabinet"), world.product.identity.bot_user_id()
    chief = world.person("Chief of staff")
    world.workspace.fault("delivery:event", "delay", seconds=60)
    world.workspace.wire.post("channel/kick", **{"as": chief.id}, channel=channel, users=[bot])
    world.jump_to(world.now + timedelta(seconds=30))
    chief.invites("Rapporteur", to="cabinet")
    # Let the worker read the channel before the news of the departure comes.
    wait_until(lambda: read_after_work(world, channel) == world.now, "the channel is read")
    world.jump_to(world.now + timedelta(seconds=30))
    world.settle()
    with world.database() as session:
        known = session.get_one(Channel, (world.mission_id, channel))
        assert known.read_at == world.now, "the departure was heard, and doubted"
        assert (known.bot_is_member, known.trouble) == (True, None)
        assert bot in members_of(session, world.mission_id, channel)


def read_after_work(world: World, channel: str) -> datetime | None:
    """When the worker, after what it does now, has read the channel last."""
    world.delivery.drain()
    with world.database() as session:
        return session.get_one(Channel, (world.mission_id, channel)).read_at
