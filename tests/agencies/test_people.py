"""An agency's people: who may change them, what may be entered, who is newly named."""

from __future__ import annotations

import pytest

from commands.agencies.rules.people import (
    People,
    Rights,
    appointments,
    people_of_agency,
    people_problems,
    rights_of,
)
from commands.agencies.rules.search import ListState, lacks_focal_point, matching
from commands.kit.notes import read_notes, written
from commands.kit.permission import Who
from commands.kit.words import speaking
from storage.agencies import AgencyState
from storage.people import Person, Role
from tests.agencies.made import agency

WFP = agency(
    "WFP",
    "World Food Programme",
    ("HEAD", Role.HEAD_OF_AGENCY),
    ("FIRST", Role.FOCAL_POINT),
    ("SECOND", Role.FOCAL_POINT),
    ("DEPUTY", Role.ALTERNATE),
    sectors=("FSC",),
    kind="un_agency",
)
PEOPLE = People("HEAD", ("FIRST", "SECOND"), ("DEPUTY",))


def who(user: str, *roles: Role) -> Who:
    return Who(user, Person(user_id=user), frozenset(roles))


@pytest.mark.parametrize(
    ("asking", "rights"),
    [
        (who("X", Role.ADMIN), Rights(head=True, people=True, any_leave=True, own_leave=True)),
        (who("X", Role.COORDINATOR), Rights(head=True, people=True, any_leave=True, own_leave=True)),
        (who("HEAD"), Rights(people=True, any_leave=True, own_leave=True)),
        (who("FIRST"), Rights(own_leave=True)),
        (who("DEPUTY"), Rights(own_leave=True)),
        (who("X", Role.SRSG_OFFICE), Rights()),
        (who("X"), Rights()),
    ],
)
def test_rights_follow_the_role(asking: Who, rights: Rights) -> None:
    assert rights_of(asking, WFP) == rights


def test_people_are_read_in_order() -> None:
    assert people_of_agency(WFP) == PEOPLE


def test_apps_and_people_who_left_cannot_be_chosen_anew() -> None:
    known = {
        "BOT": Person(user_id="BOT", name="Helper app", is_bot=True, is_gone=False),
        "GONE": Person(user_id="GONE", name="Former colleague", is_bot=False, is_gone=True),
        "FIRST": Person(user_id="FIRST", name="First", is_bot=False, is_gone=True),
    }
    problems = people_problems(PEOPLE, People("BOT", ("FIRST", "GONE"), ()), known)
    assert "is an app" in problems["head"]
    assert "Former colleague has left" in problems["focal_points"]
    assert people_problems(PEOPLE, PEOPLE, known) == {}


def test_nobody_is_focal_point_and_alternate_at_once() -> None:
    problems = people_problems(
        PEOPLE, People("A", ("A", "B"), ("B",)), {"B": Person(name="The second", is_bot=False, is_gone=False)}
    )
    assert problems == {"alternates": "The second: chosen as focal point already. Choose each person once."}


def test_no_more_than_twenty() -> None:
    crowd = tuple(f"U{number}" for number in range(21))
    assert "at most 20" in people_problems(PEOPLE, People(None, crowd, ()), {})["focal_points"]


def test_only_new_roles_are_appointments() -> None:
    after = People("FIRST", ("SECOND", "NEW"), ("DEPUTY", "FIRST"))
    assert appointments(PEOPLE, after) == {"FIRST": [Role.HEAD_OF_AGENCY, Role.ALTERNATE], "NEW": [Role.FOCAL_POINT]}
    assert appointments(PEOPLE, PEOPLE) == {}


def test_search_knows_codes_names_kinds_and_sectors_in_the_readers_language() -> None:
    others = [WFP, agency("MSF", "Médecins sans Frontières", kind="ngo", sectors=("HEA",))]

    def found(query: str) -> list[str]:
        return [one.code for one in matching(others, ListState(query))]

    assert found("") == ["WFP", "MSF"]
    assert found("medecins") == found("MSF") == found("ngo heal") == ["MSF"]
    assert found("food") == ["WFP"]
    assert found("food ngo") == []
    with speaking("fr"):
        assert found("alimentaire") == ["WFP"]
    others[1].state, others[1].duty_station = AgencyState.SUSPENDED.value, "Bor"
    assert found("suspended") == found("bor") == ["MSF"]


def test_agencies_without_a_focal_point_can_be_picked_out() -> None:
    bare = agency("X1", "Bare")
    resting = agency("X2", "Resting")
    resting.state = AgencyState.SUSPENDED
    assert [lacks_focal_point(one) for one in (WFP, bare, resting)] == [False, True, False]
    assert matching([WFP, bare, resting], ListState(unanswered=True)) == [bare]


def test_a_look_survives_the_form_it_travels_in() -> None:
    look = ListState("wash ngo", 2, unanswered=True, cleared=True)
    assert read_notes(ListState, written(look)) == look
    assert read_notes(ListState, {}) == ListState()
