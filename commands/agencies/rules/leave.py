"""Leave: what may be entered, and who answers for an agency meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from commands.kit.contacts import who_answers
from commands.kit.words import _
from storage.agencies import Agency, Leave

PERSON, FIRST, LAST = "leave_person", "leave_first", "leave_last"
# Longer is a mistyped year, or somebody who left: then somebody else takes over their role.
LONGEST_DAYS = 366
FARTHEST_DAYS = 2 * 366


@dataclass(frozen=True, slots=True)
class EnteredLeave:
    """A leave somebody wants to enter; all three are empty when they entered none."""

    person: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered. A person alone is nothing: the form offers one."""
        return self.first_day is None and self.last_day is None


@dataclass(frozen=True, slots=True)
class LeaveCheck:
    """What a leave is checked against: the agency's people, their leaves, and today in the person's zone."""

    people: Iterable[str]
    leaves: Sequence[Leave] = field(default_factory=tuple)
    today: date = date.min


def leave_problems(entered: EnteredLeave, check: LeaveCheck) -> dict[str, str]:
    """What is wrong with a leave, by field."""
    person, first, last = entered.person, entered.first_day, entered.last_day
    if entered.is_empty:
        return {}
    if person is None:
        return {PERSON: _("Choose who is away.")}
    if first is None or last is None:
        return {FIRST if first is None else LAST: _("Enter the first and the last day away.")}
    if person not in set(check.people):
        return {PERSON: _("This person does not answer for the agency. Choose one of its people.")}
    return _day_problems(person, first, last, check)


def _day_problems(person: str, first: date, last: date, check: LeaveCheck) -> dict[str, str]:
    if last < first:
        return {LAST: _("The last day lies before the first. Exchange them or correct one.")}
    if last < check.today:
        return {LAST: _("This leave is over already. Enter days from today on.")}
    if (last - first).days >= LONGEST_DAYS:
        return {LAST: _("This leave is longer than a year. Check the year, or name somebody else in this role.")}
    if (first - check.today).days > FARTHEST_DAYS:
        return {FIRST: _("This leave begins more than two years from now. Check the year.")}
    if any(leave.user_id == person and leave.first_day <= last and first <= leave.last_day for leave in check.leaves):
        return {FIRST: _("A leave on these days is entered already. Take it away first, then enter it anew.")}
    return {}


@dataclass(frozen=True, slots=True)
class Cover:
    """Who answers instead of somebody on leave for some days, both included; None where nobody does."""

    person: str | None
    first_day: date
    last_day: date


def covers(
    agency: Agency, leave: Leave, leaves: Iterable[Leave], reachable: Collection[str], today: date
) -> list[Cover]:
    """Who answers for the agency in place of the person on leave, from today to the leave's end.

    Days on which that person would not be asked anyway are left out: an alternate who is away while a focal point is
    there leaves no gap. `leaves` are those of all the agency's people, `reachable` the people Slack still knows.
    """
    all_leaves = list(leaves)
    others = [one for one in all_leaves if one is not leave]
    first = max(leave.first_day, today)
    found: list[Cover] = []
    for later in range((leave.last_day - first).days + 1):
        day = first + timedelta(days=later)
        where = dict.fromkeys(reachable, day)
        usual = who_answers(agency, others, where)
        if usual is None or usual.person != leave.user_id:
            continue
        instead = who_answers(agency, all_leaves, where)
        person = instead.person if instead else None
        if found and found[-1].person == person and found[-1].last_day == day - timedelta(days=1):
            found[-1] = Cover(person, found[-1].first_day, day)
        else:
            found.append(Cover(person, day, day))
    return found


@dataclass(frozen=True, slots=True)
class Away:
    """A leave of one of an agency's people, and who answers meanwhile."""

    leave: Leave
    covers: tuple[Cover, ...] = ()
