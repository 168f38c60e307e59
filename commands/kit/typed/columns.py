"""Numbers and days in a column of a table: one cell that can be read in one way only settles how the others are meant.

Gesture: import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from commands.kit.typed.days import DayError, find_run

# What comes first in a day that is written in numbers.
DAY_FIRST, MONTH_FIRST = "day", "month"
_NUMERIC_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
# A moment copied from a spreadsheet is the day it is on.
_HOUR = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?.*")
Readings = Mapping[str, object]


def days_by_order(text: str) -> dict[str, date]:
    """What a day means by what comes first in it, DAY_FIRST or MONTH_FIRST; nothing for what is no day.

    Both mean the same where it is no matter: ISO 8601, names of months. With dots the day comes first.
    """
    bare = _HOUR.sub("", text.strip())
    numeric = _NUMERIC_DAY.fullmatch(bare)
    if numeric is None:
        found = _day_in_words(bare)
        return {} if found is None else {DAY_FIRST: found, MONTH_FIRST: found}
    one, sign, two, year = numeric.groups()
    orders = {DAY_FIRST: (two, one), MONTH_FIRST: (one, two)}
    readings = {order: found for order, (month, day) in orders.items() if (found := _date(year, month, day))}
    return {DAY_FIRST: readings[DAY_FIRST]} if sign == "." and DAY_FIRST in readings else readings


def _day_in_words(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-24") else _one_day(text)
    except ValueError:
        return _one_day(text)


def _one_day(text: str) -> date | None:
    try:
        run = find_run(text)
    except DayError:
        return None
    is_one = run is not None and run.first == run.last and not run.before and not run.after
    return run.first if run is not None and is_one else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def settled(cells: Iterable[str], readings: Callable[[str], Readings], *, at_once: bool = False) -> str:
    """The one convention by which all cells of a column can be read, where a cell settles it; "" where none does.

    `readings` gives what a cell means by each convention. Where two cells contradict each other nothing is settled;
    with `at_once` the first that settles it is enough.
    """
    found = ""
    for text in cells:
        ways = readings(text)
        if len(ways) != 1:
            continue
        (way,) = ways
        if found and way != found:
            return ""
        found = way
        if at_once:
            break
    return found
