"""Naming a figure in a button or a choice, so that it can be opened to the flows that make it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from commands.kit.pressed import BAR, parts_of, value_of

EVERYTHING = "all"
NOT_SPECIFIED = "Not specified"
SHARED_CLUSTERS = "Multiple clusters/sectors (shared)"
SHARED_LOCATIONS = "Multiple locations (shared)"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure as a button names it: `by` is a way of grouping or `all`, `mark` stands for the group's name."""

    by: str = EVERYTHING
    mark: str = ""
    plan_key: str | None = None

    def written(self) -> str:
        """As a button's value: never longer than the 150 characters of a choice."""
        plan = "" if self.plan_key is None else f"={self.plan_key}"
        return value_of(self.by, self.mark, plan, by=BAR)

    @staticmethod
    def read(text: str) -> FigureRef:
        """What `written` gave; anything else names everything, which is refused nowhere."""
        by, mark, plan = parts_of(text, 3, BAR)
        return FigureRef(by or EVERYTHING, mark, plan[1:] if plan.startswith("=") else None)


def mark_of(name: str) -> str:
    """A short mark for a name of any length; money that names nothing is the same in flows and in requirements."""
    name = "" if name == NOT_SPECIFIED else name
    return hashlib.sha256(name.encode()).hexdigest()[:16]
