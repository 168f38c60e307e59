"""What should have moved and did not is told to admins, in one message that is kept current."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage import timers
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.subjects import Key, Subject
from storage.ticks import Tick
from storage.timers import Timer, TimerState, set_timer
from tests.world import World

CHIEF = "Chief of staff"


def told(world: World) -> list[str]:
    return [
        one.text
        for one in world.person(CHIEF).messages(in_="Rapporteur")
        if "does not move" in one.text or "moves again" in one.text
    ]


def looks(world: World) -> None:
    """Let the watchdog look and its message leave."""
    world.jump_to(world.now + timedelta(minutes=5))
    world.clock.run_all()
    world.settle()


def test_it_is_silent_while_everything_moves(world: World) -> None:
    world.pass_time(hours=6)
    assert told(world) == []


def test_a_step_that_keeps_raising_is_told_and_tried_again_after_a_restart(world: World) -> None:
    with world.database() as session:
        set_timer(
            session,
            world.mission_id,
            key=Key("k"),
            verb="escalations:climb",
            subject=Subject.parse("7"),
            due_at=world.now,
        )
    for _hour in range(12):
        world.pass_time(hours=1)
    (message,) = told(world)
    assert "1 step that was due was not done (escalations:climb)" in message
    with world.database() as session:
        assert session.scalars(select(Timer.state).where(Timer.key == "k")).one() == TimerState.FAILED
        assert timers.revive(session, world.now, world.now - timedelta(days=1)) == 1
        timers.cancel_timers(session, world.mission_id, "7")
    looks(world)
    assert told(world) == ["Everything moves again."]


def test_messages_that_nobody_takes_and_slots_that_nobody_finishes_are_told(world: World) -> None:
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        post(work, world.channel_id("cabinet"), Card("n1"), key=Key("test:n1"))
        post(work, world.channel_id("cabinet"), Card("n2"), key=Key("test:n2"))
        slot = world.now - timedelta(minutes=30)
        session.add(
            Tick(
                schedule=f"{world.mission_id}/updates:begin",
                slot=slot,
                owner="w9",
                lease_until=world.now + timedelta(hours=5),
            )
        )
    world.jump_to(world.now + timedelta(minutes=20))
    world.clock.run_all()
    with world.product.database.reading() as session:
        alarm = session.scalars(select(OutboxRow).where(OutboxRow.subject.startswith("watchdog:"))).one()
        text = str(alarm.arguments["text"])
    assert "1 message has not left for a long time." in text
    assert "Recurring work is not finished: updates:begin." in text
    with world.database() as session:
        session.execute(update(Tick).where(Tick.owner == "w9").values(finished_at=world.now))
    world.settle()
    looks(world)
    assert told(world) == ["Everything moves again."]
