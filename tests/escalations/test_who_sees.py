"""Only the raiser, those concerned and the office see an escalation; Confidential texts stay where they may be read."""

from __future__ import annotations

import json

from storage.agencies import AgencyPerson
from storage.escalations.model import State
from storage.people import Role
from tests.cabinet.access.test_speakers import made_alternate
from tests.cabinet.meetings import forged
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    OFFICE,
    RAISER,
    SRSG,
    direct,
    filled,
    form_of,
    give,
    office_card,
    presses,
    raises,
    staff,
    the,
    told,
    writes,
)
from tests.updates.deliveries import bring
from tests.world import World

SECRET = "The liaison officer passes money to the checkpoint."
STRANGER = "IOM focal point"
REFUSED = "I know no such escalation that you may see"


def everything(world: World, name: str) -> str:
    """All that a person can read anywhere in Slack, and whatever stands in their forms."""
    person = world.person(name)
    return person.story() + json.dumps(person.views())


def test_others_cannot_open_it_by_number_by_button_or_by_a_forged_press(world: World) -> None:
    staff(world)
    number = raises(world, SECRET, agency="UNHCR")
    for name in (STRANGER, "Mission reader"):
        person = world.person(name)
        assert REFUSED in person.runs(f"/escalate show E-{number}").text
        assert person.form is None
    assert world.person(STRANGER).runs("/escalate show 999").text.startswith(REFUSED)
    for name in (RAISER, "UNHCR focal point", DUTY, CHIEF, SRSG, "WFP focal point"):
        person = world.person(name)
        shows = name != "WFP focal point"
        person.runs(f"/escalate show {number}")
        assert (person.form is not None) == shows, name
        if person.form is not None:
            assert SECRET in person.form.text
            person.form.close()
    card = office_card(world, number)
    for verb in ("open", "ack", "decide", "join", "withdraw", "answer"):
        forged_press(world, card.channel, card.ts, STRANGER, f"escalations:{verb}", the(world, number).id)
    world.settle()
    assert the(world, number).state == State.RAISED
    assert SECRET not in everything(world, STRANGER)
    assert SECRET not in everything(world, "Mission reader")
    # The forged triggers were refused by Slack too, as they should be.
    world.workspace.wire.post("log/clear")


def forged_press(world: World, channel: str, ts: str, name: str, action: str, value: int) -> None:
    """Somebody presses a button that they were never shown."""
    bring(
        world,
        {
            "type": "block_actions",
            "user": {"id": world.user_id(name), "team_id": world.mission_id},
            "team": {"id": world.mission_id},
            "channel": {"id": channel},
            "message": {"ts": ts},
            "trigger_id": f"forged.{action}",
            "actions": [{"type": "button", "action_id": action, "value": str(value), "action_ts": "1.0"}],
        },
    )


def test_an_admin_sees_nothing_by_being_an_admin(world: World) -> None:
    staff(world)
    give(world, Role.COORDINATOR, [DUTY])
    number = raises(world, SECRET)
    assert REFUSED in world.person(CHIEF).runs(f"/escalate show {number}").text


def test_who_is_cleared_elsewhere_knows_of_no_escalation_by_a_role_that_waits(world: World) -> None:
    staff(world)
    give(world, Role.COORDINATOR, [DUTY])
    made_alternate(world, "IOM", CHIEF, by=DUTY)
    made_alternate(world, "UNHCR", CHIEF, by=CHIEF)
    number = raises(world, SECRET, agency="UNHCR", handling="Confidential")
    chief = world.person(CHIEF)
    assert REFUSED in chief.runs(f"/escalate show {number}").text
    assert f"E-{number}" not in form_of(world, CHIEF, "/escalate list").text
    form_of(world, CHIEF, "/escalate list").close(everything=True)
    with world.database() as session:
        for role in session.query(AgencyPerson).filter_by(user_id=world.user_id(CHIEF)):
            role.agreed_by = world.user_id(DUTY)
    assert SECRET in form_of(world, CHIEF, f"/escalate show {number}").text


def test_confidential_texts_reach_only_who_is_cleared(world: World) -> None:
    staff(world)
    give(world, Role.DUTY_OFFICER, ["Mission reader", DEPUTY])
    number = raises(world, SECRET, handling="Confidential")
    # The duty officer holds no role that clears them: the deputy gets it instead, and the card says why.
    assert told(world, "Mission reader", number) == []
    assert "duty officer (@Mission reader): not cleared for Confidential texts" in office_card(world, number).text
    assert SECRET in told(world, DEPUTY, number)[0].text
    # The Cabinet secretary is in the office's channel and has no role any more: the channel reads no text.
    card = office_card(world, number)
    assert SECRET not in card.text
    assert "Its text is Confidential and is not shown here" in card.text
    writes(world, presses(world, told(world, DEPUTY, number)[0], "Decide"), "The decision", "He is sent home.")
    assert "He is sent home." in told(world, RAISER, number)[-1].text
    assert "He is sent home." not in json.dumps([one.raw for one in world.person(DUTY).messages(in_=OFFICE)])
    assert SECRET not in everything(world, DUTY)
    assert SECRET not in everything(world, "Mission reader")
    person = world.person("Mission reader")
    person.runs(f"/escalate show {number}")
    assert person.form is not None
    assert "not shown here" in person.form.text


