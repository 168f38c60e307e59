"""Days, and runs of days, as people write them in English and French, without guessing.

A day has a year of four digits: `2026-12-24`, `24.12.2026`, `24 December 2026`, `Dec 24, 2026`, `1er janvier 2027`. A
run is two days with a sign, a word or a column of a table between them, and may say once what both share: `24–26
December 2026`, `du 24 décembre 2026 au 2 janvier 2027`. What has two readings (`03/04/2026`) is refused with both.

Gesture: read what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from commands.kit.words import _
from storage.letters import folded

_LANGUAGES = ("en", "fr")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_DASHES = frozenset("-‐‑‒–—―−~→>")
_TO = frozenset({"to", "until", "till", "through", "thru", "au", "a", "jusquau", "jusqua", "jusqu"})
_AND = frozenset({"and", "et"})
_BEFORE_A_DAY = frozenset({"from", "du", "des", "de", "le", "the", "on", "of", "to", "au"})
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "re", "e", "eme"})
_COLUMNS = frozenset("\t;|")
_QUOTED = re.compile('["“„«].*?["”“»]')
_NUMBER = re.compile(r"(?P<number>\d[\d.,:/-]*)(?P<ending>[^\W\d_]*)")
MONTHS = 12


class DayError(ValueError):
    """A text whose days cannot be taken; says why and how to write them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of days, both ends included, and the words before and after it, without separators at their ends."""

    first: date
    last: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What one end of a run says; what it leaves out is None. `text` is how it stands there."""

    text: str
    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@cache
def _months() -> dict[str, int]:
    words = {"sept": 9, "juil": 7, "fev": 2}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            words |= {folded(str(name)): number for number, name in get_month_names(width, "format", language).items()}
    return words


@cache
def _weekdays() -> dict[str, int]:
    words: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            words |= {folded(str(name)): number for number, name in get_day_names(width, "format", language).items()}
    return words


def find_run(text: str) -> Run | None:
    """The first day or run of days in a line; None where there is none. Raises DayError for one that is in doubt."""
    tokens = _TOKEN.findall(text)
    for start in range(len(tokens)):
        reader = _Reader(tokens, start)
        run = reader.run()
        if run is not None:
            first, last = run
            before, after = "".join(tokens[: reader.begin]), "".join(tokens[reader.place :])
            return Run(first, last, _trimmed(before), _trimmed(after))
    return None


def number_left(words: str) -> str:
    """The first number in words that are left beside a run; "" for none. Ordinals and quoted words are words."""
    bare = _QUOTED.sub("", words)
    found = next((one for one in _NUMBER.finditer(bare) if folded(one["ending"]) not in _ORDINALS), None)
    return found["number"] if found else ""


def _trimmed(words: str) -> str:
    return words.strip(" \t\n\r,;:|.()" + "".join(_DASHES))


