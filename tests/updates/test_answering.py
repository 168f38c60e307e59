"""Answering, as focal points, their colleagues and coordinators live it over the local Slack."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.sandbox.driver import Form, Message
from storage.audit import AuditEntry
from storage.updates.drafts import get_draft
from storage.updates.returns import ReturnState, ReturnVersion, VersionKind
from tests.updates.rounds import a_round, the_return, the_round
from tests.world import World

WFP, ALTERNATE = "WFP focal point", "WFP alternate"
DONE = "What did you do this week?"
REACHED = "People reached (Food Security)"


def ask_of(world: World, name: str) -> Message:
    """The message that asks this person for the update."""
    return next(one for one in world.person(name).messages(in_="Rapporteur") if "Weekly" in one.text)


def writes(world: World, name: str) -> Form:
    form = ask_of(world, name).press("Write update")
    assert form is not None
    return form


def versions(world: World, return_id: int) -> list[ReturnVersion]:
    query = select(ReturnVersion).where(ReturnVersion.return_id == return_id).order_by(ReturnVersion.number)
    with world.product.database.reading() as session:
        return list(session.scalars(query))


def draft(world: World, return_id: int, name: str) -> dict[str, object]:
    with world.product.database.reading() as session:
        found = get_draft(session, return_id, world.user_id(name))
        return dict(found.answers) if found else {}


def submitted(form: Form, text: str) -> None:
    """Send it; the form closes, and the message about the round says that it is in, or a form where there is none."""
    answer = form.fill(DONE, text).submit()
    assert answer is None or answer.title in {"Received", "Compte rendu reçu"}, answer.text


def asked_back(form: Form, text: str) -> Form:
    """Send it; something is asked before it counts."""
    answer = form.fill(DONE, text).submit()
    assert answer is not None
    return answer


def test_an_update_is_written_and_everything_that_shows_it_follows(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    form.fill(REACHED, "1200").choose("Access", "restricted")
    submitted(form, "Convoys reached the north.")
    world.settle()
    given = the_return(world, "WFP", made)
    assert (given.state, given.version, given.is_late) == (ReturnState.SUBMITTED, 1, False)
    assert given.answers == {"q1": "Convoys reached the north.", "q2@FSC": "1200", "q3": "restricted"}
    asked = ask_of(world, WFP)
    assert "Submitted by @WFP focal point" in asked.text
    assert asked.buttons == ["Edit"]
    world.pass_time(seconds=10)
    board = next(one for one in world.person("Chief of staff").messages(in_="#cabinet-office") if "Weekly" in one.text)
    assert "*Received on time*\nWFP" in board.text


def test_closing_the_form_keeps_a_draft_that_fills_it_again(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    form.fill(DONE, "Half a sentence").close()
    world.settle()
    given = the_return(world, "WFP", made)
    assert given.state == ReturnState.DRAFT
    assert "draft" in ask_of(world, WFP).text
    again = writes(world, WFP)
    assert again.value(DONE) == "Half a sentence"
    assert "From your draft" in again.text


def test_what_is_typed_is_kept_even_when_the_form_never_comes_back(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "Typed and lost the network")
    assert draft(world, the_return(world, "WFP", made).id, WFP) == {"q1": "Typed and lost the network"}


def test_mistakes_are_named_next_to_their_fields_and_nothing_typed_is_lost(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    form.fill(REACHED, "12").choose("Access", "open")
    refused = form.submit()
    assert refused is not None
    assert refused.errors.keys() == {DONE}
    assert refused.value(REACHED) == "12"
    assert the_return(world, "WFP", made).version == 0


def test_an_edit_is_a_new_version_and_does_not_make_the_return_late(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, WFP), "First.")
    world.go_to(the_round(world, made).due_at + timedelta(hours=1))
    form = ask_of(world, WFP).press("Edit")
    assert form is not None
    assert form.value(DONE) == "First."
    submitted(form, "Second.")
    given = the_return(world, "WFP", made)
    assert (given.version, given.answers["q1"], given.is_late) == (2, "Second.", False)
    assert [(one.number, one.answers["q1"], one.is_late) for one in versions(world, given.id)] == [
        (1, "First.", False),
        (2, "Second.", True),
    ]


def test_a_first_answer_after_the_deadline_is_late(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).due_at + timedelta(minutes=1))
    submitted(writes(world, WFP), "Sorry.")
    assert the_return(world, "WFP", made).is_late
    world.settle()
    assert "(late)" in ask_of(world, WFP).text


def test_an_answer_after_the_close_is_kept_as_a_draft_and_says_so(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    world.go_to(the_round(world, made).closes_at + timedelta(minutes=1))
    assert asked_back(form, "Too late for this.").title == "Too late"
    given = the_return(world, "WFP", made)
    assert given.state == ReturnState.MISSED
    assert draft(world, given.id, WFP)["q1"] == "Too late for this."


def test_nothing_to_report_can_be_undone(world: World) -> None:
    made = a_round(world)
    ask_of(world, WFP).press("Nothing to report")
    world.settle()
    assert the_return(world, "WFP", made).state == ReturnState.NIL
    asked = ask_of(world, WFP)
    assert asked.buttons == ["Undo", "Write update"]
    asked.press("Undo")
    world.settle()
    given = the_return(world, "WFP", made)
    assert (given.state, given.version) == (ReturnState.OWED, 2)
    assert [one.kind for one in versions(world, given.id)] == [VersionKind.NIL, VersionKind.WITHDRAWN]
    assert "Nothing to report" in ask_of(world, WFP).buttons


def two_at_once(world: World) -> tuple[int, Form]:
    """The alternate submits while the focal point is writing; what the focal point then sees."""
    made = a_round(world)
    theirs = world.person(ALTERNATE).runs("/update submit WFP") and world.person(ALTERNATE).form
    assert theirs is not None
    mine = writes(world, WFP)
    submitted(theirs, "From the alternate.")
    return made, asked_back(mine, "From the focal point.")


def test_two_at_once_see_both_texts_and_one_decides(world: World) -> None:
    made, conflict = two_at_once(world)
    assert conflict.title == "Two versions"
    assert "From the alternate." in conflict.text
    assert "From the focal point." in conflict.text
    conflict.choose("Which version do you keep?", "Keep mine as the new version").submit()
    given = the_return(world, "WFP", made)
    assert [one.answers["q1"] for one in versions(world, given.id)] == ["From the alternate.", "From the focal point."]


def test_taking_theirs_keeps_their_version(world: World) -> None:
    made, conflict = two_at_once(world)
    conflict.choose("Which version do you keep?", "Take theirs").submit()
    given = the_return(world, "WFP", made)
    assert (given.version, given.answers["q1"]) == (1, "From the alternate.")
    assert draft(world, given.id, WFP) == {}


def test_merging_shows_their_text_beside_mine(world: World) -> None:
    made, conflict = two_at_once(world)
    form = conflict.choose("Which version do you keep?", "Merge by editing").submit()
    assert form is not None
    assert "@WFP alternate wrote: From the alternate." in form.text
    assert form.value(DONE) == "From the focal point."
    submitted(form, "From both.")
    assert the_return(world, "WFP", made).answers["q1"] == "From both."


def test_a_return_is_handed_over_with_its_draft(world: World) -> None:
    made = a_round(world)
    writes(world, WFP).fill(DONE, "Begun by the focal point").close()
    form = ask_of(world, WFP).press("Hand over")
    assert form is not None
    form.choose("Who takes it over?", ALTERNATE).submit()
    world.settle()
    assert "Handed over to @WFP alternate" in ask_of(world, WFP).text
    theirs = writes(world, ALTERNATE)
    assert theirs.value(DONE) == "Begun by the focal point"
    submitted(theirs, "Finished by the alternate.")
    world.settle()
    assert "Submitted by @WFP alternate" in ask_of(world, WFP).text
    assert the_return(world, "WFP", made).answered_by == world.user_id(ALTERNATE)


def test_somebody_alone_is_told_how_to_add_people(world: World) -> None:
    a_round(world)
    ask_of(world, "IOM focal point").press("Hand over")
    iom = world.person("IOM focal point")
    assert "Nobody else answers for IOM today" in iom.story()


def test_a_reminder_is_put_off_once_and_comes_back_once(world: World) -> None:
    made = a_round(world)
    this = the_round(world, made)
    world.go_to(this.due_at - timedelta(hours=1, minutes=59))
    reminder = ask_of(world, WFP)
    assert "A reminder" in reminder.text
    reminder.choose("Remind me later", "in 3 hours")
    world.go_to(this.due_at + timedelta(minutes=30))
    assert ask_of(world, WFP).ts == reminder.ts
    world.go_to(this.due_at + timedelta(hours=1, minutes=2))
    [woken] = [one for one in world.person(WFP).messages(in_="Rapporteur") if "Weekly" in one.text]
    assert "You asked to be reminded" in woken.text
    assert woken.ts > reminder.ts


def test_a_coordinator_enters_an_update_by_proxy(world: World) -> None:
    made = a_round(world)
    secretary = world.person("Cabinet secretary")
    board = next(one for one in secretary.messages(in_="#cabinet-office") if "Weekly" in one.text)
    form = board.press("Enter for an agency")
    assert form is not None
    answer = form.choose("Agency", "WHO · World Health Organization").submit()
    assert answer is not None
    answer.fill(DONE, "Dictated on the telephone.")
    thanks = answer.fill("Who at the agency gave you this update?", "Head of sub-office").submit()
    assert thanks is not None
    assert "(by proxy)" in thanks.text
    given = the_return(world, "WHO", made)
    assert (given.state, given.on_behalf_of) == (ReturnState.SUBMITTED, "Head of sub-office")


def test_a_return_is_waived_with_a_reason_everybody_sees_and_owed_again(world: World) -> None:
    made = a_round(world)
    secretary = world.person("Cabinet secretary")
    board = next(one for one in secretary.messages(in_="#cabinet-office") if "Weekly" in one.text)
    form = board.press("Waive")
    assert form is not None
    form.choose("Agency", "IOM · International Organization for Migration").fill("Reason", "Office evacuated").submit()
    world.pass_time(seconds=10)
    assert the_return(world, "IOM", made).state == ReturnState.WAIVED
    assert "IOM (Office evacuated)" in board.refresh().text
    assert "Office evacuated" in ask_of(world, "IOM focal point").text
    form = board.refresh().press("Waive")
    assert form is not None
    form.choose("Agency", "IOM · International Organization for Migration").choose(
        "Must this agency still report?", "Yes: due again"
    ).fill("Reason", "They are back").submit()
    assert the_return(world, "IOM", made).state == ReturnState.OWED
    with world.database() as session:
        kept = {
            row.verb: row.details["reason"] for row in session.scalars(select(AuditEntry)) if "reason" in row.details
        }
    assert kept == {"return.waived": "Office evacuated", "return.owed_again": "They are back"}


def test_what_i_owe_names_every_update_and_its_buttons_work(world: World) -> None:
    assert "Nothing is asked of WFP" in world.person(WFP).runs("/update").text
    assert "You do not answer for any agency" in world.person("Mission reader").runs("/update").text
    made = a_round(world)
    reply = world.person(WFP).runs("/update")
    assert "1 update due from you" in reply.text
    reply.press("Nothing to report")
    assert the_return(world, "WFP", made).state == ReturnState.NIL
    assert "No updates due." in world.person(WFP).runs("/update").text


def test_answering_by_command_needs_no_message(world: World) -> None:
    made = a_round(world)
    reply = world.person(WFP).runs("/update nil")
    assert "WFP has nothing to report" in reply.text
    assert the_return(world, "WFP", made).state == ReturnState.NIL
    assert "Did you mean WFP" in world.person(WFP).runs("/update submit WPF").text
    assert "You are not among the people" in world.person(WFP).runs("/update submit IOM").text


def test_a_french_focal_point_reads_french(world: World) -> None:
    made = a_round(world)
    message = ask_of(world, "UNICEF focal point")
    assert "Rien à signaler" in message.buttons
    form = message.press("Rédiger")
    assert form is not None
    assert form.fill(DONE, "Écoles rouvertes.").submit() is None
    assert the_return(world, "UNICEF", made).state == ReturnState.SUBMITTED


def test_the_shortcut_opens_the_form_from_anywhere(world: World) -> None:
    made = a_round(world)
    form = world.person(WFP).shortcut("Write an update")
    assert form is not None
    submitted(form, "By shortcut.")
    assert the_return(world, "WFP", made).answers["q1"] == "By shortcut."
