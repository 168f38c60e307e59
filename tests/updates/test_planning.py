"""Plans and ad-hoc rounds, as coordinators make them over the local Slack."""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bot.sandbox.driver import Form, Person
from storage.form_drafts import save_form
from storage.updates.rounds import PlanState, Round, RoundPlan, RoundState
from tests.databases import copy_of
from tests.kit.test_drafts import FIRST_RELEASE
from tests.updates.deliveries import bring, delivered
from tests.updates.rounds import QUESTIONS, a_round
from tests.updates.test_answering import submitted, writes
from tests.world import World, a_world

SECRETARY = "Cabinet secretary"
ALL = "All agencies"


def runs(person: Person, command: str) -> Form:
    reply = person.runs(command)
    assert person.form is not None, reply.text
    return person.form


def plans(world: World) -> list[RoundPlan]:
    with world.product.database.reading() as session:
        return list(session.scalars(select(RoundPlan)))


def rounds(world: World) -> list[Round]:
    with world.product.database.reading() as session:
        return list(session.scalars(select(Round).order_by(Round.due_at)))


def after(form: Form | None) -> Form:
    assert form is not None
    return form


def to_when(world: World) -> Form:
    """A new plan, its first two steps filled in."""
    form = after(runs(world.person(SECRETARY), "/update schedule").press("New plan"))
    form = after(form.fill("Title", "Weekly cabinet update").fill("Questions", QUESTIONS).submit())
    return after(form.submit())


def test_a_plan_is_made_step_by_step_and_its_rounds_follow(world: World) -> None:
    form = to_when(world)
    assert "Times are those of Africa/Juba." in form.text
    form.uncheck("Due on", "Monday").check("Due on", "Thursday")
    form = after(form.submit())
    assert "at the deadline: focal point" in form.text
    form = after(after(form.submit()).submit())
    assert "Step 6 of 6" in form.text
    assert "due Thu 8 Mar 16:00" in form.text
    assert "(5 agencies)" in form.text
    assert "1. What did you do this week? _(text, required)_" in form.text
    saved = after(form.submit())
    assert "Thursday at 16:00, every week" in saved.text
    world.settle()
    made = rounds(world)
    assert [(one.state, one.due_at) for one in made] == [(RoundState.PENDING, datetime(2035, 3, 8, 14, 0, tzinfo=UTC))]
    world.go_to(datetime(2035, 3, 22, 18, 0, tzinfo=UTC))
    assert [one.due_at.day for one in rounds(world)] == [8, 15, 22]
    assert world.undelivered() == []


def test_going_back_and_a_refused_step_lose_nothing(world: World) -> None:
    form = to_when(world)
    back = after(form.press("Back"))
    assert "Step 2 of 6" in back.text
    first = after(back.press("Back"))
    assert first.value("Questions").splitlines() == QUESTIONS.strip().splitlines()
    refused = after(first.fill("Title", ":tada:").submit())
    assert refused.errors == {"Title": "Give it a title in words; emoji alone cannot be read out."}
    assert refused.value("Title") == ":tada:"


def test_times_out_of_order_are_refused_beside_their_field(world: World) -> None:
    form = to_when(world)
    refused = after(form.choose("Opens", "On the same day").fill("Opens at", "17:00").submit())
    assert refused.errors.keys() == {"Opens at"}
    refused = after(
        form.fill("Opens at", "08:00").choose("Closes", "On the same day").fill("Closes at", "15:00").submit()
    )
    assert refused.errors.keys() == {"Closes at"}


def test_a_closed_form_goes_on_where_it_stopped(world: World) -> None:
    after(to_when(world).fill("Due at", "11:30").submit()).close()
    form = after(runs(world.person(SECRETARY), "/update schedule").press("New plan"))
    assert "It goes on where you stopped." in form.text
    assert form.value("Title") == "Weekly cabinet update"
    assert plans(world) == []
    form = after(after(form.submit()).submit())
    assert form.value("Due at") == "11:30"


def test_what_is_typed_is_there_again_after_the_form_was_closed(world: World) -> None:
    runs(world.person(SECRETARY), "/update round").fill("Questions", "Is the bridge open? [yes/no]").close()
    form = runs(world.person(SECRETARY), "/update round")
    assert "This is what you entered last time." in form.text
    assert form.value("Questions") == "Is the bridge open? [yes/no]"


def a_saved_plan(world: World) -> Form:
    form = to_when(world)
    for _step in range(3):
        form = after(form.submit())
    return after(form.submit())


