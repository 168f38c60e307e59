"""A Confidential round: its texts reach only people who are cleared, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from storage.channels import members_of
from storage.outbox import Call, OutboxRow, State, put
from storage.people import Role, set_holders
from storage.subjects import Key
from tests.mission.homes import home_of
from tests.updates.rounds import a_round, the_round
from tests.updates.test_answering import ask_of, submitted, writes
from tests.world import World

SECRET = "The convoy leaves at dawn by the eastern road."


def a_confidential_round(world: World) -> int:
    return a_round(world, handling="confidential")


def everything_seen(world: World, name: str) -> str:
    """All that a person can read anywhere in Slack."""
    person = world.person(name)
    return person.story() + home_of(world, name).text


def test_its_texts_reach_those_who_are_cleared_and_nobody_else(world: World) -> None:
    made = a_confidential_round(world)
    assert "*Confidential*" in ask_of(world, "WFP focal point").text
    submitted(writes(world, "WFP focal point"), SECRET)
    world.go_to(the_round(world, made).digest_at)
    digest = next(one for one in world.person("SRSG").messages(in_="#cabinet") if "digest" in one.text)
    assert SECRET in digest.text
    reader = world.person("Mission reader")
    assert "No round is running" in reader.runs("/update status").text
    assert "There is no round to export yet" in reader.runs("/update export").text
    reader.runs("/update digest")
    assert reader.form is not None
    assert "they are Confidential" in reader.form.text
    assert SECRET not in everything_seen(world, "Mission reader")


def test_a_digest_stops_when_somebody_joins_the_channel_who_is_not_cleared(world: World) -> None:
    made = a_confidential_round(world)
    submitted(writes(world, "WFP focal point"), SECRET)
    world.person("Chief of staff").invites("Mission reader", to="cabinet")
    world.go_to(the_round(world, made).digest_at)
    assert not any("update: digest" in one.text for one in world.person("SRSG").messages(in_="#cabinet"))
    assert SECRET not in everything_seen(world, "Mission reader")
    told = "\n".join(one.text for one in world.person("Chief of staff").messages(in_="Rapporteur"))
    assert "not cleared" in told
    assert SECRET not in told
    forget_failures(world)


def test_a_digest_stops_also_when_slack_tells_in_the_wrong_order_who_left_and_came(world: World) -> None:
    made = a_confidential_round(world)
    submitted(writes(world, "WFP focal point"), SECRET)
    chief, reader = world.person("Chief of staff"), world.person("Mission reader")
    chief.invites("Mission reader", to="cabinet")
    world.go_to(the_round(world, made).digest_at - timedelta(minutes=5))
    reader.leaves("cabinet")
    world.settle()
    read_now(world, world.channel_id("cabinet"))
    chief.invites("Mission reader", to="cabinet")
    world.settle()
    world.workspace.fault("delivery:event", "reorder")
    reader.leaves("cabinet")
    chief.invites("Mission reader", to="cabinet")
    world.settle()
    with world.database() as session:
        members = members_of(session, world.mission_id, world.channel_id("cabinet"))
    assert world.user_id("Mission reader") not in members, "the departure came last"
    world.pass_time(minutes=6)
    assert SECRET not in everything_seen(world, "Mission reader")
    assert "not cleared" in "\n".join(one.text for one in chief.messages(in_="Rapporteur"))
    forget_failures(world)


def read_now(world: World, channel: str) -> None:
    """Have the members of a channel read afresh."""
    call = Call(key=Key("test:read"), method="channel.read", arguments={"channel": channel}, lane="test:read")
    with world.database() as session:
        put(session, world.mission_id, call, world.now)
    world.settle()


def test_an_admin_who_is_not_cleared_cannot_open_it(world: World) -> None:
    made = a_confidential_round(world)
    forget_role(world)
    admin = world.person("Chief of staff")
    assert "no round is open that you may see" in admin.runs("/update submit WFP").text
    assert the_round(world, made).handling == "confidential"


def forget_role(world: World) -> None:
    """The Chief of staff is an admin only: keeping the machine running clears nobody."""
    with world.database() as session:
        secretary = world.user_id("Cabinet secretary")
        set_holders(session, world.mission_id, Role.COORDINATOR, [secretary], "test", world.now)


def forget_failures(world: World) -> None:
    """What this test made fail on purpose shall not count as undelivered."""
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.state == State.FAILED).values(state=State.CANCELLED))