class _Reader:
    """Reads a run from a place in the tokens of a line; `begin` and `place` are where it begins and where it ends."""

    def __init__(self, tokens: list[str], start: int) -> None:
        self.tokens = tokens
        self.begin = self.place = start

    def run(self) -> tuple[date, date] | None:
        """The run that begins here. Raises DayError when what begins here is in doubt."""
        first = self._day()
        if first is None:
            return None
        self._take_word_before()
        here = self.place
        between = self._between()
        last = self._day() if between else None
        if last is None:
            self.place = here
            return None if first.month is None else (_date(first), _date(first))
        return _ends(first, last, between)

    def _peek(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def _take_word_before(self) -> None:
        while self.begin >= 2 and folded(self.tokens[self.begin - 2]) in _BEFORE_A_DAY:
            self.begin -= 2

    def _skip(self, *, also: str = "") -> None:
        while self._peek() and ((self._peek().isspace() and "\t" not in self._peek()) or self._peek() in also):
            self.place += 1

    def _between(self) -> str:
        """What parts two days: "to" for a run, "and" for two that follow each other, "," for who knows; "" for none."""
        self._skip(also="." if self._peek(1) in _DASHES or self._peek(1).isspace() else "")
        parts = ""
        while self._peek() and (self._peek() in _DASHES or self._peek() in {"/", "."}):
            parts += self._peek()
            self.place += 1
        if parts:
            kind = "to"
        elif folded(self._peek()) in _TO | _AND or self._peek() == "&":
            kind = "to" if folded(self._peek()) in _TO else "and"
            self.place += 1
            self._skip(also="'’")
            self.place += folded(self._peek()) in {"au", "a"}
        elif self._peek().strip(" ") in _COLUMNS and self._peek().strip(" "):
            kind = "to"
            self.place += 1
        else:
            kind = "," if self._peek() == "," else ""
            self.place += bool(kind)
        self._skip()
        return kind

    def _day(self) -> _Said | None:
        start = self.place
        weekday = self._weekday()
        for form in (self._in_numbers, self._in_words, self._month_first, self._alone):
            here = self.place
            said = form()
            if said is not None:
                text = "".join(self.tokens[here : self.place]).strip()
                return replace(said, text=text, weekday=weekday)
            self.place = here
        self.place = start
        return None

    def _weekday(self) -> int | None:
        found = None
        while (word := folded(self._peek())) in _weekdays() or (word in _BEFORE_A_DAY and self._peek(1).isspace()):
            found = _weekdays().get(word, found)
            self.place += 1
            self._skip(also=".,")
        return found

    def _number(self, most: int) -> int | None:
        text = self._peek()
        if not text.isdecimal() or not text.isascii() or len(text) > most:
            return None
        self.place += 1
        return int(text)

    def _in_numbers(self) -> _Said | None:
        parts: list[str] = [self._peek()]
        self.place += 1
        sign = self._peek()
        if sign not in {"-", "/", ".", "‑", "–"}:
            return None
        while len(parts) < 3:
            if self._peek() != sign or not self._peek(1).isdecimal():
                return None
            parts.append(self._peek(1))
            self.place += 2
        if not parts[0].isdecimal():
            return None
        self._skip_midnight()
        return _from_numbers(parts, sign)

    def _skip_midnight(self) -> None:
        # A day copied out of a spreadsheet often brings its midnight along.
        found = re.match(r"[T ]0?0:00(:00)?", "".join(self.tokens[self.place : self.place + 6]))
        length = len(found.group()) if found else 0
        while length > 0:
            length -= len(self._peek())
            self.place += 1

    def _ordinal(self) -> int | None:
        number = self._number(2)
        if number is not None and folded(self._peek()) in _ORDINALS:
            self.place += 1
        return number

    def _in_words(self) -> _Said | None:
        day = self._ordinal()
        self._skip(also=".-")
        if folded(self._peek()) in {"of", "de"}:
            self.place += 1
            self._skip()
        month = _months().get(folded(self._peek()))
        if day is None or month is None:
            return None
        self.place += 1
        return _Said("", day, month, self._year())

    def _month_first(self) -> _Said | None:
        month = _months().get(folded(self._peek()))
        self.place += 1
        self._skip(also=".")
        day = self._ordinal() if month is not None else None
        return None if day is None else _Said("", day, month, self._year())

    def _alone(self) -> _Said | None:
        day = self._ordinal()
        return None if day is None else _Said("", day, None, self._year() if self._peek() == "," else None)

    def _year(self) -> int | None:
        here = self.place
        self._skip(also=".,-")
        year = self._number(4)
        if year is None or year < 1000:
            self.place = here
            return None
        return year


def _from_numbers(parts: list[str], sign: str) -> _Said:
    text = sign.join(parts)
    one, two, three = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _Said(text, three, two, one)
    if len(parts[2]) != 4:
        raise DayError(_("{day} has no year of four digits. Write it as 2026-12-25.").format(day=text))
    if sign != "." and one <= MONTHS and two <= MONTHS and one != two:
        readings = [f"{three:04}-{month:02}-{day:02}" for day, month in ((one, two), (two, one))]
        raise DayError(
            _("{day} can be read in two ways. Write {one} or {other}.").format(
                day=text, one=readings[0], other=readings[1]
            )
        )
    return _Said(text, two, one, three) if two > MONTHS and sign != "." else _Said(text, one, two, three)


def _date(said: _Said) -> date:
    if said.month is None or said.year is None:
        raise DayError(_("{day} has no year. Write it as 2026-12-25.").format(day=said.text))
    try:
        found = date(said.year, said.month, said.day)
    except ValueError:
        raise DayError(_("{day} is not a day of the calendar.").format(day=said.text)) from None
    if said.weekday not in {None, found.weekday()}:
        raise DayError(_("{day} is another day of the week than the one that stands there.").format(day=said.text))
    return found


def _ends(first: _Said, last: _Said, between: str) -> tuple[date, date]:
    month, year = last.month or first.month, last.year or first.year
    begins_before = first.month is not None and month is not None and first.month > month
    if last.year is None and first.year is not None and begins_before:
        year = first.year + 1
    end = _date(replace(last, month=month, year=year))
    shared = end.year - (1 if begins_before and first.year is None else 0)
    begin = _date(replace(first, month=first.month or end.month, year=first.year or shared))
    if between == "," or (between == "and" and end - begin != timedelta(days=1)):
        raise DayError(
            _(
                "{one} and {other}: write “to” between them if the days between are meant too, else a line for each."
            ).format(one=begin.isoformat(), other=end.isoformat())
        )
    return begin, end
