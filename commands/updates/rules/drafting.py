"""What is entered about a round or a plan, before it is one: checked field by field, in words that say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as clock_time
from typing import TypeVar

from commands.kit.dates import WorkCalendar, local_moment
from commands.kit.entry.step_pages import Entry
from commands.kit.handling import Handling
from commands.kit.words import _
from commands.updates.rules.audience import chosen
from commands.updates.rules.marks import read_lines, trouble_with_marks
from commands.updates.rules.questions import (
    QUESTIONS_AT_MOST,
    TITLE_LIMIT,
    Question,
    has_letters,
    highest_id,
    next_id,
    questions_of,
    trouble_with,
)
from storage.agencies import Agency
from storage.base import Json

TITLE, QUESTIONS, AUDIENCE = "title", "questions", "audience"
DAY, TIME, CHANNEL, HANDLING = "day", "time", "channel", "handling"
Mistakes = dict[str, str]
A = TypeVar("A", bound="Asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Entry):
    """What every round asks, whom, and who reads it. Fields are called as the form and its stored draft call them.

    `built` are the questions as rows keep them, `questions` further ones as they are typed, one a line. `used` is the
    highest number that an id of a question of this plan has had: ids are never used again.
    """

    title: str = ""
    questions: str = ""
    built: tuple[Json, ...] = ()
    used: int = 0
    audience: tuple[str, ...] = ()
    channel: str | None = None
    handling: Handling = Handling.UNCLASSIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEntry(Asked):
    """An ad-hoc round: by when it is due, in the mission's local time."""

    day: date | None = None
    time: clock_time | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks need to know: the agencies, the calendar, the moment, and what is wrong with channels."""

    agencies: Sequence[Agency]
    calendar: WorkCalendar
    now: datetime
    channel_trouble: str | None = None


def check_title(asked: Asked) -> Mistakes:
    """A title in words."""
    title = asked.title
    if not has_letters(title):
        return {TITLE: _("Give it a title in words; emoji alone cannot be read out.")}
    if len(title) > TITLE_LIMIT:
        return {
            TITLE: _("This title has {length} characters; {limit} are possible. Shorten it.").format(
                length=len(title), limit=TITLE_LIMIT
            )
        }
    return {}


def check_questions(asked: Asked) -> Mistakes:
    """At least one question, each with words and with choices that can be told apart."""
    questions = all_questions(asked)
    if not questions:
        return {QUESTIONS: _("Write at least one question, one on each line.")}
    if len(questions) > QUESTIONS_AT_MOST:
        return {
            QUESTIONS: _("There are {count} questions; at most {limit} are possible.").format(
                count=len(questions), limit=QUESTIONS_AT_MOST
            )
        }
    if doubt := trouble_with_marks(asked.questions):
        return {QUESTIONS: doubt}
    for number, question in enumerate(questions, 1):
        trouble = trouble_with(question)
        if trouble:
            return {QUESTIONS: _("Question {number}: {trouble}").format(number=number, trouble=trouble)}
    return {}


def check_audience(asked: Asked, facts: Facts) -> Mistakes:
    """Somebody is asked."""
    if not asked.audience:
        return {AUDIENCE: _("Choose who is asked: everybody, a kind, a sector, or agencies by name.")}
    if not chosen(asked.audience, facts.agencies):
        return {AUDIENCE: _("No active agency fits this choice. Choose others, or add agencies first.")}
    return {}


def check_channel(asked: Asked, facts: Facts) -> Mistakes:
    """The digest can be posted where it shall go, at its level."""
    if not asked.channel:
        return {CHANNEL: _("Choose the channel that reads the digest.")}
    return {CHANNEL: facts.channel_trouble} if facts.channel_trouble else {}


def due_moment(entry: RoundEntry, calendar: WorkCalendar) -> datetime | None:
    """When an ad-hoc round is due."""
    if entry.day is None or entry.time is None:
        return None
    return local_moment(entry.day, entry.time, calendar.zone)


def check_due(entry: RoundEntry, facts: Facts) -> Mistakes:
    """A deadline that somebody can still meet."""
    due = due_moment(entry, facts.calendar)
    if due is None:
        return {DAY: _("Choose the day and the time.")}
    if due <= facts.now:
        return {DAY: _("This moment has passed. Choose a later one.")}
    return {}


def all_questions(asked: Asked) -> list[Question]:
    """The questions that were built, then those that are typed as lines."""
    found = questions_of(asked.built)
    for typed in read_lines(asked.questions):
        found.append(_with_id(typed, f"q{max(asked.used, highest_id(found)) + 1}"))
    return found


def absorbed(asked: A) -> A:
    """The same with what is typed among what is built."""
    return with_questions(asked, all_questions(asked))


def with_questions(asked: A, questions: Sequence[Question]) -> A:
    """The same with these questions, and no line typed."""
    used = max(asked.used, highest_id(questions))
    return replace(asked, questions="", built=tuple(one.as_json() for one in questions), used=used)


def keep_ids(new: Sequence[Question], old: Sequence[Question]) -> list[Question]:
    """New questions with the ids they had before, where their words are the same; others get ids never used.

    Ids tie the answers of two rounds together, so a question that moves up or down keeps its history.
    """
    ids = {question.text.casefold(): question.id for question in old}
    kept: list[Question] = []
    for question in new:
        known = ids.pop(question.text.casefold(), None)
        identity = known or next_id([*old, *kept])
        kept.append(_with_id(question, identity))
    return kept


def _with_id(question: Question, identity: str) -> Question:
    return Question.from_json({**question.as_json(), "id": identity})
