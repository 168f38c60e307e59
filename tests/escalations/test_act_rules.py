"""Who may know of an escalation, who may do what to it in which state, and whether one like it was raised already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.escalations.rules.access import (
    OFFICE_ROLES,
    Viewer,
    is_concerned,
    is_office,
    level_of,
    may_know,
    may_read,
)
from commands.escalations.rules.acts import OWN_LINE_ROLES, Act, may_do
from commands.escalations.rules.figures import time_to_decide
from commands.escalations.rules.similar import LOOK_BACK, Draft, alike, same_place
from commands.escalations.rules.watch import LATE, forgotten
from commands.kit.handling import Clearance, Handling
from storage.escalations.model import OPEN, Escalation, EscalationAgency, EscalationPerson, Severity, State
from storage.people import Role
from tests.escalations.samples import escalation
from tests.properties import examples

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
# Who raises it, holds it, joined it, or answers for agency 4, which it concerns; and somebody it is no business of.
RAISER, HOLDER, JOINED = "URAISER", "UHOLDER", "UJOINED"


def matter(state: State = State.RAISED, **more: Any) -> Escalation:
    """A matter of agency 4 that one other person joined."""
    this = escalation(state, **{"holder": HOLDER, "with_srsg_at": None, **more})
    this.people = [EscalationPerson(user_id=JOINED, joined_at=NOW)]
    this.agencies = [EscalationAgency(agency_id=4)]
    return this


def viewer(user: str, *roles: Role, told: bool = False, agencies: frozenset[int] = frozenset(), **more: Any) -> Viewer:
    return Viewer(Clearance(user, frozenset(roles), **more), agencies, told)


DUTY = viewer("UDUTY", Role.DUTY_OFFICER)
OF_AGENCY = viewer("UFOCAL", Role.FOCAL_POINT, agencies=frozenset({4, 9}))
STRANGER = viewer("UOTHER", Role.FOCAL_POINT, agencies=frozenset({9}))


@pytest.mark.parametrize("role", Role)
def test_the_office_is_the_srsg_office_the_coordinators_and_the_duty_officers(role: Role) -> None:
    office = role in {Role.SRSG_OFFICE, Role.COORDINATOR, Role.DUTY_OFFICER}
    assert is_office(viewer("U1", role)) == office == (role in OFFICE_ROLES)


def test_whoever_the_chain_reached_counts_as_the_office() -> None:
    assert is_office(viewer("U1", told=True))
    assert not is_office(viewer("U1"))


def test_the_raiser_those_concerned_and_the_office_know_of_it_and_nobody_else() -> None:
    this = matter()
    for knows in (viewer(RAISER), viewer(JOINED), OF_AGENCY, DUTY, viewer("U1", told=True)):
        assert may_know(knows, this)
    for knows_not in (STRANGER, viewer("U1", Role.ADMIN), viewer("U1", Role.HEAD_OF_AGENCY)):
        assert not may_know(knows_not, this)
    assert is_concerned(OF_AGENCY, this)
    assert not is_concerned(viewer(RAISER), this)


def test_who_left_the_workspace_knows_of_nothing_any_more() -> None:
    this = matter()
    assert not may_know(viewer(RAISER, is_gone=True), this)
    assert not may_know(viewer("UDUTY", Role.DUTY_OFFICER, is_gone=True), this)


def test_the_text_of_a_confidential_matter_is_for_cleared_people_alone() -> None:
    secret = matter(handling=Handling.CONFIDENTIAL)
    assert may_read(OF_AGENCY, secret)
    assert not may_read(DUTY, secret)
    assert may_know(DUTY, secret)
    assert may_read(DUTY, matter())


@pytest.mark.parametrize(
    ("handling", "level"),
    [
        (Handling.UNCLASSIFIED, Handling.UNCLASSIFIED),
        (Handling.CONFIDENTIAL, Handling.CONFIDENTIAL),
        (Handling.STRICTLY_CONFIDENTIAL, Handling.CONFIDENTIAL),
    ],
)
def test_the_pointer_of_a_strictly_confidential_matter_is_confidential(handling: Handling, level: Handling) -> None:
    assert level_of(matter(handling=handling)) is level


BEFORE = {State.QUEUED, State.RAISED}
HELD = {State.ACKNOWLEDGED, State.WAITING}


@pytest.mark.parametrize(
    ("act", "states"),
    [
        (Act.ACKNOWLEDGE, BEFORE),
        (Act.TAKE_OVER, HELD),
        (Act.ASK, BEFORE | HELD),
        (Act.PAUSE, HELD),
        (Act.RESUME, {State.WAITING}),
        (Act.WITH_SRSG, BEFORE | HELD),
        (Act.DECIDE, BEFORE | HELD),
        (Act.RETURN, BEFORE | HELD),
        (Act.MERGE, BEFORE | HELD),
        (Act.SEVERITY, BEFORE | HELD),
        (Act.STILL, set()),
        (Act.ANSWER, set()),
        (Act.WITHDRAW, set()),
        (Act.IMMEDIATE, set()),
        (Act.OWN_LINE, set()),
    ],
)
def test_the_duty_officer_may_do_each_act_in_its_states_and_in_no_other(act: Act, states: set[State]) -> None:
    assert {state for state in State if may_do(act, matter(state), DUTY)} == states


def test_the_raiser_is_never_the_office_of_their_own_matter() -> None:
    own = viewer(RAISER, Role.DUTY_OFFICER, Role.SRSG_OFFICE, told=True)
    for state in OPEN:
        this = matter(state, holder=RAISER if state is State.ACKNOWLEDGED else HOLDER, question="")
        assert {act for act in Act if may_do(act, this, own)} == {Act.WITHDRAW, Act.IMMEDIATE}


def test_the_holder_says_that_they_are_on_it_and_another_takes_it_over() -> None:
    holder = viewer(HOLDER, Role.DUTY_OFFICER)
    this = matter(State.ACKNOWLEDGED)
    assert may_do(Act.STILL, this, holder)
    assert not may_do(Act.TAKE_OVER, this, holder)
    assert may_do(Act.TAKE_OVER, this, DUTY)
    assert not may_do(Act.STILL, matter(State.WAITING), holder)


def test_it_is_laid_before_the_srsg_once() -> None:
    assert not may_do(Act.WITH_SRSG, matter(with_srsg_at=NOW), DUTY)


def test_no_second_question_is_asked_while_one_waits_for_its_answer() -> None:
    assert not may_do(Act.ASK, matter(State.WAITING, question="Which road?"), DUTY)
    assert may_do(Act.ASK, matter(State.WAITING, question=""), DUTY)
    assert may_do(Act.ASK, matter(State.ACKNOWLEDGED, question="Which road?"), DUTY)


def test_a_question_is_answered_by_the_raiser_or_those_concerned() -> None:
    asked = matter(State.WAITING, question="Which road?")
    answering = (viewer(RAISER), viewer(JOINED), OF_AGENCY)
    assert all(may_do(Act.ANSWER, asked, one) for one in answering)
    assert not any(may_do(Act.ANSWER, asked, one) for one in (DUTY, STRANGER))
    assert not any(may_do(Act.ANSWER, matter(State.WAITING), one) for one in answering)


def test_only_the_raiser_withdraws_it_or_makes_it_immediate_and_that_once() -> None:
    raiser = viewer(RAISER)
    assert may_do(Act.WITHDRAW, matter(), raiser)
    assert may_do(Act.IMMEDIATE, matter(), raiser)
    assert not may_do(Act.IMMEDIATE, matter(severity=Severity.IMMEDIATE), raiser)
    assert not may_do(Act.WITHDRAW, matter(), viewer(JOINED))
    assert not may_do(Act.IMMEDIATE, matter(), OF_AGENCY)


@pytest.mark.parametrize("role", [Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER])
def test_the_humanitarian_coordinator_and_the_human_rights_adviser_have_a_line_of_their_own(role: Role) -> None:
    assert may_do(Act.OWN_LINE, matter(), viewer("U1", role, told=True))
    # Without knowing of it there is no line to use.
    assert not may_do(Act.OWN_LINE, matter(), viewer("U1", role))
    assert not may_do(Act.OWN_LINE, matter(), DUTY)
    assert role in OWN_LINE_ROLES


USERS = st.sampled_from([RAISER, HOLDER, JOINED, "UOTHER"])


@settings(max_examples=examples(150))
@given(
    act=st.sampled_from(Act),
    state=st.sampled_from(State),
    user=USERS,
    roles=st.frozensets(st.sampled_from(Role), max_size=3),
    told=st.booleans(),
    agencies=st.frozensets(st.integers(3, 5)),
    gone=st.booleans(),
    question=st.sampled_from(["", "Which road?"]),
)
def test_nothing_is_done_to_a_closed_matter_nor_by_who_may_not_know_of_it(
    act: Act,
    state: State,
    user: str,
    roles: frozenset[Role],
    told: bool,
    agencies: frozenset[int],
    gone: bool,
    question: str,
) -> None:
    who = viewer(user, *roles, told=told, agencies=agencies, is_gone=gone)
    this = matter(state, question=question)
    if may_do(act, this, who):
        assert state in OPEN
        assert may_know(who, this)
    if may_read(who, this):
        assert may_know(who, this)


FUEL = Draft("Fuel convoy blocked at the river crossing", "Kapoeta", "SS0102", frozenset({4}))


def earlier(number: int, summary: str, **more: Any) -> Escalation:
    this = matter(**{"place_name": "", "place_code": "", "raised_at": NOW - timedelta(days=1), **more})
    this.id, this.summary, this.agencies = number, summary, []
    return this


def test_the_same_words_are_the_same_matter_wherever_it_is() -> None:
    assert [one.id for one in alike(FUEL, [earlier(1, FUEL.summary)], NOW)] == [1]


def test_half_the_words_are_enough_where_place_or_agency_agree() -> None:
    words = "Convoy stopped near the river"
    near = [earlier(1, words, place_code="ss0102"), earlier(2, words, place_name="KAPOETA"), earlier(3, words)]
    near[2].agencies = [EscalationAgency(agency_id=4)]
    far = earlier(4, words)
    assert {one.id for one in alike(FUEL, [*near, far], NOW)} == {1, 2, 3}
    assert alike(FUEL, [earlier(5, "Vaccines for the clinic", place_code="SS0102")], NOW) == []


def test_closed_and_older_matters_are_not_offered_and_the_likest_stands_first() -> None:
    same = FUEL.summary
    assert alike(FUEL, [earlier(1, same, state=State.DECIDED)], NOW) == []
    assert alike(FUEL, [earlier(1, same, raised_at=NOW - LOOK_BACK - timedelta(seconds=1))], NOW) == []
    assert alike(FUEL, [earlier(1, same, raised_at=NOW - LOOK_BACK)], NOW) != []
    found = alike(FUEL, [earlier(3, "Fuel convoy held at the river", place_code="SS0102"), earlier(2, same)], NOW)
    assert [one.id for one in found] == [2, 3]


def test_a_place_is_the_same_by_its_code_or_by_its_name_however_it_is_spelt() -> None:
    assert same_place(FUEL, earlier(1, "", place_name="kapoeta ", place_code="SS9999"))
    assert same_place(FUEL, earlier(1, "", place_name="Kapoetta"))
    assert not same_place(FUEL, earlier(1, "", place_name="Torit"))
    assert not same_place(Draft("", "", "", frozenset()), earlier(1, ""))


def test_an_open_matter_without_a_next_step_or_long_past_it_is_forgotten() -> None:
    fine = matter(next_at=NOW - LATE)
    for wrong in ({"next_at": None}, {"next_for": []}, {"next_at": NOW - LATE - timedelta(seconds=1)}):
        this = matter(**wrong)
        assert forgotten([fine, this], NOW) == [this]


def test_only_a_decision_has_a_time_to_decide() -> None:
    raised = NOW - timedelta(hours=5)
    assert time_to_decide(matter(State.DECIDED, raised_at=raised, closed_at=NOW)) == timedelta(hours=5)
    assert time_to_decide(matter(State.RETURNED, raised_at=raised, closed_at=NOW)) is None
