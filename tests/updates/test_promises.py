"""What a message about an update offers is taken back as soon as it can no longer be had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.driver import Message
from storage.outbox import OutboxRow, State
from storage.updates.returns import ReturnState
from storage.updates.rounds import RoundState
from tests.updates.rounds import a_round, the_return, the_round
from tests.world import World, a_tidy_mission

WFP, UNICEF, UNHCR, IOM = (f"{code} focal point" for code in ("WFP", "UNICEF", "UNHCR", "IOM"))
CHIEF = "Chief of staff"
UNTIL = "Can be changed until"
DONE = "What did you do this week?"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A running mission on each kind of database."""
    with a_tidy_mission(database_url) as world:
        yield world


def about_the_round(world: World, name: str) -> list[Message]:
    return [one for one in world.person(name).messages(in_="Rapporteur") if "Weekly" in one.text]


def board(world: World) -> Message:
    return next(one for one in world.person(CHIEF).messages(in_="#cabinet-office") if "Weekly" in one.text)


def offers(message: Message) -> list[str]:
    """What can be pressed or chosen in a message."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return [one["action_id"] for one in elements]


def test_closing_early_takes_back_what_every_message_about_the_round_offered(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).due_at - timedelta(minutes=30))
    assert len(about_the_round(world, IOM)) == 1
    about_the_round(world, WFP)[0].press("Nothing to report")
    form = about_the_round(world, UNHCR)[0].press("Write update")
    assert form is not None
    form.fill(DONE, "Registered.").submit()
    world.settle()
    for name, button in ((WFP, "Undo"), (UNHCR, "Edit")):
        for message in about_the_round(world, name):
            assert UNTIL in message.text
            assert button in message.buttons
    board(world).press("Close and send digest")
    assert the_round(world, made).state == RoundState.CLOSED
    world.settle()
    world.pass_time(seconds=10)
    for name in (WFP, UNICEF, UNHCR, IOM):
        for message in about_the_round(world, name):
            assert UNTIL not in message.text
            assert offers(message) == [], message
    assert offers(board(world)) == ["updates:each", "updates:reopen"]
    world.pass_time(minutes=11)
    assert offers(board(world)) == ["updates:each"]


def test_a_press_that_comes_before_the_message_is_drawn_again_says_what_holds(world: World) -> None:
    made = a_round(world)
    asked = about_the_round(world, WFP)[0]
    asked.press("Nothing to report")
    world.settle()
    late = asked.refresh()
    board(world).press("Close and send digest")
    late.press("Undo")
    assert "is closed, so nothing can be changed" in world.person(WFP).story()
    assert the_return(world, "WFP", made).state == ReturnState.NIL
    with world.product.database.reading() as session:
        query = select(OutboxRow.arguments).where(
            OutboxRow.lane.startswith(f"dm:{world.user_id(WFP)}/round:"), OutboxRow.state == State.PENDING
        )
        assert [arguments["drawing"] for arguments in session.scalars(query)] == ["updates:notice"]


def test_a_reminder_is_put_off_only_to_a_moment_before_the_round_closes(world: World) -> None:
    made = a_round(world)
    closes = the_round(world, made).closes_at
    world.go_to(closes - timedelta(hours=3, minutes=30))
    reminder = about_the_round(world, WFP)[-1]
    assert "updates:snooze" in offers(reminder)
    assert "tomorrow morning" in [one["text"]["text"] for one in reminder.options("Remind me later")]
    reminder.choose("Remind me later", "tomorrow morning")
    assert "I will remind you before that" in world.person(WFP).story()
    # Nothing has run since the last moment passed, so the menu still stands there.
    world.jump_to(closes - timedelta(minutes=59))
    reminder.choose("Remind me later", "in 1 hour")
    assert "too soon for another reminder" in world.person(WFP).story()
    world.go_to(closes - timedelta(minutes=50))
    woken = about_the_round(world, WFP)
    assert len(woken) == 1
    assert "You asked to be reminded" in woken[-1].text
    # No moment is left for which anything could be put off: nobody is offered it any more.
    for message in about_the_round(world, WFP):
        assert "updates:snooze" not in offers(message)
        assert "updates:write" in offers(message)


def test_whoever_wants_to_be_reminded_of_what_is_answered_hears_that_it_is(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).due_at - timedelta(minutes=30))
    reminder = about_the_round(world, WFP)[-1]
    reminder.press("Nothing to report")
    reminder.choose("Remind me later", "in 1 hour")
    assert "owes nothing in “Weekly update” any more" in world.person(WFP).story()
