"""Coordinators read what comes as it comes and remind of what does not; others read what a digest has shown."""

from __future__ import annotations

from bot.sandbox.driver import Form
from storage.agencies import AgencyPerson, AgencyState, find_agency
from storage.people import Role
from storage.updates.returns import ReturnState
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import ALTERNATE, WFP, ask_of, submitted, writes
from tests.world import World

SECRETARY, READER, IOM = "Cabinet secretary", "Mission reader", "IOM focal point"


def listed(world: World, name: str) -> Form:
    """The list of the round's agencies, as somebody finds it."""
    form = world.person(name).runs("/update status").press("View by agency")
    assert form is not None
    return form


def pressed(form: Form, what: str) -> Form:
    shown = form.press(what)
    assert shown is not None
    return shown


def test_what_is_new_is_marked_until_it_is_read(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, WFP), "Convoys stopped.")
    submitted(writes(world, IOM), "Two camps.")
    world.settle()
    form = listed(world, SECRETARY)
    assert "*WFP* · *New*" in form.text
    texts = pressed(form, "Read what is new (2)")
    assert "Convoys stopped." in texts.text
    assert "Two camps." in texts.text
    again = pressed(texts, "View by agency")
    assert "*New*" not in again.text
    again.close(everything=True)
    edit = ask_of(world, WFP).press("Edit")
    assert edit is not None
    submitted(edit, "Convoys go on.")
    world.settle()
    form = listed(world, SECRETARY)
    assert "*WFP* · *New*" in form.text
    assert "*IOM* · *New*" not in form.text
    assert "Convoys go on." in pressed(form, "Read the update of WFP").text
    assert "Read" not in listed(world, READER).buttons
    world.go_to(the_round(world, made).digest_at)
    assert "Convoys go on." in pressed(listed(world, READER), "Read the update of WFP").text


def test_an_agency_is_reminded_now_once_an_hour_at_most(world: World) -> None:
    a_round(world)
    before = ask_of(world, IOM)
    form = listed(world, SECRETARY)
    form.press("Remind IOM now")
    assert "less than an hour ago" in world.person(SECRETARY).story()
    world.pass_time(minutes=61)
    told = pressed(listed(world, SECRETARY), "Remind IOM now")
    assert "IOM is reminded." in told.text
    world.settle()
    assert "@Cabinet secretary asks for this update." in ask_of(world, IOM).text
    assert ask_of(world, IOM).ts > before.ts
    assert len(world.person(IOM).messages(in_="Rapporteur")) == 1
    assert "Remind now" not in listed(world, READER).buttons


def test_an_agency_that_is_suspended_meanwhile_owes_nothing_until_it_is_back(world: World) -> None:
    made = a_round(world)
    chief = world.person("Chief of staff")
    form = chief.runs("/agency suspend IOM") and chief.form
    assert form is not None
    form.fill("Reason", "Office closed").submit()
    world.settle()
    assert the_return(world, "IOM", made).state == ReturnState.WAIVED
    assert "the agency is suspended" in ask_of(world, IOM).text
    world.go_to(the_round(world, made).due_at)
    assert "A reminder" not in ask_of(world, IOM).text
    chief.runs("/agency resume IOM")
    world.settle()
    assert the_return(world, "IOM", made).state == ReturnState.OWED


def test_a_return_is_not_handed_to_somebody_whose_role_waits(world: World) -> None:
    made = a_round(world)
    with world.database() as session:
        wfp = find_agency(session, world.mission_id, "WFP")
        assert wfp is not None
        assert wfp.state == AgencyState.ACTIVE
        waits = world.user_id(READER)
        seat = {"mission_id": world.mission_id, "user_id": waits, "role": Role.ALTERNATE, "rank": 8}
        wfp.people.append(AgencyPerson(granted_by=waits, granted_at=world.now, **seat))
    form = ask_of(world, WFP).press("Hand over")
    assert form is not None
    names = [one["text"]["text"] for one in form.options("Who takes it over?")]
    assert ALTERNATE in names
    assert READER not in names
    assert the_return(world, "WFP", made).state == ReturnState.OWED
