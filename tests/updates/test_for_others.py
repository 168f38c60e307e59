"""Acts for agencies and acts that take something back: proxies, waivers, repeated answers, buttons in replies."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.driver import Form, Message
from storage.audit import AuditEntry, history
from storage.people import get_person
from storage.updates.returns import ReturnState, VersionKind
from storage.updates.rounds import RoundPlan
from tests.updates.rounds import QUESTIONS, a_round, the_return, the_round
from tests.updates.test_answering import DONE, REACHED, WFP, ask_of, draft, submitted, versions, writes
from tests.updates.test_confidential import forget_failures
from tests.world import World, a_world

WHO, WHO_NAMED = "WHO", "WHO · World Health Organization"
WFP_NAMED = "WFP · World Food Programme"
SPOKE = "Who at the agency gave you this update?"


def board_of(world: World) -> Message:
    secretary = world.person("Cabinet secretary")
    return next(one for one in secretary.messages(in_="#cabinet-office") if "Weekly" in one.text)


def pressed(message: Message, what: str) -> Form:
    form = message.press(what)
    assert form is not None
    return form


def sent(form: Form) -> Form:
    answer = form.submit()
    assert answer is not None
    return answer


def a_plan(world: World) -> int:
    with world.database() as session:
        plan = RoundPlan(
            mission_id=world.mission_id,
            title="Weekly update",
            due_time=time(14),
            open_time=time(8),
            close_time=time(14),
            digest_time=time(16),
            anchor=world.now.date(),
            digest_channel=world.channel_id("cabinet"),
            state="paused",
            created_by=world.user_id("Chief of staff"),
            created_at=world.now,
            updated_at=world.now,
        )
        session.add(plan)
        session.flush()
        return plan.id


def a_second_round(world: World, questions: str) -> int:
    """Last week WFP answered; this week's round has just opened."""
    plan = a_plan(world)
    first = a_round(world, plan_id=plan)
    form = writes(world, WFP).fill(REACHED, "1200").choose("Access", "restricted")
    submitted(form, "Convoys.")
    world.go_to(the_round(world, first).closes_at + timedelta(days=1))
    return a_round(world, plan_id=plan, questions=questions)


def newest_ask(world: World) -> Message:
    return [one for one in world.person(WFP).messages(in_="Rapporteur") if "Weekly" in one.text][-1]


@pytest.mark.parametrize("way", ["board", "command"])
def test_a_coordinator_says_nothing_to_report_for_an_agency(world: World, way: str) -> None:
    made = a_round(world)
    secretary = world.person("Cabinet secretary")
    if way == "board":
        form = pressed(board_of(world), "Enter for an agency").choose("Agency", WHO_NAMED)
        form = sent(form.choose("What did it send?", "Nothing to report"))
    else:
        secretary.runs("/update nil who")
        assert secretary.form is not None
        form = secretary.form
    assert form.title == "Nothing to report"
    refused = sent(form.fill(SPOKE, ":wave:"))
    assert refused.errors.keys() == {SPOKE}
    assert "(by proxy)" in sent(refused.fill(SPOKE, "Head of sub-office")).text
    given = the_return(world, WHO, made)
    assert (given.state, given.on_behalf_of) == (ReturnState.NIL, "Head of sub-office")


def test_a_coordinator_who_edits_by_any_button_does_so_by_proxy(world: World) -> None:
    made = a_round(world)
    a_round(world, title="Another update")
    secretary = world.person("Cabinet secretary")
    choice = secretary.runs("/update submit WHO")
    assert "Which update do you mean?" in choice.text
    form = choice.press("Write update")
    assert form is not None
    assert "You answer by proxy" in form.text
    refused = sent(form.fill(DONE, "Dictated."))
    assert refused.errors.keys() == {SPOKE}
    assert refused.value(DONE) == "Dictated."
    sent(refused.fill(SPOKE, "Duty officer, by radio"))
    given = the_return(world, WHO, made)
    assert (given.answers, given.on_behalf_of) == ({"q1": "Dictated."}, "Duty officer, by radio")
    with world.product.database.reading() as session:
        acts = history(session, world.mission_id, "return", given.id)
    assert [(act.verb, act.actor, act.on_behalf_of) for act in acts] == [
        ("return.answers", secretary.id, "Duty officer, by radio")
    ]


def test_who_gave_it_is_kept_with_the_draft(world: World) -> None:
    a_round(world)
    form = sent(pressed(board_of(world), "Enter for an agency").choose("Agency", WHO_NAMED))
    form.fill(DONE, "Begun").fill(SPOKE, "Head of sub-office").close()
    again = sent(pressed(board_of(world), "Enter for an agency").choose("Agency", WHO_NAMED))
    assert (again.value(DONE), again.value(SPOKE)) == ("Begun", "Head of sub-office")


