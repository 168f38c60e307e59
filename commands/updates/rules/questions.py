"""Questions of a round: what they ask, what an answer to them looks like, and how people type them line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commands.kit.words import _
from storage.base import Json

QUESTION_LIMIT = 300
TITLE_LIMIT = 120
UNIT_LIMIT = 30
CHOICE_LIMIT = 75
CHOICES_AT_MOST = 25
QUESTIONS_AT_MOST = 60


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `id` stays the same when its words change, so that answers of two rounds can be compared.

    `per_sector`: the agency answers once for each of its sectors.
    """

    id: str
    text: str
    kind: Kind = Kind.LONG_TEXT
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    per_sector: bool = False

    def as_json(self) -> Json:
        """The question as a row keeps it."""
        return {
            "id": self.id,
            "text": self.text,
            "kind": self.kind.value,
            "required": self.required,
            "unit": self.unit,
            "choices": list(self.choices),
            "per_sector": self.per_sector,
        }

    @staticmethod
    def from_json(row: Json) -> Question:
        """The question a row keeps."""
        return Question(
            id=row["id"],
            text=row["text"],
            kind=Kind(row["kind"]),
            required=row.get("required", False),
            unit=row.get("unit", ""),
            choices=tuple(row.get("choices", ())),
            per_sector=row.get("per_sector", False),
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to answer: a question, or a question for one sector. `key` names its answer."""

    question: Question
    sector: str = ""

    @property
    def key(self) -> str:
        """The name of the answer and of the field in the form."""
        return f"{self.question.id}@{self.sector}" if self.sector else self.question.id


def questions_of(rows: Iterable[Json]) -> list[Question]:
    """The questions of a plan or a round."""
    return [Question.from_json(row) for row in rows]


def items_for(questions: Sequence[Question], sectors: Sequence[str]) -> list[Item]:
    """What an agency with these sectors answers; without sectors a question per sector is asked once."""
    items: list[Item] = []
    for question in questions:
        if question.per_sector and sectors:
            items += [Item(question, sector) for sector in sectors]
        else:
            items.append(Item(question))
    return items


def next_id(questions: Iterable[Question]) -> str:
    """An id that none of the questions has: `q1`, `q2` and so on."""
    used = [int(one.id[1:]) for one in questions if one.id[1:].isdigit()]
    return f"q{max(used, default=0) + 1}"


def has_letters(text: str) -> bool:
    """Whether a text has at least one letter or digit: a name of nothing but emoji cannot be read out."""
    without_emoji = re.sub(r":[a-z0-9_+'-]+:", "", text)
    return any(unicodedata.category(letter)[0] in "LN" for letter in without_emoji)


def trouble_with(question: Question) -> str | None:
    """What is wrong with a question, in words that say what to do; None when it is fine."""
    if not has_letters(question.text):
        return _("Write the question in words; emoji alone cannot be read out.")
    if len(question.text) > QUESTION_LIMIT:
        return _("This question has {length} characters; {limit} are possible. Shorten it.").format(
            length=len(question.text), limit=QUESTION_LIMIT
        )
    if len(question.unit) > UNIT_LIMIT:
        return _("A unit has at most {limit} characters.").format(limit=UNIT_LIMIT)
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        return _trouble_with_choices(question.choices)
    return None


def _trouble_with_choices(choices: Sequence[str]) -> str | None:
    if len(choices) < 2:
        return _("Give at least two choices, one on each line.")
    if len(choices) > CHOICES_AT_MOST:
        return _("Give at most {limit} choices.").format(limit=CHOICES_AT_MOST)
    if len({choice.casefold() for choice in choices}) < len(choices):
        return _("Two choices are the same. Each must be different.")
    if any(len(choice) > CHOICE_LIMIT for choice in choices):
        return _("A choice has at most {limit} characters.").format(limit=CHOICE_LIMIT)
    return None
