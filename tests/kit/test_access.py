"""Loading for a person: what is not there and what is not for them get one answer; who may is for those who know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from commands.kit.access import Kind, find, find_if_any, may, note_shown, readable
from commands.kit.permission import READ, Who
from commands.kit.refused import NotAllowed, Refused
from commands.kit.work import Request, Work
from storage.agencies import Agency, agency_to_change, get_agency
from storage.database import Database
from storage.missions import get_mission
from storage.people import Person

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
EDIT = "edit"
# U1 may do everything, U2 may read what is not secret, U3 may do nothing.
MAY = {("U1", READ), ("U1", EDIT), ("U2", READ)}


def allows(_work: Work, who: Who, agency: Agency, act: str) -> bool:
    return (who.user_id, act) in MAY and (agency.code != "SECRET" or who.user_id == "U1")


AGENCY = Kind(
    name="agency",
    load=get_agency,
    allows=allows,
    level=lambda _work, agency: "confidential" if agency.code == "SECRET" else "unclassified",
    unknown=lambda _request: "I know no such agency.",
    who_may=lambda _request, agency, act: f"U1 may {act} {agency.code}.",
    lock=agency_to_change,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        get_mission(session, "T1")
        for number, code in ((1, "OPEN"), (2, "SECRET")):
            facts = {"code": code, "code_key": code.lower(), "name": code, "created_at": NOW, "updated_at": NOW}
            session.add(Agency(id=number, mission_id="T1", **facts))
        session.flush()
        yield session


def asks(session: Session, user: str) -> Request:
    person = Person(mission_id="T1", user_id=user, is_guest=False, home_team="", is_gone=False)
    return Request(session, get_mission(session, "T1"), NOW, who=Who(user, person))


@pytest.mark.parametrize("value", [3, "", "x", "2", "2:and more", 10**20])
def test_what_is_not_there_and_what_is_not_for_one_are_refused_alike(session: Session, value: object) -> None:
    with pytest.raises(Refused) as no:
        find(asks(session, "U2"), AGENCY, value, EDIT)
    assert no.value.text == "I know no such agency."
    assert find_if_any(asks(session, "U2"), AGENCY, value) is None


def test_only_the_second_is_put_on_record(session: Session) -> None:
    with pytest.raises(Refused) as missing:
        find(asks(session, "U2"), AGENCY, 3)
    assert not isinstance(missing.value, NotAllowed)
    with pytest.raises(NotAllowed) as forbidden:
        find(asks(session, "U2"), AGENCY, 2)
    assert forbidden.value.about[:2] == ("agency", 2)


def test_who_may_is_told_to_whoever_may_read(session: Session) -> None:
    with pytest.raises(NotAllowed, match=r"U1 may edit OPEN\."):
        find(asks(session, "U2"), AGENCY, 1, EDIT)
    with pytest.raises(NotAllowed, match=r"I know no such agency\."):
        find(asks(session, "U3"), AGENCY, 1, EDIT)
    assert find_if_any(asks(session, "U2"), AGENCY, 1, EDIT) is None


def test_it_is_found_by_what_a_button_holds_and_held_where_asked(session: Session) -> None:
    assert find(asks(session, "U1"), AGENCY, "1:page", EDIT, lock=True).code == "OPEN"
    assert find(asks(session, "U2"), AGENCY, 1).code == "OPEN"


def test_what_is_above_unclassified_is_put_on_record_when_it_is_opened_or_listed(session: Session) -> None:
    request = asks(session, "U1")
    find(request, AGENCY, 1)
    assert request.read == []
    find(request, AGENCY, 2)
    note_shown(request, AGENCY, [session.get_one(Agency, 1), session.get_one(Agency, 2)])
    assert [one[:2] for one in request.read] == [("agency", 2), ("agency", 2)]


def test_a_list_holds_what_may_be_read_in_its_order(session: Session) -> None:
    rows = [session.get_one(Agency, 2), session.get_one(Agency, 1)]
    assert [row.id for row in readable(asks(session, "U1"), AGENCY, rows, EDIT)] == [2, 1]
    assert [row.id for row in readable(asks(session, "U2"), AGENCY, rows)] == [1]
    assert readable(asks(session, "U2"), AGENCY, rows, EDIT) == []
    request = asks(session, "U3")
    assert not may(request, request.who, AGENCY, rows[1])


def test_a_fact_is_read_once_in_a_unit_of_work(session: Session) -> None:
    request, read = asks(session, "U1"), []
    for _turn in range(3):
        assert request.once("seats", lambda: read.append(1) or len(read)) == 1
    assert read == [1]
