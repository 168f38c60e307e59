"""What the forms of this room carry along."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.notes import named


@dataclass(frozen=True, slots=True)
class ReturnNotes:
    """The return that a form is about, and how it is being filled in.

    `base` is the version that the person read, `start` the item that the step begins with. `proxy` is 1 when somebody
    enters it for the agency, `merge` 1 when a colleague's answers stand beside the person's own.
    """

    of: int = named("return", 0)
    base: int | None = None
    start: int | None = None
    proxy: int | None = None
    merge: int | None = None


@dataclass(frozen=True, slots=True)
class RoundNotes:
    """The round that a form is about."""

    round: int = 0


@dataclass(frozen=True, slots=True)
class BuilderNotes:
    """Of what the questions are built: the plan, 0 for a new one, or with `adhoc` 1 a round that is asked now.

    `step` is the plan's; `number` the question that a form is about, counted from 0, or one behind the last for a new
    one.
    """

    plan: int = 0
    step: str = "what"
    adhoc: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PlanNotes:
    """The plan that a form is about, 0 for a new one, and the step that is shown."""

    plan: int = 0
    step: str = ""
