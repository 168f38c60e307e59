"""The silence procedure: how long an absent agency has, and what its answer or its silence makes of a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from commands.kit.dates import WorkCalendar
from storage.agencies import Agency
from storage.cabinet.decisions import RUNNING, Answered, DecisionState
from storage.people import Role

LEADING = (Role.HEAD_OF_AGENCY, Role.ALTERNATE)


class Reply(StrEnum):
    """What an agency may answer."""

    AGREE = "agree"
    OBJECT = "object"
    MORE_TIME = "more-time"


def silence_ends(asked: datetime, hours: int, calendar: WorkCalendar, *, working: bool) -> datetime:
    """When silence counts as consent. The clock starts at the first working moment at or after `asked`.

    With `working` only working hours count; without it every hour does, and the end is moved to a working moment, so
    that nobody's silence ends in the night.
    """
    begins = calendar.next_working(asked)
    length = timedelta(hours=hours)
    return calendar.shift_hours(begins, length) if working else calendar.next_working(begins + length)


def speakers(agency: Agency, able: Collection[str]) -> list[str]:
    """Who of the people who are `able` may speak for an absent agency: its head and alternates, else its focal points.

    Nobody does by a role that they gave to themselves, as long as nobody has agreed to it.
    """
    ready = [one for one in agency.people if one.user_id in able and not one.waits]
    leading = [one.user_id for role in LEADING for one in ready if one.role == role]
    return list(dict.fromkeys(leading or [one.user_id for one in ready if one.role == Role.FOCAL_POINT]))


def after_reply(state: Answered, reply: Reply) -> Answered | None:
    """What an answer makes of a binding; None when it comes too late, or asks for more time a second time."""
    if state not in RUNNING:
        return None
    if reply is Reply.MORE_TIME:
        return Answered.MORE_TIME if state is Answered.ASKED else None
    return Answered.AGREED if reply is Reply.AGREE else Answered.OBJECTED


def after_silence(state: Answered) -> Answered:
    """What the end of the time makes of a binding."""
    return Answered.SILENT if state in RUNNING else state


def decision_state(states: Iterable[str]) -> DecisionState:
    """Where a decision stands, from how each bound agency stands to it."""
    found = {Answered(state) for state in states}
    if Answered.OBJECTED in found:
        return DecisionState.BROKEN
    return DecisionState.SILENCE if found & {*RUNNING, Answered.UNREACHED} else DecisionState.STANDS
