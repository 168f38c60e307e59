"""Ending a round before its time, and taking that back: everybody who was told is told again."""

from __future__ import annotations

from bot.sandbox.driver import Message
from storage.updates.returns import ReturnState
from storage.updates.rounds import RoundState
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import DONE, ask_of, draft, submitted, writes
from tests.world import World

WFP, UNHCR, IOM, CHIEF = "WFP focal point", "UNHCR focal point", "IOM focal point", "Chief of staff"


def board_of(world: World) -> Message:
    return next(one for one in world.person(CHIEF).messages(in_="#cabinet-office") if "Weekly" in one.text)


def settle(world: World) -> None:
    """Let edits leave, which keep a distance."""
    world.settle()
    world.pass_time(seconds=10)


def test_a_round_is_called_off_and_that_is_undone_for_ten_minutes(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "Half").close()
    submitted(writes(world, IOM), "All of it.")
    settle(world)
    before = ask_of(world, WFP)
    board_of(world).press("Call off")
    settle(world)
    assert the_round(world, made).state == RoundState.CALLED_OFF
    for name in (WFP, UNHCR, IOM):
        assert "Called off by @Chief of staff" in ask_of(world, name).text
    assert ask_of(world, WFP).ts > before.ts, "it rang"
    assert ask_of(world, WFP).buttons == ["What I had typed"]
    assert (
        the_return(world, "IOM", made).answers["q1"],
        draft(world, the_return(world, "WFP", made).id, WFP)["q1"],
    ) == (
        "All of it.",
        "Half",
    )
    world.pass_time(minutes=5)
    assert board_of(world).buttons == ["View by agency", "Undo"]
    board_of(world).press("Undo")
    settle(world)
    assert the_round(world, made).state == RoundState.OPEN
    assert "A draft is kept" in ask_of(world, WFP).text
    assert ask_of(world, IOM).buttons == ["Edit"]
    assert "Close and send digest" in board_of(world).buttons
    world.go_to(the_round(world, made).due_at)
    assert "A reminder" in ask_of(world, UNHCR).text, "the chase goes on"
    board_of(world).press("Call off")
    world.pass_time(minutes=11)
    assert board_of(world).buttons == ["View by agency"]
    world.go_to(the_round(world, made).closes_at)
    assert not any("update: digest" in one.text for one in world.person(CHIEF).messages(in_="#cabinet"))


def digests(world: World) -> list[Message]:
    return [
        one for one in world.person(CHIEF).messages(in_="#cabinet") if "update" in one.text and "digest" in one.text
    ]


def test_a_round_that_was_closed_early_opens_again_and_its_digest_is_taken_back(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, IOM), "Sent too early.")
    board_of(world).press("Close and send digest")
    settle(world)
    assert "Sent too early." in digests(world)[0].text
    assert the_return(world, "WFP", made).state == ReturnState.MISSED
    assert "Closed" in board_of(world).text
    assert "by @Chief of staff" in board_of(world).text
    board_of(world).press("Undo")
    settle(world)
    [blank] = digests(world)
    assert "this digest was taken back" in blank.text
    assert "Sent too early." not in blank.text
    assert the_return(world, "WFP", made).state == ReturnState.OWED
    assert "Write update" in ask_of(world, WFP).buttons
    world.person("Mission reader").runs("/update digest")
    shown = world.person("Mission reader").form
    assert shown is not None
    assert "No digest has been sent yet" in shown.text
    submitted(writes(world, WFP), "In time after all.")
    world.go_to(the_round(world, made).digest_at)
    assert [one for one in digests(world) if "In time after all." in one.text]
    assert the_return(world, "IOM", made).digest_version == 1


def test_what_was_ended_long_ago_or_by_its_time_is_not_undone(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).closes_at)
    world.pass_time(seconds=10)
    assert board_of(world).buttons == ["View by agency"]
