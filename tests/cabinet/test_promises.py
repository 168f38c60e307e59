"""What messages of the cabinet offer is taken back as soon as it can no longer be had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.sandbox.driver import Message
from storage.audit import history
from storage.cabinet.actions import ActionState
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes, MinutesState
from tests.cabinet.meetings import SECRETARY, a_meeting, forged, outcome, rows, the_action
from tests.cabinet.test_record import begin, fill_decision
from tests.world import World, a_tidy_mission

HEAD, FOCAL = "WFP head of agency", "WFP focal point"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A running mission on each kind of database."""
    with a_tidy_mission(database_url) as world:
        yield world


def direct(world: World, name: str, text: str) -> list[Message]:
    """What Rapporteur has told a person directly with these words, oldest first."""
    return [one for one in world.person(name).messages(in_="Rapporteur") if text in one.text]


def test_what_an_action_offers_goes_with_it_to_whoever_has_it_now(world: World) -> None:
    a_meeting(world)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet action Report on fuel", in_="#cabinet")
    form = secretary.form
    assert form is not None
    form.choose("Accountable person", HEAD).fill("Due on", date(2035, 3, 8)).submit()
    world.go_to(world.now + timedelta(days=2))
    mine = direct(world, HEAD, "Report on fuel")
    assert len(mine) >= 2
    assert all("Done…" in one.buttons for one in mine)
    handed = mine[0].press("Hand over…")
    assert handed is not None
    handed.choose("New accountable person", FOCAL).fill("Reason", "On mission").submit()
    world.settle()
    for message in direct(world, HEAD, "Report on fuel"):
        assert not {"Done…", "Hand over…", "Remind me tomorrow"} & set(message.buttons), message
    done = direct(world, FOCAL, "Report on fuel")[-1].press("Done…")
    assert done is not None
    done.fill("Evidence", "Sent").submit()
    world.settle()
    question = direct(world, SECRETARY, "reports it done")[-1]
    assert question.buttons == ["Verified", "Return…"]
    secretary.runs("/cabinet actions verify")
    details = secretary.form
    assert details is not None
    details.press("Open").press("Cancel…").fill("Reason", "Not needed").submit()
    world.settle()
    assert the_action(world).state == ActionState.CANCELLED
    assert question.refresh().buttons == []


def test_what_a_meeting_offers_ends_with_it(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    head = world.person(HEAD)
    card = head.sees("Attendance", in_="#cabinet")
    card.press("My agency is here")
    assert fill_decision(outcome(world, "Road access", "Decide…")).submit() is not None
    secretary = world.person(SECRETARY)
    assert secretary.form is not None
    secretary.form.press("End the meeting")
    world.settle()
    assert card.refresh().buttons == ["Correct the list"]
    secretary.form.close(everything=True)
    review = direct(world, SECRETARY, "Minutes of Weekly cabinet")[-1].press("Open")
    assert review is not None
    review.press("Circulate for comment")
    world.settle()
    circulated = world.person(HEAD).sees("Draft for comment", in_="#cabinet")
    assert "Comment…" in circulated.buttons
    assert secretary.form is not None
    secretary.form.press("Issue")
    world.settle()
    assert rows(world, Minutes)[-1].state == MinutesState.ISSUED
    shown = circulated.refresh()
    assert shown.buttons == []
    assert "The minutes are issued since" in shown.text
    assert "Road access" in shown.text


def test_minutes_that_nobody_saw_are_issued_with_a_word_that_says_so(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    secretary = world.person(SECRETARY)
    assert secretary.form is not None
    secretary.form.press("End the meeting")
    world.settle()
    secretary.form.close(everything=True)
    review = direct(world, SECRETARY, "Minutes of Weekly cabinet")[-1].press("Open")
    assert review is not None
    assert "never circulated for comment" in str(review.view)
    review.press("Issue")
    world.settle()
    minutes = rows(world, Minutes)[-1]
    assert minutes.state == MinutesState.ISSUED
    with world.database() as session:
        [issued] = [
            act for act in history(session, world.mission_id, "minutes", minutes.id) if act.verb == "minutes.issue"
        ]
        assert issued.details == {"circulated": False}


def test_a_meeting_that_began_or_is_over_is_not_called_off_not_even_from_a_list_opened_before(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    meeting = rows(world, Meeting)[-1].id
    assert "it cannot be cancelled" in forged(world, SECRETARY, "cabinet:meeting-menu", f"{meeting}:cancel")
    secretary = world.person(SECRETARY)
    assert secretary.form is not None
    secretary.form.press("End the meeting")
    world.settle()
    assert "it cannot be cancelled" in forged(world, SECRETARY, "cabinet:meeting-menu", f"{meeting}:cancel")
