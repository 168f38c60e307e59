"""Changing a chain: steps as data, what may be entered, and what becomes of the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from commands.escalations.rules.chains import ChainPlan, Step
from commands.escalations.rules.lengths import read_length
from commands.kit.pressed import parts_of
from commands.kit.words import _
from storage.escalations.chains import AtEnd, StepHours, StepWho
from storage.escalations.model import Severity
from storage.people import MISSION_ROLES, Role

MOST_STEPS = 10
MOST_REPEATS = 9
WHO, PERSON, WAIT, SEVERITIES, HOURS, ZONE, WAYS, LABEL = (
    "who", "person", "wait", "severities", "hours", "zone", "ways", "label"
)  # fmt: skip
REPEAT_FROM, REPEAT_TIMES, AT_END, STAND_IN = "repeat_from", "repeat_times", "at_end", "stand_in"
LONGEST_LABEL = 60


class ChainAct(StrEnum):
    """What was done with the chain, as it stands on the audit record behind `chain.`."""

    STEP = "step"
    MOVED = "moved"
    REMOVED = "removed"
    END = "end"


@dataclass(frozen=True, slots=True)
class EnteredStep:
    """A step as it was entered; `who` is a kind, with a value after a colon where it needs one."""

    who: str
    person: str | None
    wait: str
    severities: Sequence[str]
    hours: str
    zone: str
    by_email: bool
    label: str


def who_of(step: Step) -> str:
    """How the form names whom a step reaches; a person stands in a field of their own."""
    return step.who.value if step.who is StepWho.PERSON else f"{step.who.value}:{step.value}"


def roles_offered() -> list[Role]:
    """The roles a step may name, in the order people know them."""
    return [role for role in MISSION_ROLES if role is not Role.OBSERVER]


def step_problems(entered: EnteredStep) -> dict[str, str]:
    """What is wrong with a step, by field."""
    problems: dict[str, str] = {}
    if not entered.who:
        problems[WHO] = _("Choose whom the step reaches.")
    if entered.who == StepWho.PERSON and entered.person is None:
        problems[PERSON] = _("Choose the person.")
    if entered.wait and read_length(entered.wait) is None:
        problems[WAIT] = _("Write a length such as 20 min, 4 h or 2 h 30 min; or nothing for an equal share.")
    if entered.zone and entered.hours == StepHours.ANY:
        problems[ZONE] = _("A zone matters only when the step has hours. Choose hours, or take the zone away.")
    return problems


def step_of(entered: EnteredStep) -> Step:
    """The step that was entered; every severity is the same as none."""
    kind, value = parts_of(entered.who, 2)
    chosen = frozenset(entered.severities)
    return Step(
        who=StepWho(kind),
        value=entered.person or "" if kind == StepWho.PERSON else value,
        wait=read_length(entered.wait) or timedelta(),
        severities=frozenset() if chosen == set(Severity) else chosen,
        hours=StepHours(entered.hours or StepHours.ANY),
        zone=entered.zone,
        label=entered.label,
        by_email=entered.by_email,
    )


def put_step(plan: ChainPlan, step: Step, place: int | None) -> ChainPlan:
    """The chain with a step changed, or added at the end."""
    steps = list(plan.steps)
    if place is None or not 0 <= place < len(steps):
        steps.append(step)
    else:
        steps[place] = step
    return replace(plan, steps=tuple(steps))


def moved(plan: ChainPlan, place: int, by: int) -> ChainPlan:
    """The chain with a step one place earlier (-1) or later (+1); at an end it stays."""
    target = place + by
    if not (0 <= place < len(plan.steps) and 0 <= target < len(plan.steps)):
        return plan
    steps = list(plan.steps)
    steps[place], steps[target] = steps[target], steps[place]
    return replace(plan, steps=tuple(steps))


def without(plan: ChainPlan, place: int) -> ChainPlan:
    """The chain without a step; it goes back to the same step as before, as far as that is still there."""
    steps = tuple(step for number, step in enumerate(plan.steps) if number != place)
    back = plan.repeat_from - 1 if place < plan.repeat_from else plan.repeat_from
    return replace(plan, steps=steps, repeat_from=max(0, min(back, len(steps) - 1)))


def ended(plan: ChainPlan, *, repeat_from: int, repeat_times: int, at_end: AtEnd, stand_in: str | None) -> ChainPlan:
    """The chain with another end."""
    first = max(0, min(repeat_from, len(plan.steps) - 1))
    times = max(0, min(repeat_times, MOST_REPEATS))
    person = stand_in if at_end is AtEnd.PERSON else None
    return replace(plan, repeat_from=first, repeat_times=times, at_end=at_end, stand_in=person)
