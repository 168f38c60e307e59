"""Who speaks for an agency: nobody who may not read what is decided, and nobody by a role that still waits."""

from __future__ import annotations

from datetime import date

from storage.agencies import AgencyPerson, find_agency
from storage.cabinet.decisions import Answered, Binding
from storage.cabinet.meetings import Meeting
from storage.people import Role, set_holders
from tests.cabinet.meetings import SECRETARY, a_closed_meeting, a_meeting, forged, of_these, outcome, rows
from tests.cabinet.test_record import answers, begin, fill_decision
from tests.world import World

GUEST, FOCAL, OWNER, ADMIN = "Visiting guest", "IOM focal point", "WFP head of agency", "Chief of staff"
ITEM, SECRET = "Abduction", "Talks go through the elder of the village."


def made_alternate(world: World, code: str, name: str, *, by: str | None = None) -> None:
    """Somebody is alternate of an agency; `by` themselves where that is so."""
    with world.database() as session:
        agency = find_agency(session, world.mission_id, code)
        assert agency is not None
        agency.people.append(
            AgencyPerson(
                mission_id=world.mission_id,
                user_id=world.user_id(name),
                role=Role.ALTERNATE,
                rank=9,
                granted_by=world.user_id(by) if by else None,
                granted_at=world.now,
            )
        )
    world.settle()


def decides_in_secret(world: World) -> None:
    """A closed meeting of WFP and IOM decides what binds both; IOM is not there."""
    made = a_closed_meeting(world, ITEM)
    of_these(world, made, "WFP", "IOM")
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_="#cabinet-office")
    assert secretary.form is not None
    secretary.form.press("Begin the meeting")
    world.settle()
    fill_decision(outcome(world, ITEM, "Decide…", in_="#cabinet-office"), text=SECRET, due=date(2035, 3, 20)).submit()
    world.settle()


def asked(world: World, name: str) -> list[str]:
    return [one.text for one in world.person(name).messages(in_="Rapporteur") if "does IOM object" in one.text]


def test_a_guest_who_is_alternate_is_not_asked_about_what_is_confidential_but_the_focal_point_is(world: World) -> None:
    made_alternate(world, "IOM", GUEST)
    decides_in_secret(world)
    world.pass_time(hours=3)
    assert len(asked(world, FOCAL)) == 1
    assert asked(world, GUEST) == []
    world.person(FOCAL).direct_message_from("Rapporteur", "does IOM object").press("No objection")
    world.settle()
    assert answers(world)["IOM"] == Answered.AGREED


def test_where_nobody_may_be_asked_the_secretary_is_told_and_silence_is_no_consent(world: World) -> None:
    made_alternate(world, "IOM", GUEST)
    with world.database() as session:
        agency = find_agency(session, world.mission_id, "IOM")
        assert agency is not None
        agency.people[:] = [one for one in agency.people if one.user_id == world.user_id(GUEST)]
    decides_in_secret(world)
    told = world.person(SECRETARY).direct_message_from("Rapporteur", "nobody can be asked for IOM").text
    assert "None of their people may read this decision" in told
    assert answers(world)["IOM"] == Answered.UNREACHED
    world.pass_time(days=8)
    assert answers(world)["IOM"] == Answered.UNREACHED


def only_an_admin(world: World) -> None:
    """The Chief of staff is admin and no more, and made himself alternate of IOM."""
    with world.database() as session:
        set_holders(session, world.mission_id, Role.COORDINATOR, [world.user_id(SECRETARY)], "test", world.now)
    made_alternate(world, "IOM", ADMIN, by=ADMIN)


def test_who_made_themselves_alternate_neither_answers_nor_is_there_for_the_agency_until_another_agrees(
    world: World,
) -> None:
    only_an_admin(world)
    a_meeting(world, "Road access")
    begin(world)
    meeting = rows(world, Meeting)[-1].id
    assert "once somebody else has agreed" in forged(world, ADMIN, "cabinet:present", meeting)
    fill_decision(outcome(world, "Road access", "Decide…")).submit()
    world.pass_time(hours=3)
    assert len(asked(world, FOCAL)) == 1
    assert asked(world, ADMIN) == []
    [binding] = [one.id for one in rows(world, Binding) if one.asked == [world.user_id(FOCAL)]]
    assert "once somebody else has agreed" in forged(world, ADMIN, "cabinet:agree", binding)
    assert answers(world)["IOM"] == Answered.ASKED
    with world.database() as session:
        [role] = session.query(AgencyPerson).filter_by(user_id=world.user_id(ADMIN)).all()
        role.agreed_by = world.user_id(SECRETARY)
    assert "once somebody else" not in forged(world, ADMIN, "cabinet:agree", binding)
    assert answers(world)["IOM"] == Answered.AGREED
