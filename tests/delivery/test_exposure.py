"""Who comes to read Confidential texts of ours that may not, is told once to those who can mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.kit.channels.exposure import LOOKED_AT_EVERY
from storage.channels import members_of
from storage.missions import get_mission
from storage.people import Role, set_holders
from storage.posts import get_post
from storage.subjects import Subject
from tests.delivery.confidential import (
    CHIEF,
    GUEST,
    OFFICE,
    OTHER_TEAM,
    READER,
    SECRETARY,
    forget_failures,
    known_place,
    losing_events,
    says,
    stands,
    warnings,
)
from tests.world import World

SECRET = "The convoy leaves at dawn"


@pytest.mark.parametrize(
    ("name", "why"),
    [(READER, "has no role that is cleared"), (GUEST, "a guest")],
)
def test_who_comes_in_and_may_not_read_is_told_to_the_secretary_and_admins_once(
    world: World, name: str, why: str
) -> None:
    says(world, SECRET)
    world.person(CHIEF).invites(name, to=OFFICE)
    world.settle()
    for keeper in (CHIEF, SECRETARY):
        (told,) = warnings(world, keeper)
        assert f"#{OFFICE}" in told
        assert f"@{name}: {why}" in told
        assert "Take them out of the channel" in told
        assert "have my texts deleted" in told
        assert SECRET not in told
    assert warnings(world, name) == []
    says(world, "more")
    world.pass_time(hours=3)
    assert len(warnings(world, CHIEF)) == 1
    forget_failures(world)


def test_who_goes_and_comes_again_is_told_again(world: World) -> None:
    says(world, SECRET)
    chief, reader = world.person(CHIEF), world.person(READER)
    for times in (1, 2):
        chief.invites(READER, to=OFFICE)
        world.settle()
        assert len(warnings(world, CHIEF)) == times
        reader.leaves(OFFICE)
        world.settle()


def test_nobody_is_told_of_whoever_may_read_nor_where_nothing_confidential_stands(world: World) -> None:
    chief = world.person(CHIEF)
    chief.invites(GUEST, to="cabinet")
    says(world, SECRET)
    chief.invites("SRSG", to=OFFICE)
    world.pass_time(hours=1)
    assert warnings(world, CHIEF) == []
    says(world, "more")
    assert stands(world, "more")


@pytest.mark.parametrize(
    ("to", "words"),
    [("public", "The channel is public"), ("shared", "The channel is shared with another organisation")],
)
def test_a_channel_that_is_opened_to_others_is_told_of(world: World, to: str, words: str) -> None:
    says(world, SECRET)
    chief = world.person(CHIEF)
    if to == "public":
        chief.converts(OFFICE, "public")
        world.pass_time(seconds=LOOKED_AT_EVERY.total_seconds())
    else:
        chief.shares(OFFICE, OTHER_TEAM)
        world.settle()
    (told,) = warnings(world, SECRETARY)
    assert words in told
    assert "Make the channel private again" in told


@pytest.mark.parametrize("change", ["reader", "guest", "shared", "role"])
def test_what_slack_did_not_tell_is_found_within_minutes(world: World, change: str) -> None:
    says(world, SECRET)
    chief = world.person(CHIEF)
    with losing_events(world):
        if change == "shared":
            chief.shares(OFFICE, OTHER_TEAM)
        elif change == "role":
            with world.database() as session:
                chief_id = world.user_id(CHIEF)
                set_holders(session, world.mission_id, Role.COORDINATOR, [chief_id], chief_id, world.now)
        else:
            chief.invites(READER if change == "reader" else GUEST, to=OFFICE)
    assert warnings(world, CHIEF) == []
    world.pass_time(seconds=LOOKED_AT_EVERY.total_seconds())
    assert len(warnings(world, CHIEF)) == 1


def test_a_member_who_becomes_a_guest_is_told_of_at_once(world: World) -> None:
    says(world, SECRET)
    world.workspace.wire.post("people/change", person=world.user_id(SECRETARY), is_restricted=True)
    world.settle()
    (told,) = warnings(world, CHIEF)
    assert f"@{SECRETARY}: a guest" in told


def test_a_channel_that_slack_gives_another_id_is_the_same_channel(world: World) -> None:
    subject = Subject.of("test", SECRET)
    says(world, SECRET)
    old = world.channel_id(OFFICE)
    new = world.person(CHIEF).renumbers(OFFICE)
    world.settle()
    with world.database() as session:
        post = get_post(session, world.mission_id, subject)
        assert post is not None
        assert post.channel_id == new
        assert members_of(session, world.mission_id, old) == set()
        assert world.user_id(SECRETARY) in members_of(session, world.mission_id, new)
    assert known_place(world).confidential_at is not None
    says(world, "more")
    assert stands(world, "more")
    world.person(CHIEF).invites(READER, to=OFFICE)
    world.settle()
    assert len(warnings(world, SECRETARY)) == 1


def test_the_mission_follows_a_channel_that_gets_another_id(world: World) -> None:
    new = world.person(CHIEF).renumbers("cabinet")
    world.settle()
    with world.database() as session:
        assert get_mission(session, world.mission_id).cabinet_channel == new


def test_looking_again_asks_nothing_where_nothing_confidential_stands(world: World) -> None:
    world.workspace.wire.post("log/clear")
    world.pass_time(hours=1)
    assert world.workspace.calls("conversations.members") == []
    says(world, SECRET)
    world.workspace.wire.post("log/clear")
    world.jump_to(world.now + timedelta(minutes=5))
    world.clock.run_all()
    world.settle()
    assert len(world.workspace.calls("conversations.members")) == 1