def test_whoever_cannot_read_it_is_offered_nothing_that_is_refused(world: World) -> None:
    staff(world)
    give(world, Role.DUTY_OFFICER, ["Mission reader", DEPUTY])
    number = raises(world, SECRET, handling="Confidential")
    presses(world, told(world, DEPUTY, number)[0], "Acknowledge")
    offered = json.dumps(form_of(world, "Mission reader", f"/escalate show {number}").view)
    for act in ("take", "decide", "return", "ask", "pause", "srsg", "merge", "own-line"):
        assert f'"escalations:{act}"' not in offered, act
    assert '"escalations:severity"' in offered
    said = forged(world, "Mission reader", "escalations:pause", the(world, number).id)
    assert "This is Confidential and your roles do not let you read it" in said


def test_a_refusal_says_whose_act_it_is(world: World) -> None:
    staff(world)
    number = raises(world, "The road to the camp is blocked by trucks.", agency="WFP")
    said = forged(world, CHIEF, "escalations:own-line", the(world, number).id)
    assert "Only the humanitarian coordinator and the human-rights adviser have a line of their own." in said
    writes(world, presses(world, office_card(world, number), "Ask back"), "Your question", "Which road?")
    said = forged(world, CHIEF, "escalations:answer", the(world, number).id)
    assert f"The question is for <@{world.user_id(RAISER)}>, who raised E-{number}" in said


def test_of_what_is_strictly_confidential_only_a_pointer_is_kept(world: World) -> None:
    staff(world)
    form = form_of(world, RAISER).choose("Classification", "Strictly Confidential")
    assert not {"What is it about?", "What was tried at the level below?", "Place"} & set(form.fields)
    form.fill("Reference", "COS/2035/14").fill("Who holds the text", "The registry")
    form.fill("How to ask for it", "In person, room 12").submit()
    world.settle()
    this = the(world, 1)
    assert (this.summary, this.tried, this.handling) == ("", "", "strictly_confidential")
    assert this.pointer == {"reference": "COS/2035/14", "holder": "The registry", "how": "In person, room 12"}
    assert "COS/2035/14" in told(world, DEPUTY, 1, "E-1")[0].text
    decide = presses(world, told(world, DEPUTY, 1)[0], "Decide")
    assert decide is not None
    assert "write the reference of the answer, never its text" in decide.text
    writes(world, decide, "The decision", "COS/2035/15")
    assert the(world, 1).outcome == "COS/2035/15"


def test_something_like_it_is_shown_and_joined_instead_of_raised_again(world: World) -> None:
    staff(world)
    first = raises(world, "The road to the camp is blocked by trucks.", agency="WFP", place="Pibor")
    form = filled(world, "Trucks are blocking the road to the camp", severity="Urgent", name="WFP focal point")
    likely = form.fill("Place", "pibor").submit()
    assert likely is not None
    assert likely.title == "Raised already?"
    assert "blocked by trucks" in likely.text
    joined = likely.press("Join this one instead")
    assert joined is not None
    assert joined.title == "Joined"
    world.settle()
    assert len(told(world, "WFP focal point", first)) == 1
    assert len(told(world, RAISER, first, "@WFP focal point has joined it.")) == 1
    # A stranger to it is shown nothing; the office is told that the two may be one matter, and brings them together.
    second = raises(world, "Trucks block the road to the camp", name=STRANGER, place="Pibor")
    assert f"Perhaps the same matter as E-{first}" in office_card(world, second).text
    merging = presses(world, office_card(world, second), "Merge into another")
    assert merging is not None
    merging.choose("The one that goes on", merging.options("The one that goes on")[0]["text"]["text"]).submit()
    world.settle()
    assert (the(world, second).state, the(world, second).merged_into_id) == (State.MERGED, the(world, first).id)
    assert len(told(world, STRANGER, second, f"*Merged* into E-{first} by")) == 1
    assert len([one for one in direct(world, STRANGER) if one.text.startswith(f"*E-{first}*")]) == 1
    writes(world, presses(world, office_card(world, first), "Return"), "Why it goes back", "Ask the governor first.")
    for name in (RAISER, "WFP focal point", STRANGER):
        assert len(told(world, name, first, "*Returned to the level below* by")) == 1, name


def test_the_raiser_withdraws_and_advisers_record_their_own_line(world: World) -> None:
    staff(world)
    number = raises(world, "Access to the prison.", name=DEPUTY)
    person = world.person(DEPUTY)
    person.runs(f"/escalate show {number}")
    form = person.form
    assert form is not None
    own = form.press("I took it to my own line")
    assert own is not None
    assert "High Commissioner for Human Rights" in own.text
    own.fill("Reference", "OHCHR/7").submit()
    world.settle()
    assert "took it to their own line" in office_card(world, number).thread[-1].text
    presses(world, told(world, DEPUTY, number)[0], "Withdraw")
    assert the(world, number).state == State.WITHDRAWN
    assert "*Withdrawn*" in office_card(world, number).text
    world.pass_time(hours=5)
    assert len(told(world, CHIEF, number)) == 0
