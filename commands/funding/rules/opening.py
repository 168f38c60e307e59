"""Naming a figure in a button or a choice, so that it can be opened to the flows that make it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

EVERYTHING = "all"
SEPARATOR = "|"
NOT_SPECIFIED = "Not specified"
SHARED_CLUSTERS = "Multiple clusters/sectors (shared)"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure as a button names it: `by` is a way of grouping or `all`, `mark` stands for the group's name."""

    by: str = EVERYTHING
    mark: str = ""
    plan_key: str | None = None

    def written(self) -> str:
        """As a button's value: never longer than the 150 characters of a choice."""
        plan = "" if self.plan_key is None else f"={self.plan_key}"
        return SEPARATOR.join((self.by, self.mark, plan))

    @staticmethod
    def read(text: str) -> FigureRef:
        """What `written` gave; anything else names everything, which is refused nowhere."""
        by, _sep, rest = text.partition(SEPARATOR)
        mark, _sep, plan = rest.partition(SEPARATOR)
        return FigureRef(by or EVERYTHING, mark, plan[1:] if plan.startswith("=") else None)


def mark_of(name: str) -> str:
    """A short mark for a name of any length; money that names nothing is the same in flows and in requirements."""
    name = "" if name == NOT_SPECIFIED else name
    return hashlib.sha256(name.encode()).hexdigest()[:16]
