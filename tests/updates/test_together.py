"""Several people of one agency: at once, one after the other, on two devices, and handing over to each other."""

from __future__ import annotations

import copy
from datetime import timedelta

from sqlalchemy import select

from bot.sandbox.driver import Form, Message
from storage.outbox import OutboxRow, State
from storage.updates.returns import ReturnState
from tests.updates.deliveries import bring, delivered
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import (
    ALTERNATE,
    DONE,
    REACHED,
    WFP,
    ask_of,
    asked_back,
    draft,
    submitted,
    versions,
    writes,
)
from tests.world import World

HEAD = "WFP head of agency"
LOGISTICS = "People reached (Logistics)"


def by_command(world: World, name: str) -> Form:
    person = world.person(name)
    person.runs("/update submit WFP")
    assert person.form is not None
    return person.form


def asked(world: World, name: str) -> list[Message]:
    return [one for one in world.person(name).messages(in_="Rapporteur") if "Weekly" in one.text]


def hands_over(world: World, name: str, to: str) -> Form | None:
    form = asked(world, name)[-1].press("Hand over")
    assert form is not None
    answer = form.choose("Who takes it over?", to).submit()
    world.settle()
    return answer


def test_a_draft_begun_before_a_colleague_submitted_opens_with_both_texts(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "My half").fill(REACHED, "12").close()
    submitted(by_command(world, ALTERNATE).fill(LOGISTICS, "7"), "Their half")
    world.settle()
    form = ask_of(world, WFP).press("Edit")
    assert form is not None
    assert "A version was submitted meanwhile by @WFP alternate" in form.text
    assert "@WFP alternate wrote: Their half" in form.text
    assert (form.value(DONE), form.value(REACHED), form.value(LOGISTICS)) == ("My half", "12", "7")
    submitted(form, "Both halves")
    given = the_return(world, "WFP", made)
    assert given.answers == {"q1": "Both halves", "q2@FSC": "12", "q2@LOG": "7"}
    assert [one.answers["q1"] for one in versions(world, given.id)] == ["Their half", "Both halves"]


def test_merging_fills_in_what_only_the_colleague_wrote(world: World) -> None:
    made = a_round(world)
    theirs = by_command(world, ALTERNATE)
    mine = writes(world, WFP)
    submitted(theirs.fill(LOGISTICS, "7"), "Theirs")
    conflict = asked_back(mine.fill(REACHED, "12"), "Mine")
    form = conflict.choose("Which version do you keep?", "Merge by editing").submit()
    assert form is not None
    assert (form.value(DONE), form.value(REACHED), form.value(LOGISTICS)) == ("Mine", "12", "7")
    assert form.submit() is None
    assert the_return(world, "WFP", made).answers == {"q1": "Mine", "q2@FSC": "12", "q2@LOG": "7"}


def test_a_conflict_that_is_decided_later_loses_nothing(world: World) -> None:
    made = a_round(world)
    theirs, mine = by_command(world, ALTERNATE), writes(world, WFP)
    submitted(theirs, "Theirs")
    asked_back(mine, "Mine").close()
    given = the_return(world, "WFP", made)
    assert given.answers == {"q1": "Theirs"}
    assert draft(world, given.id, WFP) == {"q1": "Mine"}
    form = by_command(world, WFP)
    assert form.value(DONE) == "Mine"
    assert "@WFP alternate wrote: Theirs" in form.text


def test_a_third_version_is_shown_before_anything_is_decided(world: World) -> None:
    made = a_round(world)
    theirs, third, mine = by_command(world, ALTERNATE), by_command(world, HEAD), writes(world, WFP)
    submitted(theirs, "Theirs")
    conflict = asked_back(mine, "Mine")
    asked_back(third, "Third").choose("Which version do you keep?", "Keep mine as the new version").submit()
    again = conflict.choose("Which version do you keep?", "Keep mine as the new version").submit()
    assert again is not None
    assert "@WFP head of agency wrote: Third" in again.text
    again.choose("Which version do you keep?", "Keep mine as the new version").submit()
    given = the_return(world, "WFP", made)
    assert [one.answers["q1"] for one in versions(world, given.id)] == ["Theirs", "Third", "Mine"]


def test_the_same_words_twice_are_no_conflict(world: World) -> None:
    made = a_round(world)
    theirs, mine = by_command(world, ALTERNATE), writes(world, WFP)
    submitted(theirs, "The same.")
    submitted(mine, "The same.")
    assert the_return(world, "WFP", made).version == 2


