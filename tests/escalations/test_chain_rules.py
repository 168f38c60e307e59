"""A chain as it is entered, changed and kept: what is wrong with a step, and what becomes of the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.escalations.rules import chain_edit
from commands.escalations.rules.chain_edit import (
    EnteredStep,
    ended,
    moved,
    put_step,
    roles_offered,
    step_of,
    who_of,
    without,
)
from commands.escalations.rules.chains import DEFAULT_CHAIN, ChainPlan, Step, copied, plan_of
from storage.escalations.chains import AtEnd, Chain, ChainStep, StepHours, StepWho
from storage.escalations.model import Severity
from storage.people import Role
from tests.properties import examples

HOUR = timedelta(hours=1)

STEP = EnteredStep("duty_roster:", None, "", (), "any", "", by_email=False, label="")


def test_a_step_with_somebody_to_reach_is_right() -> None:
    assert chain_edit.step_problems(STEP) == {}
    assert chain_edit.step_problems(replace(STEP, who="person", person="U1", wait="20 min")) == {}
    assert chain_edit.step_problems(replace(STEP, hours="duty", zone="Europe/Paris")) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": ""}, chain_edit.WHO),
        ({"who": "person"}, chain_edit.PERSON),
        ({"wait": "a while"}, chain_edit.WAIT),
        ({"wait": "1 min"}, chain_edit.WAIT),
        ({"zone": "Europe/Paris"}, chain_edit.ZONE),
    ],
)
def test_what_is_wrong_with_a_step_is_told_beside_its_field(change: dict[str, Any], field: str) -> None:
    assert list(chain_edit.step_problems(replace(STEP, **change))) == [field]


def test_a_step_is_kept_as_it_was_entered() -> None:
    entered = EnteredStep(
        "role:coordinator", "U1", "1 h", ("urgent",), "off_duty", "Europe/Paris", by_email=True, label="N"
    )
    step = step_of(entered)
    assert step == Step(
        StepWho.ROLE, "coordinator", HOUR, frozenset({"urgent"}), StepHours.OFF_DUTY, "Europe/Paris", "N", by_email=True
    )
    assert who_of(step) == "role:coordinator"
    person = step_of(replace(STEP, who="person", person="U1"))
    assert (person.who, person.value, who_of(person)) == (StepWho.PERSON, "U1", "person")
    assert step_of(replace(STEP, hours="")).hours is StepHours.ANY


def test_every_severity_is_the_same_as_none_chosen() -> None:
    assert step_of(replace(STEP, severities=tuple(Severity))).severities == frozenset()
    assert step_of(replace(STEP, severities=tuple(Severity)[:2])).severities == set(tuple(Severity)[:2])


def test_an_observer_is_never_a_step_of_a_chain() -> None:
    assert Role.OBSERVER not in roles_offered()
    assert {Role.COORDINATOR, Role.DUTY_OFFICER, Role.SRSG_OFFICE} <= set(roles_offered())


NEW = Step(StepWho.PERSON, "U1")


def test_a_step_is_changed_in_its_place_or_added_at_the_end() -> None:
    steps = DEFAULT_CHAIN.steps
    assert put_step(DEFAULT_CHAIN, NEW, 0).steps == (NEW, *steps[1:])
    assert put_step(DEFAULT_CHAIN, NEW, 3).steps == (*steps[:3], NEW)
    for nowhere in (None, 4, -1):
        assert put_step(DEFAULT_CHAIN, NEW, nowhere).steps == (*steps, NEW)


def test_a_step_moves_one_place_and_stays_at_the_ends() -> None:
    one, two, three, four = DEFAULT_CHAIN.steps
    assert moved(DEFAULT_CHAIN, 1, -1).steps == (two, one, three, four)
    assert moved(DEFAULT_CHAIN, 2, 1).steps == (one, two, four, three)
    for place, by in ((0, -1), (3, 1), (7, -1), (-1, 1)):
        assert moved(DEFAULT_CHAIN, place, by) == DEFAULT_CHAIN


CHAINS = st.builds(
    ChainPlan,
    st.lists(st.integers(0, 99).map(lambda number: Step(StepWho.PERSON, f"U{number}")), max_size=6, unique=True).map(
        tuple
    ),
    repeat_from=st.integers(0, 6),
).map(lambda plan: replace(plan, repeat_from=max(0, min(plan.repeat_from, len(plan.steps) - 1))))


@settings(max_examples=examples(100))
@given(plan=CHAINS, place=st.integers(0, 6))
def test_a_chain_goes_back_to_the_same_step_after_another_was_taken_out(plan: ChainPlan, place: int) -> None:
    rest = without(plan, place)
    assert rest.steps == plan.steps[:place] + plan.steps[place + 1 :]
    assert rest.repeat_from == 0 or rest.repeat_from < len(rest.steps)
    if plan.steps and place != plan.repeat_from:
        assert rest.steps[rest.repeat_from] == plan.steps[plan.repeat_from]


def test_the_end_of_a_chain_stays_within_its_steps_and_names_a_person_only_where_one_is_told() -> None:
    found = ended(DEFAULT_CHAIN, repeat_from=9, repeat_times=99, at_end=AtEnd.PERSON, stand_in="U9")
    assert (found.repeat_from, found.repeat_times, found.at_end, found.stand_in) == (3, 9, AtEnd.PERSON, "U9")
    found = ended(DEFAULT_CHAIN, repeat_from=-1, repeat_times=-1, at_end=AtEnd.COORDINATORS, stand_in="U9")
    assert (found.repeat_from, found.repeat_times, found.stand_in) == (0, 0, None)


def test_a_chain_survives_being_kept_with_its_matter() -> None:
    chain = Chain(
        name="Nights",
        repeat_from=1,
        repeat_times=2,
        at_end=AtEnd.PERSON,
        stand_in="U9",
        steps=[
            ChainStep(
                who=StepWho.ROLE,
                who_value="coordinator",
                wait_minutes=90,
                severities=["urgent"],
                hours=StepHours.OFF_DUTY,
                zone="Europe/Paris",
                label="Chief",
                by_email=True,
            )
        ],
    )
    plan = copied(chain)
    assert plan.steps == (
        Step(
            StepWho.ROLE,
            "coordinator",
            timedelta(minutes=90),
            frozenset({"urgent"}),
            StepHours.OFF_DUTY,
            "Europe/Paris",
            "Chief",
            by_email=True,
        ),
    )
    assert (plan.name, plan.repeat_from, plan.repeat_times, plan.at_end, plan.stand_in) == (
        "Nights",
        1,
        2,
        AtEnd.PERSON,
        "U9",
    )
    assert plan_of(plan.as_json()) == plan
    older = {**plan.as_json(), "steps": [{**plan.steps[0].as_json()}]}
    del older["steps"][0]["by_email"]
    assert not plan_of(older).steps[0].by_email


def test_a_chain_is_run_through_once_and_then_from_the_step_it_is_repeated_from() -> None:
    plan = replace(DEFAULT_CHAIN, steps=DEFAULT_CHAIN.steps[:3], repeat_from=2, repeat_times=2)
    assert list(plan.positions_after(-1, 0)) == [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2)]
    assert list(plan.positions_after(2, 2)) == []
    assert list(replace(plan, repeat_from=9).positions_after(2, 1)) == [(2, 2)]
    assert list(ChainPlan((), repeat_times=3).positions_after(-1, 0)) == []


def test_a_chain_that_loses_the_step_it_goes_back_to_goes_back_to_the_one_in_its_place() -> None:
    plan = replace(DEFAULT_CHAIN, repeat_from=1)
    assert without(plan, 1).repeat_from == 1
    assert without(replace(plan, repeat_from=3), 3).repeat_from == 2
