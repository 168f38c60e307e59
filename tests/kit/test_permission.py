"""Who may do what, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from commands.kit import permission
from commands.kit.names.roles import role_name
from commands.kit.permission import ADMIN, MEMBER, Need, Who, holders_of, one_of, refusal_text, who_is
from commands.kit.words import speaking
from storage.agencies import Agency, AgencyPerson
from storage.database import Database
from storage.missions import get_mission
from storage.people import MISSION_ROLES, Person, Role, set_holders

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def session(sqlite_database: Database) -> Iterator[Session]:
    with sqlite_database.transaction() as session:
        get_mission(session, "T1")
        get_mission(session, "T2")
        yield session


def meet(session: Session, user: str, **facts: Any) -> Person:
    person = Person(mission_id="T1", user_id=user, name=user, seen_at=NOW, **facts)
    session.add(person)
    session.flush()
    return person


def grant(session: Session, role: Role, *users: str, mission: str = "T1") -> None:
    set_holders(session, mission, role, users, "U0", NOW)


def put_in_agency(session: Session, code: str, user: str, role: Role, rank: int = 0) -> int:
    agency = Agency(mission_id="T1", code=code, code_key=code.casefold(), name=code, created_at=NOW, updated_at=NOW)
    agency.people = [AgencyPerson(mission_id="T1", user_id=user, role=role, rank=rank)]
    session.add(agency)
    session.flush()
    return agency.id


def test_workspace_admins_are_admins_until_the_mission_has_its_own(session: Session) -> None:
    owner = meet(session, "U1", is_workspace_admin=True)
    assert who_is(session, "T1", owner).has(Role.ADMIN)
    assert holders_of(session, "T1", frozenset({Role.ADMIN})) == ["U1"]
    grant(session, Role.ADMIN, "U9", mission="T2")
    assert who_is(session, "T1", owner).has(Role.ADMIN)
    grant(session, Role.ADMIN, "U2")
    assert not who_is(session, "T1", owner).has(Role.ADMIN)
    assert holders_of(session, "T1", frozenset({Role.ADMIN})) == ["U2"]


@pytest.mark.parametrize("flaw", [{"is_guest": True}, {"home_team": "T9"}, {"is_gone": True}])
def test_guests_outsiders_and_people_who_left_are_never_admins(session: Session, flaw: dict[str, Any]) -> None:
    person = meet(session, "U1", is_workspace_admin=True, **flaw)
    assert not ADMIN.is_met_by(who_is(session, "T1", person))
    grant(session, Role.ADMIN, "U1")
    grant(session, Role.OBSERVER, "U1")
    who = who_is(session, "T1", person)
    assert not ADMIN.is_met_by(who)
    assert who.has(Role.OBSERVER)


def test_a_guest_is_nobody_until_an_admin_names_them(session: Session) -> None:
    guest = meet(session, "U1", is_guest=True)
    assert not MEMBER.is_met_by(who_is(session, "T1", guest))
    grant(session, Role.DUTY_OFFICER, "U1")
    assert MEMBER.is_met_by(who_is(session, "T1", guest))


def test_agency_roles_count_and_belong_to_their_agency(session: Session) -> None:
    person = meet(session, "U1")
    wfp = put_in_agency(session, "WFP", "U1", Role.FOCAL_POINT)
    other = put_in_agency(session, "UNICEF", "U2", Role.FOCAL_POINT)
    who = who_is(session, "T1", person)
    assert who.answers_for(wfp)
    assert not who.answers_for(other)
    assert one_of(Role.FOCAL_POINT).is_met_by(who)
    assert not one_of(Role.HEAD_OF_AGENCY, Role.ADMIN).is_met_by(who)


def test_every_need_is_met_by_exactly_the_roles_it_names(session: Session) -> None:
    person = meet(session, "U1")
    for held, needed in product(Role, Role):
        who = Who("U1", person, frozenset({held}))
        assert one_of(needed).is_met_by(who) == (held is needed)


def test_holders_come_once_in_the_order_of_roles(session: Session) -> None:
    grant(session, Role.COORDINATOR, "U2", "U3")
    grant(session, Role.ADMIN, "U3")
    put_in_agency(session, "WFP", "U2", Role.FOCAL_POINT)
    put_in_agency(session, "IOM", "U4", Role.FOCAL_POINT)
    assert holders_of(session, "T1", frozenset({Role.ADMIN, Role.COORDINATOR})) == ["U3", "U2"]
    assert holders_of(session, "T1", frozenset({Role.COORDINATOR, Role.FOCAL_POINT})) == ["U2", "U3", "U4"]


def test_a_refusal_names_who_can(session: Session) -> None:
    nobody = refusal_text(session, "T1", ADMIN)
    assert "admin" in nobody
    assert "<@" not in nobody
    grant(session, Role.COORDINATOR, "U1", "U2", "U3", "U4")
    text = refusal_text(session, "T1", one_of(Role.COORDINATOR))
    assert text.count("<@") == permission.NAMED_AT_MOST
    assert "coordinator" in text
    assert "guest" in refusal_text(session, "T1", Need())


def test_standing_carries_what_handling_needs(session: Session) -> None:
    person = meet(session, "U1", is_guest=True, home_team="T9")
    put_in_agency(session, "WFP", "U1", Role.ALTERNATE)
    clearance = permission.clearance_of(session, "T1", person, ourselves="U1")
    assert clearance.roles == frozenset({Role.ALTERNATE})
    assert (clearance.is_guest, clearance.is_outsider, clearance.is_ourselves) == (True, True, True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_role_has_a_name_of_its_own(language: str) -> None:
    with speaking(language):
        names = [role_name(role) for role in Role]
    assert len(set(names)) == len(Role)
    assert set(Role) > set(MISSION_ROLES)
