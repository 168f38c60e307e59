"""Building the questions of a round one by one: changed, moved, taken out, or begun from a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from commands.kit.words import _, pgettext, speaking
from commands.updates.rules.drafting import A, all_questions, with_questions
from commands.updates.rules.questions import FRENCH, Kind, Question, highest_id


class Change(StrEnum):
    """What a question's menu does."""

    EDIT = "edit"
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"


def moved(asked: A, number: int, change: str) -> A:
    """The same with one question a place higher or lower, or without it; a number that there is not changes nothing."""
    questions = all_questions(asked)
    if not 0 <= number < len(questions):
        return with_questions(asked, questions)
    one = questions.pop(number)
    place = {Change.UP: max(number - 1, 0), Change.DOWN: number + 1}.get(Change(change))
    if place is not None:
        questions.insert(place, one)
    return with_questions(asked, questions)


def put(asked: A, number: int, question: Question) -> A:
    """The same with this question in the place of one, or behind all where there is none at that number."""
    questions = all_questions(asked)
    if 0 <= number < len(questions):
        questions[number] = replace(question, id=questions[number].id)
    else:
        questions.append(_numbered(asked, questions, question))
    return with_questions(asked, questions)


def _numbered(asked: A, questions: Sequence[Question], question: Question) -> Question:
    return replace(question, id=f"q{max(asked.used, highest_id(questions)) + 1}")


def from_template(asked: A, name: str) -> A:
    """The same with a template's questions behind what is there, and with its title where there is none."""
    title, added = TEMPLATES[name]()
    questions = all_questions(asked)
    for question in added:
        questions.append(_numbered(asked, questions, question))
    return with_questions(replace(asked, title=asked.title or title), questions)


def _weekly() -> tuple[str, list[Question]]:
    return _("Weekly update"), [
        _asks(lambda: _("What has changed since last week?"), required=True),
        _asks(lambda: _("People reached"), Kind.NUMBER, unit=pgettext("unit", "people"), per_sector=True),
        _asks(lambda: _("Access"), Kind.ONE, choices=_access),
        _asks(lambda: _("What do you need from other agencies?")),
        _asks(lambda: _("What do you plan for next week?")),
    ]


def _access() -> list[str]:
    return [pgettext("access", "open"), pgettext("access", "restricted"), pgettext("access", "closed")]


def _flash() -> tuple[str, list[Question]]:
    return _("Flash update"), [
        _asks(lambda: _("What happened, where and when?"), required=True),
        _asks(lambda: _("Is all your staff accounted for?"), Kind.YES_NO, required=True),
        _asks(lambda: _("People affected"), Kind.NUMBER, unit=pgettext("unit", "people")),
        _asks(lambda: _("What are you doing now?")),
        _asks(lambda: _("What do you need, and from whom?")),
    ]


def _changes() -> tuple[str, list[Question]]:
    return _("Who does what, where: changes"), [
        _asks(lambda: _("Has anything changed since the last list?"), Kind.YES_NO, required=True),
        _asks(lambda: _("New activities: what, where, with which partner")),
        _asks(lambda: _("Activities that ended or are suspended, and why")),
        _asks(
            lambda: _("Locations where you work now"), Kind.NUMBER, unit=pgettext("unit", "locations"), per_sector=True
        ),
    ]


TEMPLATES: dict[str, Callable[[], tuple[str, list[Question]]]] = {"weekly": _weekly, "flash": _flash, "3w": _changes}


def _asks(
    words: Callable[[], str],
    kind: Kind = Kind.LONG_TEXT,
    *,
    required: bool = False,
    unit: str = "",
    choices: Callable[[], list[str]] = list,
    per_sector: bool = False,
) -> Question:
    """A question of a template, in both languages of the product."""
    with speaking("en"):
        english, chosen = words(), choices()
    with speaking(FRENCH):
        french, choisis = words(), choices()
    return Question(
        id="",
        text=english,
        kind=kind,
        required=required,
        unit=unit,
        choices=tuple(chosen),
        per_sector=per_sector,
        text_fr=french,
        choices_fr=tuple(choisis),
    )
