"""Whoever was told that people read Confidential texts who may not has our texts deleted there, with one press."""

from __future__ import annotations

from datetime import time

import pytest

from bot.app import conversation_of
from bot.requests.conversation import Reaction
from bot.requests.incoming import ACTION, Incoming
from commands.kit.cards import Card
from commands.kit.handling import Handling
from commands.kit.post import post, send_file_to_channel, show_drawn
from commands.kit.work import MessageRef, Work
from storage.audit import history
from storage.cabinet.series import Series
from storage.missions import get_mission
from storage.outbox.standing import standing_texts
from storage.subjects import Key, Subject
from tests.delivery.confidential import (
    CHIEF,
    GUEST,
    OFFICE,
    OTHER_TEAM,
    READER,
    SECRETARY,
    forget_failures,
    known_place,
    put_in,
    says,
    shows,
    stands,
    warnings,
)
from tests.world import World

SECRET, OTHER, PLAIN = "The convoy leaves at dawn", "The convoy returns at dusk", "Tea is at four"
BUTTON = "Delete my texts there"
FOCAL = "WFP focal point"


def a_guest_reads_them(world: World) -> None:
    """Two Confidential texts, a Confidential file and a plain text stand where a guest comes in."""
    says(world, SECRET)
    shows(world, OTHER, Subject.of("board", 1), world.channel_id(OFFICE))
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        channel = world.channel_id(OFFICE)
        send_file_to_channel(
            work, channel, "route.csv", b"a,b", "The route", key=Key.of("f"), handling=Handling.CONFIDENTIAL
        )
        post(work, channel, Card(PLAIN), key=Key.of("plain"))
    world.settle()
    world.person(CHIEF).invites(GUEST, to=OFFICE)
    world.settle()


def presses(world: World, name: str, key: str) -> Reaction:
    """The button, also where it is not offered any more or never was."""
    value, message = world.channel_id(OFFICE), MessageRef("C0", "1")
    press = Incoming(ACTION, key, world.user_id(name), "mission:delete-texts", value=value, message=message)
    reaction = conversation_of(world.product, world.product.slack).hear(press)
    world.settle()
    return reaction


def test_who_was_told_deletes_them_and_everybody_who_was_told_sees_who_did(world: World) -> None:
    a_guest_reads_them(world)
    warning = world.person(SECRETARY).direct_message_from("Rapporteur", "stand in")
    assert warning.buttons == [BUTTON]
    warning.press(BUTTON)
    world.settle()
    assert [text for text in (SECRET, OTHER, "The route") if stands(world, text)] == []
    assert not any("route.csv" in one.text for one in world.person(GUEST).messages(in_=f"#{OFFICE}"))
    assert stands(world, PLAIN)
    for keeper in (CHIEF, SECRETARY):
        told = world.person(keeper).direct_message_from("Rapporteur", "deleted")
        assert f"@{SECRETARY} had my 3 Confidential texts in #{OFFICE} deleted" in told.text
        assert told.buttons == []
    with world.database() as session:
        act = history(session, world.mission_id, "channel", world.channel_id(OFFICE))[-1]
        assert (act.verb, act.actor, act.details) == (
            "channel.texts_deleted",
            world.user_id(SECRETARY),
            {"count": 3},
        )


def test_pressing_twice_or_without_having_been_told_is_answered_and_changes_nothing(world: World) -> None:
    a_guest_reads_them(world)
    for number, name in enumerate((READER, GUEST, FOCAL)):
        refusal = presses(world, name, f"k{number}").refusal
        assert refusal is not None
    assert stands(world, SECRET)
    assert presses(world, CHIEF, "first").refusal is None
    assert not stands(world, SECRET)
    again = presses(world, SECRETARY, "second").refusal
    assert again is not None
    assert "has had them deleted already" in again.text
    forget_failures(world)


