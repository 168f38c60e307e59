"""The policy of updates: who may know of what, read it, answer it, lead it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.handling import CLEARED_ROLES
from commands.kit.permission import Who
from commands.updates.rules.access import Act, Thing, may, versions_for
from storage.people import AGENCY_ROLES, MISSION_ROLES, Person, Role
from storage.updates.returns import Return, ReturnVersion
from tests.properties import examples

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEVELS = ("unclassified", "confidential", "strictly_confidential")
MOST = settings(max_examples=examples(300))
in_mission = st.frozensets(st.sampled_from(MISSION_ROLES), max_size=3)
in_agencies = st.dictionaries(
    st.sampled_from([1, 2]), st.frozensets(st.sampled_from(sorted(AGENCY_ROLES)), min_size=1), max_size=2
)
flags = st.sampled_from([{}, {"is_guest": True}, {"is_gone": True}, {"home_team": "T9"}])


@st.composite
def people(draw: st.DrawFn) -> Who:
    person = Person(**{"mission_id": "T1", "user_id": "U1", "name": "U1", "seen_at": NOW, **draw(flags)})
    agencies = draw(in_agencies)
    roles = draw(in_mission)
    held = roles.union(*agencies.values())
    waiting = draw(st.frozensets(st.sampled_from(sorted(held)), max_size=2)) if held else frozenset()
    return Who("U1", person, roles, agencies, waiting)


things = st.builds(
    Thing,
    st.sampled_from(LEVELS),
    agency_id=st.sampled_from([None, 1]),
    is_out=st.booleans(),
    is_plan=st.booleans(),
    is_digest=st.booleans(),
    has_asked=st.booleans(),
)
acts = st.sampled_from(Act)


@given(who=people(), thing=things, act=acts)
@MOST
def test_whoever_may_do_something_may_know_of_it(who: Who, thing: Thing, act: Act) -> None:
    assert may(who, thing) or not may(who, thing, act)


@given(who=people(), thing=things, act=acts)
@MOST
def test_what_is_above_a_persons_level_is_not_there_for_them(who: Who, thing: Thing, act: Act) -> None:
    person = who.person
    cleared = bool((who.all_roles - who.waiting) & CLEARED_ROLES) and not (person.is_guest or person.is_outsider)
    if person.is_gone or thing.handling == LEVELS[2] or (thing.handling == LEVELS[1] and not cleared):
        assert not may(who, thing, act)


@given(who=people(), thing=things)
@MOST
def test_before_a_digest_only_those_concerned_read_what_an_agency_wrote(who: Who, thing: Thing) -> None:
    thing = replace(thing, is_out=False, is_plan=False, is_digest=False, agency_id=1)
    keeps = {Role.ADMIN, Role.COORDINATOR}
    if may(who, thing, Act.READ_TEXT):
        assert who.answers_for(1) or who.has(*keeps)
    assert may(who, thing, Act.READ_TEXT) == may(who, thing, Act.READ_VERSIONS)
    if thing.is_open:
        assert may(who, replace(thing, is_out=True), Act.READ_TEXT) == may(who, thing)


@given(who=people(), thing=things)
@MOST
def test_of_a_confidential_round_the_digest_is_for_its_seats_alone(who: Who, thing: Thing) -> None:
    thing = replace(thing, handling="confidential", is_out=True, is_plan=False, agency_id=None)
    agreed = who.all_roles - who.waiting
    seated = thing.has_asked or bool(
        agreed & {Role.COORDINATOR, Role.SRSG_OFFICE, Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER}
    )
    for act in Act.READ_TEXT, *([Act.READ] if thing.is_digest else []):
        assert may(who, thing, act) == (seated and may(who, replace(thing, is_digest=False)))


@given(who=people(), thing=things, act=acts)
@MOST
def test_an_admin_administers_what_is_confidential_and_reads_and_writes_none_of_it_by_being_admin(
    who: Who, thing: Thing, act: Act
) -> None:
    thing = replace(thing, handling="confidential", is_digest=False)
    without = replace(who, roles=who.roles - {Role.ADMIN})
    gained = may(replace(who, roles=who.roles | {Role.ADMIN}), thing, act) and not may(without, thing, act)
    assert not gained or act is Act.LEAD or thing.is_plan or not without.is_member


@given(who=people(), thing=things, act=acts, more=st.sampled_from(sorted(CLEARED_ROLES)))
@MOST
def test_a_role_more_never_takes_away(who: Who, thing: Thing, act: Act, more: Role) -> None:
    agencies = {**who.agencies, 1: who.agencies.get(1, frozenset()) | {more}} if more in AGENCY_ROLES else who.agencies
    roles = who.roles if more in AGENCY_ROLES else who.roles | {more}
    richer = replace(who, roles=roles, agencies=agencies)
    assert may(richer, thing, act) or not may(who, thing, act)


@given(newest=st.integers(0, 6), shown=st.integers(0, 6), keeps=st.booleans())
@MOST
def test_others_get_the_version_that_a_digest_has_shown_and_no_other(newest: int, shown: int, keeps: bool) -> None:
    shown = min(newest, shown)
    versions = [ReturnVersion(number=number) for number in range(1, newest + 1)]
    given = Return(version=newest, digest_version=shown)
    found = [one.number for one in versions_for(given, versions, keeps=keeps)]
    assert found == ([one.number for one in versions] if keeps else [shown][: shown > 0])
