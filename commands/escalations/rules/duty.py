"""What may be entered in the duty roster, and for which posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commands.escalations.rules.roster import Absence, OfficerInCharge, Rotation, Turn, clash, clashing_shift
from commands.kit.words import _
from storage.people import Role

# Whoever stands on the roster can see and answer what comes to the office.
ON_ROSTER = frozenset({Role.SRSG_OFFICE, Role.DUTY_OFFICER, Role.COORDINATOR})
LONGEST = timedelta(days=366)
MOST_SHIFTS = 200
EVERY = (1, 2, 3, 7, 14, 28)
PERSON, PEOPLE, FROM_DAY, FROM_TIME, TO_DAY, TO_TIME = "person", "people", "from_day", "from_time", "to_day", "to_time"
FIRST, LAST, EVERY_FIELD, AT, POST, SHIFT, TITLE = "first", "last", "every", "at", "post", "shift", "title"


@dataclass(frozen=True, slots=True)
class EnteredSpan:
    """A span of somebody as it was entered; moments are in UTC, None where a field is empty."""

    person: str | None
    starts_at: datetime | None
    ends_at: datetime | None


def span_problems(entered: EnteredSpan, now: datetime, absences: Iterable[Absence]) -> dict[str, str]:
    """What is wrong with a span, by field."""
    if entered.person is None:
        return {PERSON: _("Choose a person.")}
    if entered.starts_at is None:
        return {FROM_DAY: _("Enter the day and the time it begins.")}
    if entered.ends_at is None:
        return {TO_DAY: _("Enter the day and the time it ends.")}
    wrong_end = _end_problem(entered.starts_at, entered.ends_at, now)
    if wrong_end:
        return {TO_DAY: wrong_end}
    if is_away(entered.person, entered.starts_at, entered.ends_at, absences):
        return {PERSON: _("This person is on leave during that time. Choose somebody else, or other days.")}
    return {}


def _end_problem(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    if ends_at <= starts_at:
        return _("The end does not lie after the beginning. Correct one of them.")
    if ends_at <= now:
        return _("This is over already. Enter a time to come.")
    return _("This is longer than a year. Check the year.") if ends_at - starts_at > LONGEST else ""


def is_away(person: str, starts_at: datetime, ends_at: datetime, absences: Iterable[Absence]) -> bool:
    """Whether a person is on leave at any moment of a span."""
    return any(one.person == person and one.starts_at < ends_at and starts_at < one.ends_at for one in absences)


def officer_problem(
    post: str, entered: EnteredSpan, windows: Iterable[OfficerInCharge], holder: str | None
) -> tuple[str, OfficerInCharge | None] | None:
    """The field of a window that cannot be, and the window it overlaps with if that is the reason."""
    if entered.person is not None and entered.person == holder:
        return PERSON, None
    if entered.starts_at is None or entered.ends_at is None:
        return None
    met = clash(windows, post, entered.starts_at, entered.ends_at)
    return (FROM_DAY, met) if met else None


@dataclass(frozen=True, slots=True)
class EnteredRotation:
    """A rotation as it was entered."""

    people: tuple[str, ...]
    first: date | None
    last: date | None
    every: int
    at: time | None


def rotation_problems(entered: EnteredRotation, today: date) -> dict[str, str]:
    """What is wrong with a rotation, by field, as far as the roster does not matter."""
    if not entered.people:
        return {PEOPLE: _("Choose who takes turns, in order.")}
    if entered.first is None or entered.last is None:
        return {FIRST if entered.first is None else LAST: _("Enter the first and the last day.")}
    if entered.at is None:
        return {AT: _("Enter the time of the hand-over.")}
    wrong = _days_problem(entered.first, entered.last, entered.every, today)
    return {LAST: wrong} if wrong else {}


def _days_problem(first: date, last: date, every: int, today: date) -> str:
    if last < first:
        return _("The last day lies before the first. Exchange them or correct one.")
    if last < today:
        return _("These days are over already. Enter days from today on.")
    if last - first > LONGEST:
        return _("This is longer than a year. Check the year.")
    if (last - first).days // every >= MOST_SHIFTS:
        return _("These are more than {most} shifts. Enter fewer days at once.").format(most=MOST_SHIFTS)
    return ""


def shift_in_the_way(rotation: Rotation, turns: Sequence[Turn]) -> Turn | None:
    """A shift of the roster that a new rotation would overlap."""
    return clashing_shift(turns, rotation.spans())


def misfits(people: Iterable[str], roles: Mapping[str, Collection[Role]], absent: Collection[str]) -> list[str]:
    """Who of these people cannot be on the roster: without a role of the office, or `absent` from the workspace."""
    return [one for one in dict.fromkeys(people) if one in absent or not ON_ROSTER & set(roles.get(one, ()))]
