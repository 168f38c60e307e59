"""A text that lies on a side of the wall reaches people of that side and its channel, whatever anybody's role is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.compartments.rules import BARRED, HEADS, NoDelegate, is_head, sides_of, why_not_named
from commands.kit.handling import Clearance, Handling, Place, Verdict, may_go, may_see
from storage.agencies import Sphere
from storage.compartments import Compartment, MixedSidesError, joined
from storage.people import Role
from tests.properties import examples

SIDES = (Compartment.HUM, Compartment.HRT)
sides = st.sampled_from(SIDES)
levels = st.sampled_from([Handling.UNCLASSIFIED, Handling.CONFIDENTIAL])
roles = st.frozensets(st.sampled_from(list(Role)), max_size=4)
named = st.frozensets(sides)
spheres = st.frozensets(st.sampled_from(["", *Sphere]), max_size=3)
people = st.builds(
    Clearance,
    user_id=st.sampled_from(["U1", "U2", "U3"]),
    roles=roles,
    is_guest=st.booleans(),
    is_outsider=st.booleans(),
    is_ourselves=st.booleans(),
    is_gone=st.booleans(),
    inside=named,
)
places = st.builds(
    Place,
    is_private=st.booleans(),
    members=st.none() | st.lists(people, max_size=5).map(tuple),
    is_shared=st.booleans(),
    is_archived=st.booleans(),
    side=st.sampled_from(list(Compartment)),
)
direct = people.map(Place.person)
ATTEMPTS = settings(max_examples=examples(300))


def on_side(person: Clearance, side: Compartment) -> bool:
    """Written out again from the rule: a full member who is inside, or the product itself."""
    full = not (person.is_guest or person.is_outsider or person.is_gone)
    return person.is_ourselves or (full and side in person.inside)


@ATTEMPTS
@given(place=places | direct, side=sides, level=levels)
def test_where_a_text_of_a_side_goes_everybody_is_on_it_and_the_channel_is_its_own(
    place: Place, side: Compartment, level: Handling
) -> None:
    if may_go(level, place, side) is not Verdict.ALLOWED:
        return
    assert place.members is not None
    assert all(on_side(member, side) for member in place.members)
    assert place.is_private
    assert not place.is_shared
    assert place.is_direct or place.side is side


@ATTEMPTS
@given(person=people, side=sides, level=levels)
def test_a_side_only_takes_away_from_what_somebody_may_read(
    person: Clearance, side: Compartment, level: Handling
) -> None:
    assert may_see(person, level, side) == (may_see(person, level) and on_side(person, side))
    assert (may_go(level, Place.person(person), side) is Verdict.ALLOWED) == may_see(person, level, side)


@ATTEMPTS
@given(place=places | direct, level=st.sampled_from(list(Handling)))
def test_what_is_the_missions_goes_where_it_went_before(place: Place, level: Handling) -> None:
    assert may_go(level, place) is may_go(level, place, Compartment.MISSION)
    if level is Handling.UNCLASSIFIED:
        assert may_go(level, place) is Verdict.ALLOWED


def test_a_side_reaches_its_own_people_and_channel() -> None:
    head = Clearance("U1", frozenset({Role.HUMANITARIAN_COORDINATOR}), inside=frozenset({Compartment.HUM}))
    room = Place(is_private=True, members=(head, Clearance("UBOT", is_ourselves=True)), side=Compartment.HUM)
    for place in (Place.person(head), room):
        assert may_go(Handling.CONFIDENTIAL, place, Compartment.HUM) is Verdict.ALLOWED
        assert may_go(Handling.UNCLASSIFIED, place, Compartment.HRT) is Verdict.NOT_INSIDE


@ATTEMPTS
@given(mine=roles, to=named, of=spheres)
def test_whoever_is_inside_leads_the_side_or_was_named_and_answers_for_no_soldiers(
    mine: frozenset[Role], to: frozenset[Compartment], of: frozenset[str]
) -> None:
    inside = sides_of(mine, to, of)
    assert Compartment.MISSION not in inside
    for side in inside:
        assert not of & BARRED
        assert side in to or HEADS[side] in mine
        assert is_head(mine, inside, side) == (HEADS[side] in mine)
    outside = {Role.ADMIN, Role.SRSG_OFFICE, Role.COORDINATOR, Role.OPERATIONS, Role.PLANNING}
    assert sides_of(mine & outside, frozenset(), of) == frozenset()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"spheres": [Sphere.HUMANITARIAN, Sphere.SUPPORT]}, None),
        ({"by_head": False}, NoDelegate.NOT_THE_HEAD),
        ({"is_full": False}, NoDelegate.NOT_A_MEMBER),
        ({"spheres": [Sphere.HUMANITARIAN, Sphere.UNIFORMED]}, NoDelegate.BARRED_SPHERE),
        ({"spheres": [Sphere.POLITICAL]}, NoDelegate.BARRED_SPHERE),
        ({"spheres": [Sphere.HUMANITARIAN, ""]}, NoDelegate.SPHERE_UNKNOWN),
        ({"spheres": [Sphere.UNIFORMED], "removes": True, "is_full": False}, None),
        ({"by_head": False, "removes": True}, NoDelegate.NOT_THE_HEAD),
    ],
)
def test_who_can_be_named_and_why_not(facts: dict[str, object], why: NoDelegate | None) -> None:
    given: dict[str, object] = {"by_head": True, "is_full": True, "spheres": []} | facts
    assert why_not_named(**given) is why  # type: ignore[arg-type]


def test_a_text_made_of_two_sides_is_nobodys() -> None:
    assert joined() is Compartment.MISSION
    assert joined(Compartment.MISSION, Compartment.HUM, "hum") is Compartment.HUM
    with pytest.raises(MixedSidesError):
        joined(Compartment.HUM, Compartment.HRT)
