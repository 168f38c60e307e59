"""What works and what does not, as people read it; and the way back to a working mission."""

from __future__ import annotations

from storage.missions import get_mission
from storage.outbox import Call, put
from tests.mission.homes import home_of
from tests.world import World

ADMIN = "Chief of staff"


def send(world: World, channel: str, key: str) -> None:
    with world.database() as session:
        arguments = {"channel": channel, "text": "The text itself"}
        put(session, world.mission_id, Call(key, "chat.postMessage", arguments, channel), world.now)


def test_a_mission_that_works_says_so_to_everybody(world: World) -> None:
    text = world.person("Mission reader").runs("/mission health").text
    assert "Everything works" in text
    for area in ("Slack", "Permissions", "Channel", "Database", "Clock", "Messages", "People"):
        assert area in text
    assert "SQLite, up to date" in text


def test_health_can_be_asked_before_the_setup(fresh: World) -> None:
    assert "Database" in fresh.person("Mission reader").runs("/mission health").text


def test_a_failed_message_is_explained_and_sent_again(world: World) -> None:
    admin = world.person(ADMIN)
    world.workspace.fault("chat.postMessage", "error", error="is_archived")
    send(world, world.channel_id("cabinet-office"), "m1")
    world.settle()
    reader = world.person("Mission reader").runs("/mission health").message
    assert "the channel is archived" in reader.text
    assert "The text itself" not in reader.text
    assert "Send again" not in reader.buttons
    card = admin.runs("/mission health").message
    card.press("Send again")
    world.settle()
    admin.sees("The text itself", in_="#cabinet-office")
    assert world.undelivered() == []
    assert "Everything works" in admin.runs("/mission health").text
    card.press("Send again")
    admin.sees("does not wait for you any more")


def test_a_worker_that_went_silent_is_noticed(world: World) -> None:
    world.present.now = world.now.replace(hour=world.now.hour + 1)
    text = world.person(ADMIN).runs("/mission health").text
    assert "The worker has been silent" in text
    assert "python -m bot worker" in text


def test_messages_held_by_slacks_limit_show_when_they_go(world: World) -> None:
    world.workspace.fault("chat.postMessage", "429", seconds=90)
    send(world, world.channel_id("cabinet-office"), "m1")
    world.delivery.drain()
    text = world.person(ADMIN).runs("/mission health").text
    assert "Held by Slack's limit or by a passing trouble: 1" in text


def test_home_tells_admins_of_trouble_and_nobody_else(world: World) -> None:
    with world.database() as session:
        get_mission(session, world.mission_id).cabinet_channel = None
    home = home_of(world, ADMIN)
    assert "1 thing does not work" in home.text
    assert "See health" not in home_of(world, "Mission reader").buttons
    form = home.press("See health")
    assert form is not None
    assert "None is chosen" in form.text