def test_where_everybody_may_read_again_nothing_is_deleted(world: World) -> None:
    a_guest_reads_them(world)
    world.person(GUEST).leaves(OFFICE)
    world.settle()
    refusal = presses(world, CHIEF, "k").refusal
    assert refusal is not None
    assert "may read my texts there" in refusal.text
    assert stands(world, SECRET)


def test_once_they_are_gone_nobody_is_told_of_who_comes_in_until_another_stands_there(world: World) -> None:
    a_guest_reads_them(world)
    presses(world, CHIEF, "k")
    assert known_place(world).confidential_at is None
    world.person(CHIEF).invites(READER, to=OFFICE)
    world.pass_time(hours=1)
    assert warnings(world, CHIEF) == []
    for name in (READER, GUEST):
        world.person(name).leaves(OFFICE)
    world.settle()
    says(world, "more")
    assert stands(world, "more")
    world.person(CHIEF).invites(READER, to=OFFICE)
    world.settle()
    assert len(warnings(world, CHIEF)) == 1
    presses(world, SECRETARY, "k2")
    told = [one.text for one in world.person(CHIEF).messages(in_="Rapporteur") if "deleted" in one.text]
    assert [CHIEF in told[0], SECRETARY in told[1]] == [True, True], told


def test_a_text_that_is_gone_already_is_as_good_as_deleted(world: World) -> None:
    a_guest_reads_them(world)
    with world.database() as session:
        found = standing_texts(session, world.mission_id, world.channel_id(OFFICE))
    assert len(found) == 3
    world.product.slack.call("chat.delete", channel=world.channel_id(OFFICE), ts=found[0].name)
    world.product.slack.call("files.delete", file=found[2].name)
    presses(world, CHIEF, "k")
    assert not stands(world, OTHER)
    assert known_place(world).confidential_at is None
    world.workspace.wire.post("log/clear")


def test_texts_are_found_in_a_channel_that_got_another_id_when_it_was_shared(world: World) -> None:
    says(world, SECRET)
    put_in(world, "once more", world.channel_id(OFFICE))
    world.settle()
    world.person(CHIEF).renumbers(OFFICE)
    world.person(CHIEF).shares(OFFICE, OTHER_TEAM)
    world.settle()
    with world.database() as session:
        assert len(standing_texts(session, world.mission_id, world.channel_id(OFFICE))) == 2
    presses(world, CHIEF, "k")
    assert not stands(world, SECRET)


def test_the_secretary_of_the_series_is_told_and_may_act(world: World) -> None:
    says(world, SECRET)
    with world.database() as session:
        session.add(
            Series(
                mission_id=world.mission_id,
                title="Crisis cell",
                chair=world.user_id("SRSG"),
                secretary=world.user_id(FOCAL),
                anchor=world.now.date(),
                start_time=time(10),
                channel_id=world.channel_id(OFFICE),
                handling="confidential",
                created_by=world.user_id(CHIEF),
                created_at=world.now,
                updated_at=world.now,
            )
        )
    world.person(CHIEF).invites(GUEST, to=OFFICE)
    world.settle()
    world.person(FOCAL).direct_message_from("Rapporteur", "stand in").press(BUTTON)
    world.settle()
    assert not stands(world, SECRET)


@pytest.mark.parametrize("level", [Handling.CONFIDENTIAL, Handling.UNCLASSIFIED])
def test_what_was_drawn_as_it_left_counts_by_what_it_says(world: World, level: Handling) -> None:
    subject, channel = Subject.of("own-role", 0, "observer", world.user_id(READER)), world.channel_id(OFFICE)
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        show_drawn(work, channel, subject, "mission:own-role", Handling.UNCLASSIFIED)
    drawn = world.product.house.drawings["mission:own-role"]
    world.product.house.drawings["mission:own-role"] = lambda _work, _subject: Card(SECRET, handling=level)
    world.settle()
    world.product.house.drawings["mission:own-role"] = drawn
    with world.database() as session:
        found = standing_texts(session, world.mission_id, channel)
    assert len(found) == (level is Handling.CONFIDENTIAL)
