"""Trying to get a Confidential text to somebody who may not see it, and a Strictly Confidential one anywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from commands.kit.handling import CLEARED_ROLES, Clearance, Handling, Place, Verdict, highest, may_go, may_see
from commands.kit.places import not_usable, place_of, read_channel, verdict_text, why_not
from commands.kit.words import speaking
from commands.kit.work import Work
from storage.channels import get_channel, replace_members
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import Person, Role, set_holders
from tests.properties import examples

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
clearances = st.builds(
    Clearance,
    user_id=st.sampled_from(["U1", "U2", "U3"]),
    roles=st.frozensets(st.sampled_from(list(Role)), max_size=4),
    is_guest=st.booleans(),
    is_outsider=st.booleans(),
    is_ourselves=st.booleans(),
    is_gone=st.booleans(),
)
places = st.builds(
    Place,
    is_private=st.booleans(),
    members=st.none() | st.lists(clearances, max_size=6).map(tuple),
    is_shared=st.booleans(),
    is_archived=st.booleans(),
)
ATTEMPTS = settings(max_examples=examples(300))


def cleared(person: Clearance) -> bool:
    """Written out again, from the rule and not from the code: full members with a role that is cleared, or the bot."""
    full = not (person.is_guest or person.is_outsider or person.is_gone)
    return person.is_ourselves or (full and any(role in CLEARED_ROLES for role in person.roles))


@ATTEMPTS
@given(place=places)
def test_a_strictly_confidential_text_goes_nowhere(place: Place) -> None:
    assert may_go(Handling.STRICTLY_CONFIDENTIAL, place) is Verdict.NEVER_IN_SLACK


@ATTEMPTS
@given(person=clearances)
def test_nobody_sees_a_strictly_confidential_text_here(person: Clearance) -> None:
    assert not may_see(person, Handling.STRICTLY_CONFIDENTIAL)
    assert may_go(Handling.STRICTLY_CONFIDENTIAL, Place.person(person)) is not Verdict.ALLOWED


@ATTEMPTS
@given(place=places)
def test_where_a_confidential_text_goes_everybody_is_cleared(place: Place) -> None:
    allowed = may_go(Handling.CONFIDENTIAL, place) is Verdict.ALLOWED
    safe = place.is_private and not place.is_shared and place.members is not None
    assert allowed == (safe and all(cleared(member) for member in place.members or ()))


@ATTEMPTS
@given(place=places, intruder=clearances)
def test_one_more_reader_never_makes_a_place_safer(place: Place, intruder: Clearance) -> None:
    if place.members is None:
        return
    fuller = Place(place.is_private, (*place.members, intruder), is_shared=place.is_shared)
    if may_go(Handling.CONFIDENTIAL, fuller) is Verdict.ALLOWED:
        assert may_go(Handling.CONFIDENTIAL, place) is Verdict.ALLOWED
        assert may_see(intruder, Handling.CONFIDENTIAL)


@ATTEMPTS
@given(person=clearances)
def test_a_direct_message_reaches_whoever_may_see_and_nobody_else(person: Clearance) -> None:
    goes = may_go(Handling.CONFIDENTIAL, Place.person(person)) is Verdict.ALLOWED
    assert goes == may_see(person, Handling.CONFIDENTIAL) == cleared(person)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OBSERVER, Role.FUNDING_CELL, Role.DUTY_OFFICER])
def test_keeping_the_machine_running_clears_nobody(role: Role) -> None:
    assert not may_see(Clearance("U1", frozenset({role})), Handling.CONFIDENTIAL)


@pytest.mark.parametrize("flaw", ["is_guest", "is_outsider", "is_gone"])
def test_a_cleared_role_does_not_clear_somebody_from_outside(flaw: str) -> None:
    assert not may_see(Clearance("U1", frozenset({Role.COORDINATOR}), **{flaw: True}), Handling.CONFIDENTIAL)


@pytest.mark.parametrize(
    ("place", "verdict"),
    [
        (Place(is_private=False, members=()), Verdict.PUBLIC_CHANNEL),
        (Place(is_private=True, members=(), is_shared=True), Verdict.SHARED_OUTSIDE),
        (Place(is_private=True, members=None), Verdict.UNKNOWN_MEMBERS),
        (Place(is_private=True, members=(Clearance("U1"),)), Verdict.NOT_CLEARED),
        (Place(is_private=True, members=(Clearance("U1", frozenset({Role.SRSG_OFFICE})),)), Verdict.ALLOWED),
    ],
)
def test_every_verdict_names_what_forbids_it(place: Place, verdict: Verdict) -> None:
    assert may_go(Handling.CONFIDENTIAL, place) is verdict


@given(place=places)
def test_an_unclassified_text_may_go_everywhere(place: Place) -> None:
    assert may_go(Handling.UNCLASSIFIED, place) is Verdict.ALLOWED


@given(levels=st.lists(st.sampled_from(list(Handling)), max_size=5))
def test_a_text_made_of_others_has_the_highest_of_their_levels(levels: list[Handling]) -> None:
    result = highest(*levels)
    assert result in levels or (not levels and result is Handling.UNCLASSIFIED)
    if Handling.STRICTLY_CONFIDENTIAL in levels:
        assert result is Handling.STRICTLY_CONFIDENTIAL
    elif Handling.CONFIDENTIAL in levels:
        assert result is Handling.CONFIDENTIAL


@pytest.mark.parametrize(
    ("members", "verdict"),
    [
        (["U-COORDINATOR", "U-BOT"], Verdict.ALLOWED),
        (["U-COORDINATOR", "U-READER"], Verdict.NOT_CLEARED),
        (["U-COORDINATOR", "U-NEVER-MET"], Verdict.NOT_CLEARED),
        (["U-COORDINATOR", "U-CLEARED-GUEST"], Verdict.NOT_CLEARED),
        (["U-COORDINATOR", "U-OTHER-BOT"], Verdict.NOT_CLEARED),
    ],
)
def test_the_members_slack_named_decide(sqlite_database: Database, members: list[str], verdict: Verdict) -> None:
    with sqlite_database.transaction() as session:
        mission = get_mission(session, "T1")
        mission.bot_user_id = "U-BOT"
        guests, bots = {"U-CLEARED-GUEST"}, {"U-BOT", "U-OTHER-BOT"}
        for user in ("U-COORDINATOR", "U-READER", *guests, *bots):
            person = Person(mission_id="T1", user_id=user, seen_at=NOW, is_guest=user in guests, is_bot=user in bots)
            session.add(person)
        session.flush()
        set_holders(session, "T1", Role.COORDINATOR, ["U-COORDINATOR", "U-CLEARED-GUEST"], "U0", NOW)
        channel = get_channel(session, "T1", "C1")
        channel.is_private = True
        replace_members(session, "T1", "C1", members)
        assert may_go(Handling.CONFIDENTIAL, place_of(session, mission, "C1")) is Verdict.UNKNOWN_MEMBERS
        channel.read_at = NOW
        assert may_go(Handling.CONFIDENTIAL, place_of(session, mission, "C1")) is verdict
        channel.is_shared = True
        assert may_go(Handling.CONFIDENTIAL, place_of(session, mission, "C1")) is Verdict.SHARED_OUTSIDE
        for user in members:
            goes = may_go(Handling.CONFIDENTIAL, place_of(session, mission, f"dm:{user}")) is Verdict.ALLOWED
            assert goes == (user == "U-COORDINATOR")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_verdict_says_what_to_do_in_words_of_its_own(language: str) -> None:
    with speaking(language):
        texts = [verdict_text(verdict) for verdict in Verdict]
    assert len(set(texts)) == len(Verdict)
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"read_at": NOW}, None),
        ({"is_archived": True, "read_at": NOW}, "archived"),
        ({"is_private": True, "read_at": NOW}, "not in this channel"),
        ({"is_private": True, "bot_is_member": True, "read_at": NOW}, None),
        ({"trouble": "channel_not_found"}, "not in this channel"),
        ({}, None),
    ],
)
def test_a_channel_that_cannot_be_used_says_why(
    sqlite_database: Database, about: dict[str, object], words: str | None
) -> None:
    with sqlite_database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        assert not_usable(work, "C1") is None, "nobody knows yet"
        channel = get_channel(session, "T1", "C1")
        for name, value in about.items():
            setattr(channel, name, value)
        session.flush()
        said = not_usable(work, "C1")
    assert said is None if words is None else words in str(said)


def test_a_channel_that_is_not_known_takes_what_is_unclassified_alone_and_is_read_once(
    sqlite_database: Database,
) -> None:
    with sqlite_database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        assert why_not(work, Handling.UNCLASSIFIED, "C1") is None
        assert "cannot see who is in this channel" in str(why_not(work, Handling.CONFIDENTIAL, "C1"))
        for _time in range(2):
            read_channel(work, "C1")
        session.flush()
        [row] = session.scalars(select(OutboxRow)).all()
        assert (row.method, row.arguments) == ("channel.read", {"channel": "C1"})
