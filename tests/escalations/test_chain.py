"""The chain: shown in words, changed step by step, tried out; what runs keeps the chain it has."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.driver import Form
from commands.escalations.rules.chain_edit import ended, moved, put_step, without
from commands.escalations.rules.chains import ChainPlan, Step, plan_of
from commands.escalations.rules.rehearsal import rehearse
from commands.escalations.rules.times import DEFAULT_TIMES, Pace
from commands.kit.dates import WorkCalendar
from storage.escalations.chains import AtEnd, Chain, StepHours, StepWho
from storage.escalations.model import Severity
from storage.people import Role
from tests.escalations.acts import CHIEF, DEPUTY, DUTY, SRSG, give, raises, staff, the
from tests.escalations.test_duty import pressed, runs, submitted
from tests.world import World

WAIT = "How long it waits for an acknowledgement"
NIGHT = datetime(2026, 11, 24, 23, 12, tzinfo=UTC)
CALENDAR = WorkCalendar(ZoneInfo("Africa/Juba"), frozenset(range(5)), time(8), time(17))

steps = st.builds(
    Step,
    who=st.sampled_from([StepWho.ROLE, StepWho.DUTY_ROSTER]),
    value=st.sampled_from(["srsg_office", "coordinator"]),
    wait=st.sampled_from([timedelta(), timedelta(minutes=30), timedelta(hours=3)]),
    severities=st.sampled_from([frozenset(), frozenset({"urgent"}), frozenset({"routine", "immediate"})]),
    hours=st.sampled_from(StepHours),
    by_email=st.booleans(),
)
plans = st.builds(ChainPlan, steps=st.lists(steps, min_size=1, max_size=5).map(tuple), repeat_times=st.integers(0, 3))


@given(plans, st.integers(0, 6), st.sampled_from([-1, 1]), steps)
def test_changing_a_chain_loses_no_other_step(plan: ChainPlan, place: int, by: int, new: Step) -> None:
    assert sorted(map(hash, moved(plan, place, by).steps)) == sorted(map(hash, plan.steps))
    assert moved(moved(plan, place, by), place + by, -by) in (plan, moved(plan, place, by))
    more = put_step(plan, new, None)
    assert more.steps[:-1] == plan.steps
    assert without(more, len(plan.steps)).steps == plan.steps
    fewer = without(plan, place)
    assert len(fewer.steps) == len(plan.steps) - (place < len(plan.steps))
    assert 0 <= fewer.repeat_from < max(1, len(fewer.steps))
    end = ended(plan, repeat_from=place, repeat_times=place, at_end=AtEnd.COORDINATORS, stand_in="U1")
    assert end.repeat_from < len(plan.steps)
    assert end.stand_in is None
    assert plan_of(more.as_json()) == more


@given(plans, st.sampled_from(Severity), st.integers(0, 7 * 24))
def test_a_test_run_always_ends_at_the_end_of_the_chain(plan: ChainPlan, severity: Severity, hours: int) -> None:
    start = NIGHT + timedelta(hours=hours)
    pace = Pace(CALENDAR, always=severity is Severity.IMMEDIATE)
    reach = (tuple(("U1",) for _step in plan.steps), ("channel:C1",))
    lines = rehearse(plan, severity, pace, DEFAULT_TIMES[severity], start, lambda _when: reach)
    assert lines[-1].step == len(plan.steps)
    assert lines[-1].people == ("channel:C1",)
    assert all(pace.is_on(line.at) for line in lines[:1])
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert all(plan.steps[line.step].is_for(severity) for line in lines[:-1])


def step_of(form: Form, number: int, button: str) -> Form:
    """Press a button of a step; steps have the same buttons."""
    found = [
        element
        for block in form.blocks
        for element in block.get("elements", [])
        if element.get("action_id", "").endswith(f":{number - 1}") and element.get("text", {}).get("text") == button
    ]
    return pressed(form, found[0]["action_id"])


def test_an_admin_writes_the_missions_own_chain(world: World) -> None:
    staff(world)
    running = raises(world, "The road to the camp is blocked.")
    before = the(world, running).chain
    chief = world.person(CHIEF)
    form = runs(chief, "/escalate chain")
    assert "1. At once: *duty officer*\n" in form.text
    assert "2. If nobody acknowledges within 2 h (routine), 30 min (urgent) or 5 min (immediate): *deputy*" in form.text
    assert "Then* it goes back to step 2, once." in form.text
    assert "Back to the usual chain" not in form.buttons
    give(world, Role.ADMIN, [CHIEF, SRSG])
    stale = step_of(runs(world.person(SRSG), "/escalate chain"), 2, "Change")

    form = step_of(form, 1, "Change").fill(WAIT, "half an hour")
    refused = submitted(form)
    assert "Write a length such as 20 min" in refused.errors[WAIT]
    form = submitted(refused.fill(WAIT, "30 min"))
    assert "2. If nobody acknowledges within 30 min: *deputy*" in form.text
    assert "Saved. Escalations raised from now on take this chain." in form.text
    refused = submitted(stale.fill(WAIT, "1 h"))
    assert "Somebody changed the chain meanwhile" in refused.errors["Whom it reaches"]

    form = pressed(form, "Add a step").choose("Whom it reaches", "A person")
    refused = submitted(form)
    assert refused.errors == {"The person": "Choose the person."}
    refused.choose("The person", "WFP head of agency").uncheck("For which severities", "Routine")
    refused.choose("When it is told", "Only outside duty hours").check("Second way", "Also by e-mail")
    form = submitted(refused)
    assert "*@WFP head of agency* (only urgent and immediate · outside duty hours · also by e-mail)" in form.text
    form = step_of(form, 5, "Earlier")
    assert ": *@WFP head of agency* (only urgent" in form.text
    form = step_of(form, 2, "Remove")
    assert "2. If nobody acknowledges within 30 min: *chief of staff*" in form.text
    form = pressed(form, "Repeat and end").choose("After the last step, go back to", "Step 2: chief of staff")
    form.choose("How often", "3 times").choose("In the end, tell", "A person")
    form = submitted(submitted(form).choose("The person", SRSG))
    assert "goes back to step 2, up to 3 times.\n*In the end* @SRSG is told" in form.text

    assert the(world, running).chain == before
    fresh = raises(world, "The crossing is closed again.", severity="Immediate")
    assert the(world, fresh).chain["steps"][0]["wait_minutes"] == 30
    assert the(world, fresh).chain["repeat_times"] == 3
    form = pressed(pressed(form, "Back to the usual chain"), "Test run")
    assert world.count_rows(Chain) == 1
    assert f"• Mon 5 Mar 09:00 · duty officer: @{DUTY}\n• Mon 5 Mar 09:30 · deputy: @{DEPUTY}" in form.text
    form.choose("Severity", "Immediate")
    shown = chief.form
    assert shown is not None
    assert f"• Mon 5 Mar 09:05 · deputy: @{DEPUTY}" in shown.text
    assert "end of the chain: #cabinet-office, and again until somebody acknowledges" in shown.text
    assert "This needs one of these roles: admin" in world.person(DUTY).runs("/escalate chain").text
