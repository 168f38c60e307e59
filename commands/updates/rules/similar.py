"""Has this been asked already? Questions of the last days compared by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz, process, utils

from commands.updates.rules.questions import Question

LOOK_BACK = timedelta(days=14)
ALIKE = 72.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier question of a round, and the new question it resembles (with a score up to 100)."""

    round_id: int
    earlier: Question
    new: Question
    score: float


def alike(new: Sequence[Question], earlier: Sequence[tuple[int, Question]]) -> list[Likeness]:
    """Earlier questions that resemble a new one, each with the new one it resembles most, the likest first."""
    words = [question.text for question in new]
    found: list[Likeness] = []
    for round_id, question in earlier:
        best = process.extractOne(
            question.text,
            words,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=ALIKE,
        )
        if best is not None:
            found.append(Likeness(round_id, question, new[best[2]], best[1]))
    return sorted(found, key=lambda one: -one.score)
