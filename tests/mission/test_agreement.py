"""A role that somebody gives to themselves: the others who may are told, and it clears nobody until one agrees."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from commands.kit.work import MessageRef
from storage.agencies import find_agency
from storage.audit import history
from storage.people import MISSION_ROLES, Role, set_holders
from tests.updates.rounds import a_round
from tests.world import World

ADMIN, SECRETARY, FOCAL = "Chief of staff", "Cabinet secretary", "WFP focal point"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def only_an_admin(world: World) -> None:
    """The Chief of staff keeps the machine running and no more; somebody else coordinates."""
    with world.database() as session:
        set_holders(session, world.mission_id, Role.COORDINATOR, [world.user_id(SECRETARY)], "test", world.now)
        set_holders(session, world.mission_id, Role.SRSG_OFFICE, [world.user_id("SRSG")], "test", world.now)


def names_himself(world: World) -> None:
    world.person(ADMIN).runs("/agency focal WFP")
    form = world.person(ADMIN).form
    assert form is not None
    form.choose("Alternates", ADMIN).submit()
    world.settle()


def opens_wfp(world: World) -> str:
    """What the Chief of staff is shown of WFP's return."""
    return world.person(ADMIN).runs("/update submit WFP").text


def asked(world: World, name: str) -> str:
    return world.person(name).direct_message_from("Rapporteur", "to themselves").text


def test_an_admin_who_names_himself_alternate_reads_nothing_confidential_until_another_agrees(world: World) -> None:
    only_an_admin(world)
    a_round(world, handling="confidential")
    assert "no round is open that you may see" in opens_wfp(world)
    names_himself(world)
    assert "no round is open that you may see" in opens_wfp(world)
    assert "opens nothing Confidential" in world.person(ADMIN).direct_message_from("Rapporteur", "yourself").text
    question = world.person(SECRETARY).direct_message_from("Rapporteur", "to themselves")
    assert "alternate of WFP" in question.text
    assert "nothing Confidential" in question.text
    question.press("Agree")
    world.settle()
    world.person(ADMIN).runs("/update submit WFP")
    form = world.person(ADMIN).form
    assert form is not None
    assert "Confidential" in form.text
    agreed = world.person(ADMIN).direct_message_from("Rapporteur", "cleared as such")
    assert SECRETARY in agreed.text
    [told] = [one for one in world.person(SECRETARY).messages(in_="Rapporteur") if "alternate" in one.text]
    assert "agreed" in told.text
    assert told.buttons == []
    with world.database() as session:
        agency = find_agency(session, world.mission_id, "WFP")
        assert agency is not None
        last = history(session, world.mission_id, "agency", agency.id)[-1]
        assert (last.verb, last.actor, last.on_behalf_of) == (
            "roles.agreed",
            world.user_id(SECRETARY),
            world.user_id(ADMIN),
        )


def test_a_mission_role_given_to_oneself_waits_too_and_the_question_ends_when_it_is_taken_back(world: World) -> None:
    only_an_admin(world)
    a_round(world, handling="confidential")
    form = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert form is not None
    form.choose("SRSG office", "SRSG", ADMIN).submit()
    world.settle()
    assert "SRSG office" in asked(world, SECRETARY)
    assert "No round is running" in world.person(ADMIN).runs("/update status").text
    again = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert again is not None
    again.choose("SRSG office", "SRSG").submit()
    world.settle()
    [told] = [one for one in world.person(SECRETARY).messages(in_="Rapporteur") if "SRSG office" in one.text]
    assert "is no longer" in told.text
    assert told.buttons == []


def test_nobody_agrees_to_their_own_role_nor_who_has_no_right_to(world: World) -> None:
    only_an_admin(world)
    names_himself(world)
    with world.database() as session:
        agency = find_agency(session, world.mission_id, "WFP")
        assert agency is not None
        value = f"{agency.id}:alternate:{world.user_id(ADMIN)}"
    conversation = conversation_of(world.product, world.product.slack)
    for number, name in enumerate((ADMIN, "Mission reader", "IOM focal point", FOCAL)):
        press = Incoming(
            ACTION, f"k{number}", world.user_id(name), "mission:agree", value, message=MessageRef("C0", "1")
        )
        reaction = conversation.hear(press)
        assert reaction.refusal is not None, name
    a_round(world, handling="confidential")
    assert "no round is open that you may see" in opens_wfp(world)


def test_where_nobody_can_agree_yet_the_holder_is_told_so_and_whoever_comes_is_asked(world: World) -> None:
    with world.database() as session:
        for role in MISSION_ROLES:
            set_holders(session, world.mission_id, role, [], "test", world.now)
        set_holders(session, world.mission_id, Role.ADMIN, [world.user_id(ADMIN)], "test", world.now)
    form = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert form is not None
    form.choose("Coordinator", ADMIN).submit()
    world.settle()
    world.person(ADMIN).direct_message_from("Rapporteur", "Nobody can agree yet")
    again = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert again is not None
    again.choose("Coordinator", ADMIN, SECRETARY).submit()
    world.settle()
    assert "coordinator" in asked(world, SECRETARY)
    assert SECRETARY in world.person(ADMIN).direct_message_from("Rapporteur", "yourself").text


def test_who_may_not_agree_any_more_is_not_asked_any_more(world: World) -> None:
    only_an_admin(world)
    names_himself(world)
    assert "Agree" in world.person(SECRETARY).direct_message_from("Rapporteur", "alternate").buttons
    form = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert form is not None
    form.choose("Coordinator", "SRSG").submit()
    world.settle()
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "alternate")
    assert "You need not" in told.text
    assert told.buttons == []
    assert "Agree" in world.person("SRSG").direct_message_from("Rapporteur", "alternate").buttons