def test_an_answer_after_a_waiver_counts_and_undoing_it_waives_again(world: World) -> None:
    made = a_round(world)
    form = pressed(board_of(world), "Waive").choose("Agency", WFP_NAMED)
    refused = sent(form)
    assert refused.errors.keys() == {"Reason"}
    refused.fill("Reason", "Office closed").submit()
    world.settle()
    world.person(WFP).runs("/update nil")
    assert the_return(world, "WFP", made).state == ReturnState.NIL
    world.settle()
    ask_of(world, WFP).press("Undo")
    assert the_return(world, "WFP", made).state == ReturnState.WAIVED
    world.settle()
    submitted(pressed(ask_of(world, WFP), "Write update"), "We are back.")
    given = the_return(world, "WFP", made)
    assert given.state == ReturnState.SUBMITTED
    refused = sent(pressed(board_of(world), "Waive").choose("Agency", WFP_NAMED).fill("Reason", "Too late"))
    assert "answered already" in refused.errors["Agency"]


def test_only_what_is_waived_can_be_owed_again(world: World) -> None:
    made = a_round(world)
    form = (
        pressed(board_of(world), "Waive")
        .choose("Agency", WFP_NAMED)
        .choose("Must this agency still report?", "Yes: due again")
    )
    assert "is not waived" in sent(form).errors["Must this agency still report?"]
    assert the_return(world, "WFP", made).state == ReturnState.OWED
    with world.product.database.reading() as session:
        assert "return.owed_again" not in set(session.scalars(select(AuditEntry.verb)))


def test_the_same_as_last_time_is_one_press(world: World) -> None:
    made = a_second_round(world, QUESTIONS)
    newest_ask(world).press("Same as last time")
    given = the_return(world, "WFP", made)
    assert given.answers == {"q1": "Convoys.", "q2@FSC": "1200", "q3": "restricted"}
    assert [one.kind for one in versions(world, given.id)] == [VersionKind.SAME]


def test_what_no_longer_fits_is_named_and_the_rest_filled_in(world: World) -> None:
    made = a_second_round(
        world, "What did you do this week? *\nPeople reached [number people]\nAccess [one: open, shut]"
    )
    form = pressed(newest_ask(world), "Same as last time")
    assert "• Access: restricted" in form.text
    assert "• People reached (Food Security): 1,200 people" in form.text
    assert form.value(DONE) == "Convoys."
    assert form.value("Access") is None
    assert the_return(world, "WFP", made).state == ReturnState.DRAFT
    form.submit()
    assert the_return(world, "WFP", made).answers == {"q1": "Convoys."}


def test_repeating_never_covers_what_was_typed_already(world: World) -> None:
    made = a_second_round(world, "What did you do this week? *\nSomething new *")
    writes_now = pressed(newest_ask(world), "Write update")
    writes_now.fill("Something new", "Typed before").close()
    form = pressed(newest_ask(world), "Same as last time")
    assert (form.value(DONE), form.value("Something new")) == ("Convoys.", "Typed before")
    given = the_return(world, "WFP", made)
    assert draft(world, given.id, WFP) == {"q1": "Convoys.", "q2": "Typed before"}


def test_there_is_nothing_to_repeat_the_first_time(world: World) -> None:
    a_round(world, plan_id=a_plan(world))
    assert "Same as last time" not in ask_of(world, WFP).buttons


def test_buttons_in_a_reply_answer_beside_it(world: World) -> None:
    a_round(world)
    wfp = world.person(WFP)
    wfp.runs("/update").press("Nothing to report")
    said = wfp.sees("WFP has nothing to report in “Weekly update”")
    assert said.is_ephemeral
    said.press("Undo")
    again = wfp.sees("“nothing to report” is taken back")
    assert "Write update" in again.buttons


def test_who_leads_and_answers_for_nobody_is_told_what_to_do(world: World) -> None:
    assert "`/update submit CODE` enters an update for one" in world.person("Chief of staff").runs("/update").text
    text = world.person("Mission reader").runs("/update").text
    assert "Admins: @Chief of staff." in text


def test_a_focal_point_who_is_a_guest_sees_no_confidential_round(world: World) -> None:
    with world.database() as session:
        person = get_person(session, world.mission_id, world.user_id(WFP))
        assert person is not None
        person.is_guest = True
    a_round(world, title="Weekly evacuation plan", handling="confidential")
    assert "evacuation" not in world.person(WFP).runs("/update").text
    forget_failures(world)


def test_acts_for_others_on_both_databases(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        test_a_coordinator_says_nothing_to_report_for_an_agency(world, "board")
