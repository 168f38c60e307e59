"""Seasons of the mission's calendar: whether one can be entered, and which are left when one is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from commands.kit.dates import Season, day_text
from commands.kit.words import _

NAME_LIMIT = 80
LONGEST_DAYS = 184
MOST_SEASONS = 20

NAME, FIRST, LAST, DAYS, START, END = "name", "first", "last", "days", "start", "end"


def check_season(wanted: Season, known: Sequence[Season]) -> dict[str, str]:
    """What is wrong with a season, by field of its form, in words; empty when it can be entered."""
    found: dict[str, str] = {}
    if not any(letter.isalnum() for letter in wanted.name):
        found[NAME] = _("Give it a name, for example Ramadan.")
    elif len(wanted.name) > NAME_LIMIT:
        found[NAME] = _("This name has more than {limit} characters. Shorten it.").format(limit=NAME_LIMIT)
    if not wanted.days:
        found[DAYS] = _("Choose at least one working day.")
    if wanted.end <= wanted.start:
        found[END] = _("The working day must end after it begins.")
    if wanted.last < wanted.first:
        found[LAST] = _("The last day is before the first.")
    elif (wanted.last - wanted.first).days >= LONGEST_DAYS:
        found[LAST] = _("A season lasts half a year at most. For longer, change the week and hours.")
    else:
        found |= _among_others(wanted, known)
    return found


def _among_others(wanted: Season, known: Sequence[Season]) -> dict[str, str]:
    met = next((one for one in known if one.first <= wanted.last and wanted.first <= one.last), None)
    if met is not None:
        text = _("{name} holds then already, from {first} to {last}. Take it out first, or choose other days.")
        return {FIRST: text.format(name=met.name, first=day_text(met.first), last=day_text(met.last))}
    if len(known) >= MOST_SEASONS:
        return {FIRST: _("There are {count} seasons already. Take out those that are over.").format(count=len(known))}
    return {}


def season_of(
    name: str, first: date | None, last: date | None, days: Sequence[int], start: time | None, end: time | None
) -> Season | None:
    """The season of a form; None while a day or an hour is missing."""
    if first is None or last is None or start is None or end is None:
        return None
    return Season(name, first, last, frozenset(days), start, end)
