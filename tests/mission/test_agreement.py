"""A role that somebody gives to themselves: the others who may are told, and it clears nobody until one agrees."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from commands.kit.permission import who_is
from commands.kit.work import MessageRef, Work
from commands.mission.handlers.agreement import follow_roles
from storage.agencies import AgencyPerson, all_agencies, find_agency
from storage.audit import history
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import MISSION_ROLES, Role, RoleGrant, get_person, granted_roles, set_holders
from storage.subjects import Subject
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
            ACTION, f"k{number}", world.user_id(name), "mission:agree", value=value, message=MessageRef("C0", "1")
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


def gives_himself(world: World, role: str) -> None:
    form = world.person(ADMIN).runs("/mission roles").press("Change roles")
    assert form is not None
    form.choose(role, ADMIN).submit()
    world.settle()


def test_a_coordinator_who_does_not_agree_takes_the_role_back_by_a_button_and_needs_no_command(world: World) -> None:
    only_an_admin(world)
    gives_himself(world, "Duty officer")
    question = world.person(SECRETARY).direct_message_from("Rapporteur", "to themselves")
    assert "/mission roles" not in question.text
    question.press("I do not agree")
    world.settle()
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "duty officer")
    assert "is no longer" in told.text
    assert told.buttons == []
    assert "is no longer" in world.person(ADMIN).direct_message_from("Rapporteur", "duty officer").text
    with world.database() as session:
        assert Role.DUTY_OFFICER not in granted_roles(session, world.mission_id, world.user_id(ADMIN))
        last = history(session, world.mission_id, "role", "duty_officer")[-1]
        assert (last.verb, last.actor) == ("roles.changed", world.user_id(SECRETARY))


def test_nobody_says_no_to_a_role_that_was_agreed_or_is_an_admins_nor_who_may_not(world: World) -> None:
    only_an_admin(world)
    gives_himself(world, "Duty officer")
    with world.database() as session:
        held = {"mission_id": world.mission_id, "user_id": world.user_id(ADMIN), "granted_by": world.user_id(ADMIN)}
        session.query(RoleGrant).filter_by(role="admin", user_id=world.user_id(ADMIN)).delete()
        session.add(RoleGrant(**held, role="admin", granted_at=world.now))
    conversation = conversation_of(world.product, world.product.slack)

    def said(name: str, role: str, key: str) -> bool:
        value = f"0:{role}:{world.user_id(ADMIN)}"
        press = Incoming(
            ACTION, key, world.user_id(name), "mission:disagree", value=value, message=MessageRef("C0", "1")
        )
        return conversation.hear(press).refusal is None

    assert not said(SECRETARY, "admin", "k1")
    assert not said("SRSG", "duty_officer", "k0")
    assert not said(ADMIN, "duty_officer", "k2")
    assert not said("Mission reader", "duty_officer", "k3")
    world.person(SECRETARY).direct_message_from("Rapporteur", "to themselves").press("Agree")
    world.settle()
    assert not said(SECRETARY, "duty_officer", "k4")
    gives_himself(world, "Observer")
    assert said(SECRETARY, "observer", "k5")


def test_the_overview_says_which_roles_wait(world: World) -> None:
    only_an_admin(world)
    gives_himself(world, "Duty officer")
    names_himself(world)
    assert "(waits for somebody else to agree)" in world.person(FOCAL).runs("/mission roles").text
    of_him = world.person(FOCAL).runs(f"/mission roles <@{world.user_id(ADMIN)}>").text
    assert of_him.count("(waits for somebody else to agree)") == 2


def test_a_change_of_roles_draws_each_question_anew_once(world: World) -> None:
    only_an_admin(world)
    gives_himself(world, "Duty officer")
    with world.database() as session:
        before = {row.id for row in session.query(OutboxRow)}
        work = Work(session, get_mission(session, world.mission_id), world.now)
        follow_roles(work, Subject.of("role", "duty_officer"))
        fresh = [row.subject for row in session.query(OutboxRow) if row.id not in before]
    assert fresh
    assert len(fresh) == len(set(fresh))


def test_what_an_admin_enters_for_an_agency_by_a_role_that_waits_is_by_proxy(world: World) -> None:
    only_an_admin(world)
    a_round(world)
    names_himself(world)
    told = world.person(ADMIN).direct_message_from("Rapporteur", "yourself").text
    assert "what you enter for it is by proxy" in told
    world.person(ADMIN).runs("/update submit WFP")
    form = world.person(ADMIN).form
    assert form is not None
    assert "You answer by proxy" in form.text
    form.close()
    world.person(SECRETARY).direct_message_from("Rapporteur", "to themselves").press("Agree")
    world.settle()
    world.person(ADMIN).runs("/update submit WFP")
    form = world.person(ADMIN).form
    assert form is not None
    assert "You answer by proxy" not in form.text


def test_a_role_that_others_gave_in_one_agency_does_not_make_one_that_waits_in_another_speak(world: World) -> None:
    only_an_admin(world)
    with world.database() as session:
        for code, by in (("IOM", SECRETARY), ("WFP", ADMIN)):
            agency = find_agency(session, world.mission_id, code)
            assert agency is not None
            given = {"granted_by": world.user_id(by), "granted_at": world.now, "rank": 9}
            agency.people.append(
                AgencyPerson(mission_id=world.mission_id, user_id=world.user_id(ADMIN), role=Role.ALTERNATE, **given)
            )
        session.flush()
        person = get_person(session, world.mission_id, world.user_id(ADMIN))
        assert person is not None
        who = who_is(session, world.mission_id, person)
        spoken_for = {agency.code for agency in all_agencies(session, world.mission_id) if who.answers_for(agency.id)}
    assert spoken_for == {"IOM"}
