"""Answers: read from what was entered, checked, compared, and written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from commands.kit.numbers import number_text
from commands.kit.typed.numbers import MOST_DIGITS, number_of, readings, two_readings
from commands.kit.words import _
from commands.updates.rules.questions import Item, Kind, Question

TEXT_LIMIT = 3000
SHORT_TEXT_LIMIT = 300
_STORED = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?")

# A text, a number as a decimal string, one choice, several choices, or yes/no. What is missing is unknown.
Value = str | list[str] | bool
Answers = Mapping[str, Value]


def stored_number(text: str) -> Decimal | None:
    """The number of an answer as it is kept, with a point before its decimals; None for any other text."""
    return Decimal(text) if _STORED.fullmatch(text) else None


def trouble_with(item: Item, value: Value | None) -> str | None:
    """What is wrong with an answer, in words that say what to do; None when it is fine."""
    question = item.question
    if value is None or value in ("", []):
        return _("This answer is required.") if question.required else None
    if question.kind is Kind.NUMBER and (trouble := _trouble_with_number(str(value))):
        return trouble
    limit = {Kind.TEXT: SHORT_TEXT_LIMIT, Kind.LONG_TEXT: TEXT_LIMIT}.get(question.kind)
    if limit is not None and len(str(value)) > limit:
        return _(
            "This text has {length} characters; Slack takes {limit}. Shorten it, or send the rest as a file."
        ).format(length=len(str(value)), limit=limit)
    return None


def _trouble_with_number(typed: str) -> str | None:
    found = readings(typed)
    if len(found) > 1:
        return two_readings(found)
    return None if found else _("Enter a number, for example 1200 or 12.5.")


def clean(item: Item, value: Value | None) -> Value | None:
    """An answer as it is kept: numbers without blanks and separators, empty ones not at all."""
    if value is None or value in ("", []):
        return None
    if item.question.kind is Kind.NUMBER:
        number = number_of(str(value))
        return str(value) if number is None else f"{number:f}"
    return value


def check(items: Sequence[Item], answers: Answers) -> dict[str, str]:
    """Everything that is wrong with a set of answers, by the answer's name."""
    found = {item.key: trouble_with(item, answers.get(item.key)) for item in items}
    return {key: text for key, text in found.items() if text is not None}


def kept(items: Sequence[Item], answers: Answers) -> dict[str, Value]:
    """The answers that belong to these items, cleaned; unknown ones are left out."""
    found = {item.key: clean(item, answers.get(item.key)) for item in items}
    return {key: value for key, value in found.items() if value is not None}


def carried_over(items: Sequence[Item], last: Sequence[Question], answers: Answers) -> dict[str, Value]:
    """Earlier answers that still answer these items: same question, same kind of answer, choices that still exist."""
    kinds = {question.id: question.kind for question in last}
    fitting = {
        item.key: answers[item.key]
        for item in items
        if item.key in answers
        and kinds.get(item.question.id) is item.question.kind
        and _is_still_offered(item.question, answers[item.key])
    }
    return kept(items, fitting)


def not_carried(last: Sequence[Question], answers: Answers, carried: Answers) -> list[tuple[Item, Value]]:
    """Earlier answers that were left behind, with what they answered then."""
    asked = {question.id: question for question in last}
    left: list[tuple[Item, Value]] = []
    for key, value in answers.items():
        identity, _at, sector = key.partition("@")
        if key not in carried and identity in asked:
            left.append((Item(asked[identity], sector), value))
    return left


def merged(items: Sequence[Item], base: Answers, mine: Answers, theirs: Answers) -> dict[str, Value]:
    """Two sets of answers that grew out of the same one: what only one side changed is taken from that side.

    Where both changed the same answer, mine stands, for its author to compare with theirs.
    """
    together = {item.key: theirs.get(item.key) if _same(item, mine, base) else mine.get(item.key) for item in items}
    return {key: value for key, value in together.items() if value is not None}


def _same(item: Item, one: Answers, other: Answers) -> bool:
    return clean(item, one.get(item.key)) == clean(item, other.get(item.key))


def _is_still_offered(question: Question, value: Value) -> bool:
    if question.kind is Kind.ONE:
        return value in question.choices
    if question.kind is Kind.SEVERAL:
        return isinstance(value, list) and set(value) <= set(question.choices)
    return True


def answer_text(question: Question, value: Value | None) -> str:
    """An answer in plain words; `not given` where there is none."""
    if value is None:
        return _("not given")
    if question.kind is Kind.NUMBER:
        number = stored_number(str(value))
        return str(value) if number is None else number_text(number, question.unit)
    if question.kind is Kind.YES_NO:
        return _("yes") if value is True else _("no")
    chosen = value if isinstance(value, list) else [str(value)]
    return ", ".join(question.choice_words(one) for one in chosen)


def differing(items: Sequence[Item], one: Answers, other: Answers) -> list[Item]:
    """The items that two sets of answers answer differently."""
    return [item for item in items if not _same(item, one, other)]