def test_pausing_drops_the_rounds_to_come_and_resuming_makes_them_again(world: World) -> None:
    listed = a_saved_plan(world)
    assert [one.state for one in rounds(world)] == [RoundState.OPEN]
    world.go_to(datetime(2035, 3, 7, 10, 30, tzinfo=UTC))
    assert [one.state for one in rounds(world)] == [RoundState.CLOSED, RoundState.PENDING]
    listed = runs(world.person(SECRETARY), "/update schedule")
    paused = after(listed.press("Pause"))
    assert "*Paused.*" in paused.text
    assert [one.state for one in rounds(world)] == [RoundState.CLOSED, RoundState.DROPPED]
    after(paused.press("Resume"))
    assert plans(world)[0].state == PlanState.ACTIVE
    assert sorted(one.state for one in rounds(world)) == ["closed", "dropped", "pending"]


def test_every_plan_is_reached_by_turning_pages_and_the_page_stays(world: World) -> None:
    a_saved_plan(world)
    with world.database() as session:
        plan = session.scalars(select(RoundPlan)).one()
        session.add_all(copy_of(plan, title=f"Plan {number}", state=PlanState.PAUSED) for number in range(10, 21))
    first = runs(world.person(SECRETARY), "/update schedule")
    second = after(first.press("Next"))
    assert "Page 2 of 2" in second.text
    titles = {f"Plan {number}" for number in range(10, 21)}
    assert {one for one in titles if one in first.text} | {one for one in titles if one in second.text} == titles
    assert "*Paused.*" in second.text
    resumed = after(second.press("Resume"))
    assert "Page 2 of 2" in resumed.text
    assert resumed.text.count("*Paused.*") == second.text.count("*Paused.*") - 1


def test_a_changed_plan_leaves_the_open_round_alone(world: World) -> None:
    a_saved_plan(world)
    world.settle()
    form = after(runs(world.person(SECRETARY), "/update schedule").press("Edit"))
    form.fill("Title", "Renamed").fill("Questions", "Something else?")
    for _step in range(6):
        form = after(form.submit())
    assert "Renamed" in form.text
    assert [(one.title, len(one.questions)) for one in rounds(world)] == [("Weekly cabinet update", 3)]
    world.go_to(datetime(2035, 3, 12, 16, 0, tzinfo=UTC))
    assert [(one.title, len(one.questions)) for one in rounds(world)][1] == ("Renamed", 4)


def adhoc(world: World, *, questions: str = "Is the road to the north open? [yes/no] *") -> Form:
    form = runs(world.person(SECRETARY), "/update round")
    form.fill("Title", "Road check").fill("Questions", questions).choose("Who is asked", ALL)
    return form.fill("Due on", "2035-03-06").fill("Due at", "16:00")


def test_an_adhoc_round_asks_at_once(world: World) -> None:
    shown = after(adhoc(world).submit())
    assert "*5 agencies are asked at once*\nIOM, UNHCR, UNICEF, WFP, WHO" in shown.text
    assert "*Due* Tue 6 Mar 2035, 16:00" in shown.text
    assert "1. Is the road to the north open? _(yes or no, required)_" in shown.text
    assert rounds(world) == []
    assert shown.submit() is None
    world.settle()
    made = rounds(world)
    assert [(one.title, one.due_at) for one in made] == [("Road check", datetime(2035, 3, 6, 14, 0, tzinfo=UTC))]
    assert any("Road check" in one.text for one in world.person("WFP focal point").messages(in_="Rapporteur"))


def test_what_is_wrong_with_an_adhoc_round_is_said_beside_each_field(world: World) -> None:
    form = adhoc(world, questions="Open? [one: yes]").fill("Title", ":fire:").fill("Due on", "2035-03-01")
    refused = after(form.submit())
    assert refused.errors == {
        "Title": "Give it a title in words; emoji alone cannot be read out.",
        "Questions": "Question 1: Give at least two choices, one on each line.",
        "Due on": "This moment has passed. Choose a later one.",
    }
    assert refused.value("Questions") == "Open? [one: yes]"
    assert rounds(world) == []


def test_what_was_asked_already_is_shown_with_its_answers_first(world: World) -> None:
    a_round(world)
    submitted(writes(world, "WFP focal point"), "Twelve convoys.")
    world.settle()
    asked = after(adhoc(world, questions="What did you do this week").submit())
    assert asked.title == "Before it goes out"
    assert asked.view["submit"]["text"] == "Send anyway"
    assert "*WFP*: Twelve convoys." in asked.text
    form = after(asked.close())
    assert form.value("Title") == "Road check"
    asked = after(form.submit())
    assert asked.submit() is None
    world.settle()
    assert [one.title for one in rounds(world)] == ["Road check", "Weekly update"]


def test_only_coordinators_and_admins_begin_rounds(world: World) -> None:
    text = world.person("WFP focal point").runs("/update round").text
    assert "This needs one of these roles: admin, coordinator" in text


def test_a_confidential_round_needs_a_channel_whose_members_are_all_cleared(world: World) -> None:
    form = adhoc(world).choose("Classification", "Confidential").choose("Digest goes to", "general")
    refused = after(form.submit())
    assert refused.errors == {
        "Digest goes to": "I cannot see who is in this channel. Invite me there first (/invite), then try again."
    }


