"""When somebody is told what is owed, and how an obligation ends: pure decisions.

Gesture: remind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import IntEnum

from commands.kit.contacts import on_leave, who_answers
from commands.kit.dates import WorkCalendar
from commands.kit.times.polite import polite_moment
from storage.agencies import Agency, Leave
from storage.obligations import Obligation, ObligationState, OwedMessage
from storage.people import Role


class Step(IntEnum):
    """The steps of the ladder, by how many were taken once this one was."""

    BEFORE = 1
    DUE = 2
    HEAD = 3


__all__ = ["Step", "comes_next", "may_become", "next_step", "told_at"]


def next_step(asked_at: datetime, due_at: datetime, taken: int, calendar: WorkCalendar) -> tuple[Step, datetime] | None:
    """The step after those taken, with its moment: a working day before it is due, when it is, a working day after.

    The first falls away where it would lie before the question. None after the last.
    """
    moments = {
        Step.BEFORE: calendar.shift_days(due_at, -1),
        Step.DUE: due_at,
        Step.HEAD: calendar.shift_days(due_at, 1),
    }
    return next(
        ((step, at) for step, at in moments.items() if step > taken and (step > Step.BEFORE or at > asked_at)), None
    )


def told_at(step: Step, agency: Agency, leaves: Iterable[Leave], days: Mapping[str, date]) -> list[str]:
    """Whom a step tells: whoever answers for the agency today, and at the last one its heads who are there.

    `days` gives the day it is for each person who can be reached (`commands.kit.contacts.local_days`).
    """
    away = list(leaves)
    contact = who_answers(agency, away, days)
    found = [contact.person] if contact else []
    if step is Step.HEAD:
        there = days.keys() - on_leave(away, days)
        found += [user for user in agency.holders(Role.HEAD_OF_AGENCY) if user in there]
    return list(dict.fromkeys(found))


def comes_next(
    message: OwedMessage, now: datetime, own: WorkCalendar, *, at_once: bool = False, despite_snooze: bool = False
) -> datetime:
    """When a person's message comes as a new one. `own` is the mission's calendar where the person is.

    It comes once in a working day at most, in working hours, and not before a time that the person chose; what is
    urgent comes at once. What is already to come sooner stays.
    """
    if at_once:
        return now
    today = now.astimezone(own.zone).date()
    found = own.next_morning(now) if message.posted_on == today else polite_moment(now, own)
    if message.snoozed_until is not None and not despite_snooze:
        found = max(found, message.snoozed_until)
    return min(found, message.post_at) if message.post_at is not None else found


def may_become(obligation: Obligation, state: ObligationState) -> bool:
    """Whether an obligation may end like this. What was missed may still be answered; nothing else changes twice."""
    if state is ObligationState.OWED:
        return False
    if obligation.state == ObligationState.MISSED:
        return state in {ObligationState.ANSWERED, ObligationState.NIL, ObligationState.WAIVED}
    return obligation.state == ObligationState.OWED
