"""Nothing that somebody typed is lost: steps, closed forms, mistakes, late keystrokes, and the close of a round."""

from __future__ import annotations

import copy
from datetime import timedelta

from sqlalchemy import select

from bot.sandbox.driver import Form
from storage.audit import AuditEntry
from storage.updates.returns import ReturnState
from tests.updates.deliveries import bring, delivered
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import DONE, REACHED, WFP, ask_of, draft, submitted, writes
from tests.world import World

MANY = "\n".join(["Question 0 *", *(f"Question {number} [text]" for number in range(1, 80))])


def next_step(form: Form) -> Form:
    shown = form.submit()
    assert shown is not None
    assert shown.errors == {}
    return shown


def test_a_long_form_goes_in_steps_and_back_and_keeps_everything(world: World) -> None:
    made = a_round(world, questions=MANY)
    first = writes(world, WFP)
    assert "Questions 1 to 70 of 80" in first.text
    refused = first.fill("Question 1", "One").submit()
    assert refused is not None
    assert refused.errors.keys() == {"Question 0"}
    second = next_step(first.fill("Question 0", "Nought"))
    assert "Questions 71 to 80 of 80" in second.text
    second.fill("Question 79", "Last")
    back = second.press("Back")
    assert back is not None
    assert (back.value("Question 0"), back.value("Question 1")) == ("Nought", "One")
    again = next_step(back.fill("Question 1", "One, corrected"))
    assert again.value("Question 79") == "Last"
    assert again.submit() is None
    assert the_return(world, "WFP", made).answers == {"q1": "Nought", "q2": "One, corrected", "q80": "Last"}


def test_a_form_closed_at_its_second_step_opens_with_both(world: World) -> None:
    a_round(world, questions=MANY)
    second = next_step(writes(world, WFP).fill("Question 0", "Nought"))
    second.fill("Question 79", "Last").close()
    again = writes(world, WFP)
    assert again.value("Question 0") == "Nought"
    assert next_step(again).value("Question 79") == "Last"


def test_the_board_shows_a_draft_and_no_longer_when_it_is_emptied(world: World) -> None:
    made = a_round(world)
    secretary = world.person("Cabinet secretary")
    board = next(one for one in secretary.messages(in_="#cabinet-office") if "Weekly" in one.text)
    form = writes(world, WFP).fill(DONE, "Begun")
    world.pass_time(seconds=10)
    assert "WFP (draft)" in board.refresh().text
    form.fill(DONE, None).close()
    world.pass_time(seconds=10)
    assert "WFP (draft)" not in board.refresh().text
    assert the_return(world, "WFP", made).state == ReturnState.OWED


def test_an_empty_form_is_refused_with_the_way_to_say_nothing(world: World) -> None:
    made = a_round(world, questions="Anything? [text]\nWhere? [text]")
    refused = writes(world, WFP).submit()
    assert refused is not None
    assert "Nothing to report" in refused.errors["Anything?"]
    assert the_return(world, "WFP", made).version == 0


def test_what_slack_would_let_nobody_type_is_refused_beside_its_field_and_the_text_kept(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP).fill(DONE, "Short").fill(REACHED, "12")
    form.submit()
    payload = copy.deepcopy(delivered(world, "view_submission"))
    # A client that checks nothing: a second form of the same return, with too much and with what is no number.
    payload["view"]["hash"] = "another"
    values = payload["view"]["state"]["values"]
    next(iter(values["a0"].values()))["value"] = "x" * 5000
    next(iter(values["a1"].values()))["value"] = "twelve"
    answer = bring(world, payload)
    assert answer["response_action"] == "errors"
    assert "5000 characters; Slack takes 3000" in answer["errors"]["a0"]
    assert "Enter a number" in answer["errors"]["a1"]
    assert the_return(world, "WFP", made).version == 1


def test_a_keystroke_that_arrives_after_its_form_was_submitted_leaves_no_draft(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP).fill(DONE, "Half")
    late = copy.deepcopy(delivered(world, "block_actions"))
    submitted(form, "Half and whole.")
    late["actions"][0]["action_ts"] = "1.5"
    bring(world, late)
    given = the_return(world, "WFP", made)
    assert draft(world, given.id, WFP) == {}
    world.settle()
    edit = ask_of(world, WFP).press("Edit")
    assert edit is not None
    assert edit.value(DONE) == "Half and whole."


def test_what_was_typed_before_a_round_closed_can_still_be_read_and_copied(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "Never sent").close()
    world.go_to(the_round(world, made).closes_at + timedelta(minutes=1))
    asked = ask_of(world, WFP)
    assert "Not received before the round closed." in asked.text
    assert asked.buttons == ["What I had typed"]
    shown = asked.press("What I had typed")
    assert shown is not None
    assert "Never sent" in shown.text
    assert ask_of(world, "IOM focal point").buttons == []
    refused = world.person(WFP).runs("/update submit")
    assert "no round is open" in refused.text


def test_texts_never_reach_the_audit_record(world: World) -> None:
    a_round(world, handling="confidential")
    submitted(writes(world, WFP), "The convoy leaves at dawn.")
    with world.product.database.reading() as session:
        entries = list(session.scalars(select(AuditEntry)))
    assert "return.answers" in {entry.verb for entry in entries}
    assert not any("convoy" in str(entry.details) for entry in entries)
