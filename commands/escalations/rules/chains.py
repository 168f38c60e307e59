"""A chain as data: its steps in order, the copy that a running escalation keeps, and the one a mission begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from storage.base import Json
from storage.escalations.chains import AtEnd, Chain, StepHours, StepWho

# `who_value` of a step of the duty roster: whoever is on duty, or a post of the mission's leadership, which whoever
# acts for it answers while its holder is away.
ON_DUTY, DEPUTY, CHIEF_OF_STAFF, SRSG = "", "deputy", "chief_of_staff", "srsg"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. A wait of nothing is an equal share of the time for acknowledging; no severities mean all.

    `by_email`: it goes by e-mail as well.
    """

    who: StepWho
    value: str = ""
    wait: timedelta = timedelta()
    severities: frozenset[str] = frozenset()
    hours: StepHours = StepHours.ANY
    zone: str = ""
    label: str = ""
    by_email: bool = False

    def is_for(self, severity: str) -> bool:
        """Whether an escalation of this severity takes the step."""
        return not self.severities or severity in self.severities

    def as_json(self) -> Json:
        """The step as a running escalation keeps it."""
        return {
            "who": self.who.value,
            "value": self.value,
            "wait_minutes": int(self.wait.total_seconds() // 60),
            "severities": sorted(self.severities),
            "hours": self.hours.value,
            "zone": self.zone,
            "label": self.label,
            "by_email": self.by_email,
        }


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The chain of a running escalation. After the last step it goes back to `repeat_from`, `repeat_times` times."""

    steps: tuple[Step, ...]
    repeat_from: int = 0
    repeat_times: int = 0
    at_end: AtEnd = AtEnd.COORDINATORS
    stand_in: str | None = None
    name: str = field(default="")

    def positions_after(self, step: int, lap: int) -> Iterator[tuple[int, int]]:
        """The steps that follow one, in order, each with its lap; the first is `(0, 0)` after `(-1, 0)`."""
        while True:
            for number in range(step + 1, len(self.steps)):
                yield number, lap
            if lap >= self.repeat_times or not self.steps:
                return
            step, lap = min(self.repeat_from, len(self.steps) - 1) - 1, lap + 1

    def as_json(self) -> Json:
        """The copy that is kept."""
        return {
            "name": self.name,
            "steps": [step.as_json() for step in self.steps],
            "repeat_from": self.repeat_from,
            "repeat_times": self.repeat_times,
            "at_end": self.at_end.value,
            "stand_in": self.stand_in,
        }


def plan_of(kept: Json) -> ChainPlan:
    """A chain from the copy of it."""
    return ChainPlan(
        steps=tuple(_step_of(one) for one in kept["steps"]),
        repeat_from=int(kept["repeat_from"]),
        repeat_times=int(kept["repeat_times"]),
        at_end=AtEnd(kept["at_end"]),
        stand_in=kept["stand_in"],
        name=str(kept["name"]),
    )


def _step_of(kept: Json) -> Step:
    return Step(
        who=StepWho(kept["who"]),
        value=str(kept["value"]),
        wait=timedelta(minutes=int(kept["wait_minutes"])),
        severities=frozenset(kept["severities"]),
        hours=StepHours(kept["hours"]),
        zone=str(kept["zone"]),
        label=str(kept["label"]),
        by_email=bool(kept.get("by_email")),
    )


def copied(chain: Chain) -> ChainPlan:
    """The chain as it stands now."""
    steps = tuple(
        Step(
            who=StepWho(one.who),
            value=one.who_value,
            wait=timedelta(minutes=one.wait_minutes),
            severities=frozenset(one.severities),
            hours=StepHours(one.hours),
            zone=one.zone,
            label=one.label,
            by_email=one.by_email,
        )
        for one in chain.steps
    )
    return ChainPlan(
        steps, chain.repeat_from, chain.repeat_times, AtEnd(chain.at_end), chain.stand_in or None, chain.name
    )


# What a mission has until an admin writes its own: duty officer, deputy, chief of staff, SRSG.
DEFAULT_CHAIN = ChainPlan(
    steps=(
        Step(StepWho.DUTY_ROSTER, ON_DUTY),
        Step(StepWho.DUTY_ROSTER, DEPUTY),
        Step(StepWho.DUTY_ROSTER, CHIEF_OF_STAFF),
        Step(StepWho.DUTY_ROSTER, SRSG),
    ),
    repeat_from=1,
    repeat_times=1,
)
