"""Has this been asked already? What was asked of the same people in the last weeks, compared by its words.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from storage.compartments import Compartment

LOOK_BACK = timedelta(days=30)
ALIKE = 72.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """Something that was asked: a question of a round, a request, a heading, an indicator. `what` is the room's own.

    `of` are the ids of the agencies that were asked; what lies on a side of the wall is found by that side alone.
    """

    what: T
    text: str
    at: datetime
    of: frozenset[int]
    compartment: Compartment = Compartment.MISSION


@dataclass(frozen=True, slots=True)
class Likeness(Generic[T]):
    """What was asked earlier, the place of the new text it resembles most, and how much (up to 100)."""

    earlier: Asked[T]
    new: int
    score: float


def alike(
    new: Sequence[str],
    of: Collection[int],
    earlier: Iterable[Asked[T]],
    now: datetime,
    inside: AbstractSet[Compartment] = frozenset(),
) -> list[Likeness[T]]:
    """What was asked within `LOOK_BACK` of at least one of the same agencies and resembles a new text, likest first.

    `inside` are the sides that the asker is on: nothing of another one is compared.
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - 2 MiB that most processes never need

    found: list[Likeness[T]] = []
    for one in earlier:
        if not (one.of & set(of)) or now - one.at > LOOK_BACK or one.compartment not in {Compartment.MISSION, *inside}:
            continue
        best = process.extractOne(
            one.text, new, scorer=fuzz.token_set_ratio, processor=utils.default_process, score_cutoff=ALIKE
        )
        if best is not None:
            found.append(Likeness(one, best[2], best[1]))
    return sorted(found, key=lambda like: -like.score)
