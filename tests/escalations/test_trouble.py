"""What goes wrong on the way up: people who left, messages refused, chains changed, workers killed, steps forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from commands.escalations.handlers.chain import climb
from commands.escalations.handlers.watching import watch
from commands.kit.work import Work
from storage.escalations.chains import Chain, ChainStep, StepWho
from storage.escalations.model import NextKind, State, get_escalation
from storage.escalations.notices import NoticeState, notices_of
from storage.missions import get_mission
from storage.timers import Timer
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    SRSG,
    direct,
    forget_failures,
    history,
    next_up,
    office_card,
    presses,
    raises,
    staff,
    the,
    told,
)
from tests.world import World


def leaves(world: World, name: str) -> None:
    """Somebody leaves the workspace."""
    world.workspace.wire.post("people/change", person=world.user_id(name), deleted=True)
    world.settle()


def outcomes(world: World, number: int) -> list[tuple[str, str, str]]:
    """Name, state and reason of every message of its steps."""
    names = {world.user_id(name): name for name in (DUTY, DEPUTY, CHIEF, SRSG)}
    identity = the(world, number).id
    with world.database() as session:
        notices = notices_of(session, identity)
    return [(names.get(one.place, one.place), one.state, one.reason) for one in notices]


def test_who_left_is_passed_over_and_it_is_written_on_the_card(world: World) -> None:
    staff(world)
    leaves(world, DUTY)
    number = raises(world, "No fuel for the generators.")
    assert outcomes(world, number) == [
        (DUTY, NoticeState.SKIPPED, "left"),
        (DEPUTY, NoticeState.DELIVERED, ""),
    ]
    card = office_card(world, number)
    assert f"Not delivered to duty officer (@{DUTY}): left the workspace." in card.text
    assert "Last told: duty officer" in card.text
    presses(world, told(world, DEPUTY, number)[0], "Acknowledge")
    leaves(world, DEPUTY)
    assert the(world, number).state == State.RAISED
    said = "\n".join(one.text for one in office_card(world, number).thread)
    assert f"*Open again*: @{DEPUTY} can no longer be reached (left the workspace)." in said
    assert len(told(world, CHIEF, number, "Brought to you as chief of staff")) == 1


def test_a_message_that_slack_refuses_moves_it_on_at_once(world: World) -> None:
    staff(world)
    world.workspace.fault("conversations.open", "error", error="user_not_found", skip=1)
    number = raises(world, "The airstrip is closed.")
    assert (DUTY, NoticeState.FAILED, "user_not_found") in outcomes(world, number)
    assert (DEPUTY, NoticeState.DELIVERED, "") in outcomes(world, number)
    assert "Slack does not know this person" in office_card(world, number).text
    assert next_up(world, number) == ("climb", "Mon 09:30", [CHIEF])
    assert [act.kind for act in history(world, number)] == ["raised", "told", "not_delivered", "told"]
    forget_failures(world)


def test_a_running_one_keeps_the_chain_it_began_with(world: World) -> None:
    staff(world)
    first = raises(world, "Old chain.")
    with world.database() as session:
        chain = Chain(mission_id=world.mission_id, name="Short", is_default=True, updated_at=world.now, updated_by="U")
        chain.steps = [a_step(world, 0, SRSG, 15)]
        session.add(chain)
    second = raises(world, "A quite different matter: new chain.")
    assert next_up(world, first) == ("climb", "Mon 09:30", [DEPUTY])
    assert next_up(world, second) == ("end", "Mon 09:15", ["channel"])
    world.pass_time(minutes=30)
    assert len(told(world, DEPUTY, first)) == 1
    assert told(world, DEPUTY, second) == []
    assert len(told(world, SRSG, second)) == 1


def a_step(world: World, position: int, name: str, minutes: int) -> ChainStep:
    return ChainStep(
        mission_id=world.mission_id,
        position=position,
        who=StepWho.PERSON,
        who_value=world.user_id(name),
        wait_minutes=minutes,
    )


def test_a_worker_that_is_killed_between_steps_loses_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(world)
    number = raises(world, "The radio is down.", severity="Immediate")
    alive = climb.plan

    def killed(work: Work, this: object) -> None:
        """The worker goes in the midst of its transaction, after the messages have been written."""
        raise SystemExit

    monkeypatch.setattr(climb, "plan", killed)
    world.jump_to(the(world, number).next_at or world.now)
    with pytest.raises(SystemExit):
        world.clock.run_timers()
    assert told(world, DEPUTY, number) == []
    monkeypatch.setattr(climb, "plan", alive)
    world.jump_to(world.now + timedelta(hours=2))
    world.settle()
    # The standstill is over: one step is taken, and the next has its full wait again.
    assert [len(told(world, name, number)) for name in (DUTY, DEPUTY, CHIEF)] == [1, 1, 0]
    assert next_up(world, number) == ("climb", "Mon 11:10", [CHIEF])


def test_the_watchdog_finds_what_was_forgotten_and_sets_it_going_again(world: World) -> None:
    staff(world)
    number = raises(world, "Broken on purpose.")
    whole = raises(world, "Another one, as it should be: a visit of the Council.")
    with world.database() as session:
        this = get_escalation(session, world.mission_id, the(world, number).id)
        assert this is not None
        this.next_at = this.next_kind = None
        session.execute(delete(Timer).where(Timer.subject == f"escalation:{this.id}"))
    world.pass_time(minutes=5)
    warned = [one for one in direct(world, CHIEF) if "had no next step" in one.text]
    assert len(warned) == 1
    assert f"E-{number}" in warned[0].text
    assert f"E-{whole}" not in warned[0].text
    assert (the(world, number).next_kind, the(world, number).next_for) == (NextKind.CLIMB, [world.user_id(DEPUTY)])
    with world.database() as session:
        session.execute(delete(Timer).where(Timer.subject == f"escalation:{the(world, number).id}"))
    world.pass_time(minutes=36)
    assert len(told(world, DEPUTY, number)) == 1
    assert len([one for one in direct(world, CHIEF) if "had no next step" in one.text]) == 2


def test_after_a_standstill_what_is_late_is_taken_in_its_turn_and_not_called_forgotten(world: World) -> None:
    staff(world)
    number = raises(world, "While nobody runs the workers.")
    planned = the(world, number).next_at
    assert planned is not None
    world.jump_to(planned + timedelta(minutes=40))
    with world.database() as session:
        watch(Work(session, get_mission(session, world.mission_id), world.now))
    assert the(world, number).next_at == planned
    world.settle()
    assert len(told(world, DEPUTY, number)) == 1
    assert not [one for one in direct(world, CHIEF) if "had no next step" in one.text]


def test_nobody_is_reached_by_what_they_raised_themselves(world: World) -> None:
    staff(world)
    number = raises(world, "The duty officer asks for help.", name=DUTY)
    assert (DUTY, NoticeState.SKIPPED, "raised_it") in outcomes(world, number)
    assert len(told(world, DEPUTY, number, "Brought to you")) == 1
    assert "Acknowledge" not in told(world, DUTY, number)[0].buttons
    assert office_card(world, number, DUTY).press("Acknowledge") is None
    world.settle()
    assert the(world, number).state == State.RAISED
    assert "You raised E-1 yourself" in world.person(DUTY).story()
