"""What a digest says: totals that add up, what changed since the last round, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from commands.updates.rules.answers import Value, clean, stored_number
from commands.updates.rules.questions import COUNTED, Item, Kind, Question, Shows, items_for
from commands.updates.rules.standings import Tally, tally
from storage.updates.returns import ANSWERED, Return, ReturnState

GENERAL = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One agency's return as a digest needs it."""

    code: str
    name: str
    given: Return

    @property
    def says_something(self) -> bool:
        """Whether there are answers to show."""
        return self.given.state == ReturnState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of one agency. `was` is its answer in the last round, None when there was none."""

    code: str
    value: Value
    was: Value | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether the agency answered the same last time."""
        return self.was is not None and self.was == self.value


@dataclass(frozen=True, slots=True)
class Total:
    """A number over all agencies. `unknown` names those that gave none: they are not counted as zero.

    `change` is the difference to the last round over `compared`, the agencies that gave a number both times.
    """

    question: Question
    sum: Decimal | None
    counted: int
    unknown: tuple[str, ...]
    change: Decimal | None = None
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many agencies chose what, in the order of the choices; what nobody chose is left out."""

    question: Question
    counts: tuple[tuple[Value, int], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Answers to one question, for one sector or for all."""

    question: Question
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole digest, before anything is written out. `chapters` are by sector; `pages` by agency code."""

    tally: Tally
    totals: tuple[Total, ...]
    chosen: tuple[Chosen, ...] = ()
    sectors: Mapping[str, tuple[Chapter, ...]] = field(default_factory=dict)
    nil: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def contents(
    questions: Sequence[Question], replies: Sequence[Reply], last: Mapping[int, Mapping[str, Any]]
) -> Contents:
    """A digest of these replies. `last` holds the answers of the last round by agency id."""
    answered = [reply for reply in replies if reply.given.state in ANSWERED]
    missing = {ReturnState.OWED, ReturnState.DRAFT, ReturnState.MISSED}
    return Contents(
        tally=tally(reply.given for reply in replies),
        totals=tuple(_total(one, replies, last) for one in questions if one.kind is Kind.NUMBER),
        chosen=tuple(_chosen(one, replies) for one in questions if is_counted(one) and one.kind is not Kind.NUMBER),
        sectors=_by_sector(questions, replies, last),
        nil=_codes(reply for reply in answered if reply.given.state == ReturnState.NIL),
        late=_codes(reply for reply in answered if reply.given.is_late),
        waived=_codes(reply for reply in replies if reply.given.state == ReturnState.WAIVED),
        missing=_codes(reply for reply in replies if reply.given.state in missing),
    )


def _codes(replies: Iterable[Reply]) -> tuple[str, ...]:
    return tuple(reply.code for reply in replies)


def agency_number(question: Question, sectors: Sequence[str], answers: Mapping[str, Any]) -> Decimal | None:
    """What an agency gave for a number: over its sectors where the question asks for each. None is unknown."""
    found = [
        number
        for item in items_for([question], sectors)
        if (number := stored_number(str(answers.get(item.key, "")))) is not None
    ]
    return sum(found, Decimal()) if found else None


def _total(question: Question, replies: Sequence[Reply], last: Mapping[int, Mapping[str, Any]]) -> Total:
    total, before, now_compared = Decimal(), Decimal(), Decimal()
    counted = compared = 0
    unknown: list[str] = []
    for reply in replies:
        given = reply.given
        number = agency_number(question, given.sectors, given.answers) if reply.says_something else None
        if number is None:
            unknown.append(reply.code)
            continue
        total, counted = total + number, counted + 1
        earlier = agency_number(question, given.sectors, last.get(given.agency_id, {}))
        if earlier is not None:
            before, now_compared, compared = before + earlier, now_compared + number, compared + 1
    change = now_compared - before if compared else None
    return Total(question, total if counted else None, counted, tuple(unknown), change, compared)


def is_counted(question: Question) -> bool:
    """Whether a digest shows the answers to a question together, and none of them alone."""
    return question.shows is Shows.TOGETHER and question.kind in COUNTED


def shown_alone(questions: Sequence[Question]) -> list[Question]:
    """The questions of which a digest shows each answer."""
    return [one for one in questions if not is_counted(one)]


def _chosen(question: Question, replies: Sequence[Reply]) -> Chosen:
    counts: Counter[Value] = Counter()
    for reply in replies:
        if reply.says_something:
            for item in items_for([question], reply.given.sectors):
                value = clean(item, reply.given.answers.get(item.key))
                counts.update(value if isinstance(value, list) else [value] if value is not None else [])
    order: Sequence[Value] = question.choices or (True, False)
    return Chosen(question, tuple((one, counts[one]) for one in order if counts[one]))


def _by_sector(
    questions: Sequence[Question], replies: Sequence[Reply], last: Mapping[int, Mapping[str, Any]]
) -> dict[str, tuple[Chapter, ...]]:
    lines: dict[tuple[str, str], list[Line]] = {}
    for reply in replies:
        if not reply.says_something:
            continue
        for item in items_for(shown_alone(questions), reply.given.sectors):
            value = clean(item, reply.given.answers.get(item.key))
            if value is not None:
                was = clean(item, last.get(reply.given.agency_id, {}).get(item.key))
                sector = item.sector or _home_sector(reply.given)
                lines.setdefault((sector, item.question.id), []).append(Line(reply.code, value, was))
    sectors = sorted({sector for sector, _question in lines}, key=lambda name: (name == GENERAL, name.casefold()))
    return {
        sector: tuple(
            Chapter(question, tuple(lines[sector, question.id]))
            for question in questions
            if (sector, question.id) in lines
        )
        for sector in sectors
    }


def _home_sector(given: Return) -> str:
    # An agency of one sector speaks for it; one of several, or of none, speaks for all.
    return given.sectors[0] if len(given.sectors) == 1 else GENERAL


def agency_lines(
    questions: Sequence[Question], reply: Reply, last: Mapping[int, Mapping[str, Any]]
) -> list[tuple[Item, Line]]:
    """What one agency answered, in the order of the questions, but for what is shown together."""
    earlier = last.get(reply.given.agency_id, {})
    found: list[tuple[Item, Line]] = []
    for item in items_for(shown_alone(questions), reply.given.sectors):
        value = clean(item, reply.given.answers.get(item.key))
        if value is not None:
            found.append((item, Line(reply.code, value, clean(item, earlier.get(item.key)))))
    return found
