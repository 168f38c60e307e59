"""Questions of a round: what they ask, what an answer to them looks like, and how people type them line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commands.kit.words import _, current_language
from storage.base import Json

QUESTION_LIMIT = 300
TITLE_LIMIT = 120
UNIT_LIMIT = 30
CHOICE_LIMIT = 75
CHOICES_AT_MOST = 25
QUESTIONS_AT_MOST = 60
FRENCH = "fr"


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"


class Shows(StrEnum):
    """What a digest shows of the answers: each of them, or for all agencies together a total or how many chose what."""

    EACH = "each"
    TOGETHER = "together"


# What can be added up or counted; other answers can only be shown one by one.
COUNTED = frozenset({Kind.NUMBER, Kind.ONE, Kind.SEVERAL, Kind.YES_NO})


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `id` stays the same when its words change, so that answers of two rounds can be compared.

    `per_sector`: the agency answers once for each of its sectors. `sectors`: only agencies of these are asked; all
    where it is empty. `text_fr` and `choices_fr` are its words in French, empty where there are none; an answer is kept
    as the choice of `choices`. `shows` is what a digest shows of it.
    """

    id: str
    text: str
    kind: Kind = Kind.LONG_TEXT
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    per_sector: bool = False
    text_fr: str = ""
    choices_fr: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    shows: Shows = Shows.EACH

    @property
    def words(self) -> str:
        """What is asked, in the language of whoever reads it."""
        return self.text_fr if self.text_fr and current_language() == FRENCH else self.text

    def choice_words(self, choice: str) -> str:
        """A choice in the language of whoever reads it."""
        if choice not in self.choices or current_language() != FRENCH:
            return choice
        place = self.choices.index(choice)
        return self.choices_fr[place] if place < len(self.choices_fr) else choice

    def as_json(self) -> Json:
        """The question as a row keeps it."""
        more: Json = {
            "text_fr": self.text_fr,
            "choices_fr": list(self.choices_fr),
            "sectors": list(self.sectors),
            "shows": "" if self.shows is Shows.EACH else self.shows.value,
        }
        return {
            "id": self.id,
            "text": self.text,
            "kind": self.kind.value,
            "required": self.required,
            "unit": self.unit,
            "choices": list(self.choices),
            "per_sector": self.per_sector,
            **{name: value for name, value in more.items() if value},
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
            text_fr=row.get("text_fr", ""),
            choices_fr=tuple(row.get("choices_fr", ())),
            sectors=tuple(row.get("sectors", ())),
            shows=Shows(row.get("shows", Shows.EACH)),
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
        meant = [sector for sector in sectors if not question.sectors or sector in question.sectors]
        if question.per_sector and meant:
            items += [Item(question, sector) for sector in meant]
        elif meant or not question.sectors:
            items.append(Item(question))
    return items


def next_id(questions: Iterable[Question]) -> str:
    """An id that none of the questions has: `q1`, `q2` and so on."""
    return f"q{highest_id(questions) + 1}"


def highest_id(questions: Iterable[Question]) -> int:
    """The highest number among the ids of these questions; 0 where there is none."""
    return max((int(one.id[1:]) for one in questions if one.id[1:].isdigit()), default=0)


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
    if len(question.text_fr) > QUESTION_LIMIT:
        return _("The question in French has more than {limit} characters. Shorten it.").format(limit=QUESTION_LIMIT)
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        return _trouble_with_choices(question.choices) or _trouble_with_french(question)
    return None


def _trouble_with_french(question: Question) -> str | None:
    if question.choices_fr and len(question.choices_fr) != len(question.choices):
        return _("Give as many choices in French as in English, in the same order, or none.")
    return _trouble_with_choices(question.choices_fr) if question.choices_fr else None


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
