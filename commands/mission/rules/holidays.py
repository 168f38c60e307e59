"""Days off: reading them from lines of text, adding a range, showing them as ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from commands.kit.typed.days import DayError, Run, find_run, number_left
from commands.kit.words import _

RANGE_LIMIT = 92
NAME_LIMIT = 80
FIRST_YEAR, LAST_YEAR = 2000, 2100
ERRORS_SHOWN = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A run of days, both ends included, with one name."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calendar after days were added: all its days, and how many were new, renamed or there already."""

    days: dict[date, str]
    added: int = 0
    renamed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Import:
    """What lines of text say: days by date, and what is wrong with which line."""

    days: dict[date, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def error_text(self) -> str:
        """The first errors, and how many more there are."""
        shown = self.errors[:ERRORS_SHOWN]
        more = len(self.errors) - len(shown)
        if more:
            shown.append(_("And {count} more.").format(count=more))
        return " ".join(shown)


def read_lines(text: str) -> Import:
    """Days off from lines such as `2026-12-25 Christmas Day` or `24 to 26 December 2026: Christmas`."""
    found = Import()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            _read_line(found, number, line.strip())
    if not found.days and not found.errors:
        found.errors.append(_("There is no line with a date here. Write one such as 2026-12-25 Christmas Day."))
    return found


def _read_line(found: Import, number: int, line: str) -> None:
    try:
        run = find_run(line)
    except DayError as doubt:
        found.errors.append(_("Line {number}: {error}").format(number=number, error=doubt))
        return
    if run is None:
        text = _("Line {number}: no day stands there. Write one such as 2026-12-25, then the name.")
        found.errors.append(text.format(number=number))
        return
    name = " ".join(part for part in (run.before, run.after) if part)
    error = _left_over(name) or check_range(run.first, run.last, name)
    if error:
        found.errors.append(_("Line {number}: {error}").format(number=number, error=error))
        return
    _take(found, number, run, name)


def _left_over(name: str) -> str | None:
    left = number_left(name)
    if not left:
        return None
    text = _("I cannot tell what {left} means. Write one run of days on a line; put a name with numbers in “quotes”.")
    return text.format(left=left)


def _take(found: Import, number: int, run: Run, name: str) -> None:
    name = name.strip('"“”„«» ')
    for day in days_of(run.first, run.last):
        if found.days.setdefault(day, name) != name:
            text = _("Line {number}: {date} stands there twice with different names.")
            found.errors.append(text.format(number=number, date=day.isoformat()))


def check_range(first: date, last: date, name: str) -> str | None:
    """What is wrong with a run of days off, in words; None when it can be added."""
    if not any(letter.isalnum() for letter in name):
        return _("Say what day it is, for example Christmas Day.")
    if len(name.strip()) > NAME_LIMIT:
        return _("This name has more than {limit} characters. Shorten it.").format(limit=NAME_LIMIT)
    if last < first:
        return _("The last day is before the first.")
    if not (first.year >= FIRST_YEAR and last.year <= LAST_YEAR):
        return _("The year must be between {first} and {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
    if (last - first).days >= RANGE_LIMIT:
        return _("This is longer than {limit} days. Add it in parts if it is meant.").format(limit=RANGE_LIMIT)
    return None


def days_of(first: date, last: date) -> list[date]:
    """Every day of a run, both ends included."""
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def add_days(known: Mapping[date, str], new: Mapping[date, str]) -> Outcome:
    """The calendar with new days; a day that is there already takes the new name."""
    return Outcome(
        days={**known, **new},
        added=sum(day not in known for day in new),
        renamed=sum(day in known and known[day] != name for day, name in new.items()),
        unchanged=sum(known.get(day) == name for day, name in new.items()),
    )


def runs(days: Mapping[date, str]) -> list[DaysOff]:
    """Days as runs of consecutive days with the same name, oldest first."""
    found: list[DaysOff] = []
    for day, name in sorted(days.items()):
        last = found[-1] if found else None
        if last is not None and last.name == name and last.last + ONE_DAY == day:
            found[-1] = DaysOff(last.first, day, name)
        else:
            found.append(DaysOff(day, day, name))
    return found


def without(known: Mapping[date, str], first: date, last: date) -> dict[date, str]:
    """The calendar without the days of a run."""
    return {day: name for day, name in known.items() if not first <= day <= last}