def test_nothing_to_report_said_while_somebody_writes_is_told_as_that(world: World) -> None:
    made = a_round(world)
    mine = writes(world, WFP)
    world.person(ALTERNATE).runs("/update nil")
    conflict = asked_back(mine, "There is something.")
    assert "“nothing to report” was said while you were writing" in conflict.text
    conflict.choose("Which version do you keep?", "Keep mine as the new version").submit()
    assert the_return(world, "WFP", made).answers == {"q1": "There is something."}


def test_writing_after_an_own_nil_return_is_no_conflict(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "Begun").close()
    ask_of(world, WFP).press("Nothing to report")
    world.settle()
    form = ask_of(world, WFP).press("Write update")
    assert form is not None
    assert form.value(DONE) == "Begun"
    assert "Submitting this replaces it" in form.text
    submitted(form, "There was something.")
    assert the_return(world, "WFP", made).state == ReturnState.SUBMITTED


def test_two_devices_of_one_person_are_not_called_somebody_else(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, WFP), "From the telephone")
    desk = copy.deepcopy(delivered(world, "view_submission"))
    desk["view"] |= {"id": "V00DESK", "hash": "other"}
    next(iter(desk["view"]["state"]["values"]["a0"].values()))["value"] = "From the desk"
    answer = bring(world, desk)
    assert "you submitted another version while this form was open" in str(answer["view"]["blocks"])
    given = the_return(world, "WFP", made)
    assert (given.version, given.answers) == (1, {"q1": "From the telephone"})
    assert draft(world, given.id, WFP) == {"q1": "From the desk"}


def test_handing_over_tells_both_and_moves_the_reminders(world: World) -> None:
    made = a_round(world)
    answer = hands_over(world, WFP, ALTERNATE)
    assert answer is not None
    assert "@WFP alternate is asked now" in answer.text
    assert "Handed over to @WFP alternate" in asked(world, WFP)[-1].text
    assert "@WFP focal point handed this over to you." in asked(world, ALTERNATE)[-1].text
    before = len(asked(world, WFP))
    world.go_to(the_round(world, made).due_at - timedelta(hours=1, minutes=59))
    assert len(asked(world, WFP)) == before
    assert "A reminder" in asked(world, ALTERNATE)[-1].text


def test_a_return_that_is_handed_back_rings_again_and_stays_one_message(world: World) -> None:
    made = a_round(world)
    hands_over(world, WFP, ALTERNATE)
    refused = hands_over(world, WFP, ALTERNATE)
    assert refused is not None
    assert "asked already" in " ".join(refused.errors.values())
    refused.close()
    [before] = asked(world, WFP)
    hands_over(world, ALTERNATE, WFP)
    [again] = asked(world, WFP)
    assert again.ts > before.ts
    assert "@WFP alternate handed this over to you." in again.text
    assert "Handed over to" not in again.text
    assert "Handed over to @WFP focal point" in asked(world, ALTERNATE)[-1].text
    world.go_to(the_round(world, made).due_at - timedelta(hours=1, minutes=59))
    assert len(asked(world, ALTERNATE)) == 1
    assert "A reminder" in asked(world, WFP)[-1].text
    submitted(by_command(world, WFP), "In the end.")
    world.settle()
    assert all("Submitted by @WFP focal point" in one.text for one in asked(world, WFP))
    assert the_return(world, "WFP", made).state == ReturnState.SUBMITTED


def test_many_answers_within_a_moment_make_one_drawing_of_the_board(world: World) -> None:
    made = a_round(world)
    world.pass_time(minutes=1)
    agencies = ("WFP", "UNICEF", "UNHCR")
    for code in agencies:
        world.person(f"{code} focal point").runs("/update nil")
    assert world.telling.tell() == 3
    board = f"round:{made}:board"
    with world.database() as session:
        query = select(OutboxRow).where(OutboxRow.subject == board, OutboxRow.state == State.PENDING)
        (row,) = session.scalars(query)
        assert row.arguments == {"channel": world.channel_id("cabinet-office"), "drawing": "updates:board"}
    world.settle()
    (message,) = [one for one in world.person("Chief of staff").messages(in_="#cabinet-office") if "Weekly" in one.text]
    assert "*Nothing to report*\nUNHCR, UNICEF, WFP" in message.text
    assert all(code in message.text.partition("*Nothing to report*")[2] for code in agencies)
    with world.database() as session:
        rows = session.scalars(select(OutboxRow.state).where(OutboxRow.subject == board))
        assert list(rows) == [State.SENT, State.SENT], "the first message and one edit"
