"""What may be done with an agenda item in a meeting, and what a decision must have."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from commands.kit.dates import WorkCalendar
from storage.cabinet.items import ItemState
from storage.cabinet.meetings import MeetingState


class Outcome(StrEnum):
    """What becomes of an item."""

    DISCUSS = "discuss"
    DECIDE = "decide"
    DEFER = "defer"
    WITHDRAW = "withdraw"


_FROM_AND_TO = {
    Outcome.DISCUSS: ((ItemState.SCHEDULED,), ItemState.DISCUSSED),
    # An item may need several decisions.
    Outcome.DECIDE: ((ItemState.SCHEDULED, ItemState.DISCUSSED, ItemState.DECIDED), ItemState.DECIDED),
    Outcome.DEFER: ((ItemState.SCHEDULED, ItemState.DISCUSSED), ItemState.DEFERRED),
    Outcome.WITHDRAW: ((ItemState.SCHEDULED, ItemState.DISCUSSED), ItemState.WITHDRAWN),
}


def after(state: str, outcome: Outcome) -> ItemState | None:
    """The item's state after an outcome; None when it is not allowed from here."""
    allowed, target = _FROM_AND_TO[outcome]
    return target if ItemState(state) in allowed else None


def outcomes(state: str) -> list[Outcome]:
    """What may become of an item in this state."""
    return [outcome for outcome in Outcome if after(state, outcome) is not None]


class DayTrouble(StrEnum):
    """Why a due date will not do."""

    PAST = "past"
    DAY_OFF = "day_off"


def due_trouble(due: date, today: date, calendar: WorkCalendar) -> tuple[DayTrouble, date] | None:
    """What is wrong with a due date, and the day to offer instead; None when it is a working day after today."""
    if due <= today:
        return DayTrouble.PAST, calendar.plus_working_days(today, 1)
    if not calendar.is_working_day(due):
        return DayTrouble.DAY_OFF, calendar.working_day_from(due)
    return None


BEGINS_FROM = (MeetingState.PLANNED, MeetingState.CONVENED)
RECORDS_IN = (MeetingState.IN_SESSION, MeetingState.HELD)