def test_after_a_standstill_the_missed_round_is_told_and_the_next_one_is_asked(world: World) -> None:
    a_saved_plan(world)
    world.settle()
    world.go_to(datetime(2035, 3, 7, 7, 0, tzinfo=UTC))
    world.jump_to(datetime(2035, 3, 13, 9, 0, tzinfo=UTC) + timedelta(days=7))
    world.clock.run_all()
    world.settle()
    states = [(one.due_at.day, one.state) for one in rounds(world)]
    assert (19, RoundState.CLOSED) in states
    world.person("Chief of staff").sees("was not opened", in_="#cabinet-office")


def schedule(world: World, name: str = SECRETARY) -> Form:
    return runs(world.person(name), "/update schedule")


def to_preview(form: Form | None) -> Form:
    for _step in range(6):
        if "Step 6 of 6" not in after(form).text:
            form = after(form).submit()
    assert "Step 6 of 6" in after(form).text, after(form).errors
    return after(form)


def keeps(world: World, form: str, data: dict[str, object]) -> None:
    """As another release may have kept what the secretary began to enter."""
    with world.database() as session:
        save_form(session, world.mission_id, world.user_id(SECRETARY), form, data, world.now)


def test_a_form_begun_in_the_first_release_goes_on(world: World) -> None:
    keeps(world, "plan:0", {**FIRST_RELEASE, "channel": world.channel_id("#cabinet-office")})
    form = after(schedule(world).press("New plan"))
    assert "It goes on where you stopped." in form.text
    assert form.value("Title") == "Weekly update"
    assert to_preview(form).submit() is not None
    assert [(one.title, one.due_time, one.every_weeks) for one in plans(world)] == [("Weekly update", time(16, 30), 2)]


def test_what_cannot_be_read_is_begun_anew_and_said(world: World) -> None:
    keeps(world, "plan:0", {**FIRST_RELEASE, "first": "soon"})
    keeps(world, "round", {"title": 3})
    form = after(schedule(world).press("New plan"))
    assert "What you had entered can no longer be read. Please begin again." in form.text
    assert form.value("Title") is None
    form = runs(world.person(SECRETARY), "/update round")
    assert "What you had entered can no longer be read. Please begin again." in form.text


def test_a_step_whose_others_are_gone_begins_again_with_what_it_holds(world: World) -> None:
    form = to_when(world).fill("Due at", "11:30")
    keeps(world, "plan:0", {})
    begun = after(form.submit())
    assert "What you entered on other steps is not here any more. Please begin again." in begun.text
    assert "Step 1 of 6" in begun.text
    form = after(after(begun.fill("Title", "Again").fill("Questions", QUESTIONS).submit()).submit())
    assert form.value("Due at") == "11:30"


def sent(world: World, window: str) -> dict[str, Any]:
    """The last step of the new plan, as another window of the same person would send it."""
    payload = copy.deepcopy(delivered(world, "view_submission"))
    payload["view"] |= {
        "id": f"V{window}",
        "hash": window,
        "private_metadata": json.dumps({"plan": 0, "step": "preview"}),
    }
    return payload


def test_a_plan_is_saved_once_from_two_windows(world: World) -> None:
    to_preview(to_when(world)).submit()
    answer = bring(world, sent(world, "SECOND"))
    assert "This was saved already, or it waited for too long." in str(answer)
    assert len(plans(world)) == 1


def test_a_plan_is_saved_once_from_windows_at_the_same_moment(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        to_preview(to_when(world))
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(lambda number: bring(world, sent(world, f"W{number}")), range(4)))
        assert sum("This was saved already" in str(answer) for answer in answers) == 3, answers
        assert len(plans(world)) == 1


def test_whoever_saves_second_sees_it_and_keeps_what_they_entered(world: World) -> None:
    a_saved_plan(world)
    mine = to_preview(after(schedule(world).press("Edit")).fill("Title", "Mine"))
    theirs = to_preview(after(schedule(world, "Chief of staff").press("Edit")).fill("Title", "Theirs"))
    assert theirs.submit() is not None
    told = after(mine.submit())
    assert "Somebody else has changed this meanwhile." in told.text
    assert "*Mine*" in told.text
    assert [one.title for one in plans(world)] == ["Theirs"]
    assert told.submit() is not None
    assert [(one.title, one.version) for one in plans(world)] == [("Mine", 3)]


def test_what_was_left_before_somebody_else_saved_is_left_out_and_said(world: World) -> None:
    a_saved_plan(world)
    after(after(schedule(world).press("Edit")).fill("Title", "Half").submit()).close()
    to_preview(after(schedule(world, "Chief of staff").press("Edit")).fill("Title", "Theirs")).submit()
    form = after(schedule(world).press("Edit"))
    assert "Somebody else has changed this since you stopped." in form.text
    assert form.value("Title") == "Theirs"
