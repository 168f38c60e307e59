"""The life of an action, and the chase: who is reminded when, each step once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from commands.kit.dates import WorkCalendar
from storage.cabinet.actions import LIVE, TO_DO, Action, ActionState


class Step(StrEnum):
    """A step of the chase; days are working days from the due date."""

    BEFORE = "before"
    ON_DAY = "on_day"
    AFTER = "after"
    HEAD = "head"


DAYS = {Step.BEFORE: -2, Step.ON_DAY: 0, Step.AFTER: 2, Step.HEAD: 3}


class Move(StrEnum):
    """What may be done with an action."""

    START = "start"
    FINISH = "finish"
    VERIFY = "verify"
    RETURN = "return"
    CANCEL = "cancel"
    HAND_OVER = "hand-over"
    SNOOZE = "snooze"


_FROM_AND_TO: dict[Move, tuple[tuple[ActionState, ...], ActionState | None]] = {
    Move.START: ((ActionState.OPEN,), ActionState.IN_PROGRESS),
    Move.FINISH: (TO_DO, ActionState.DONE),
    Move.VERIFY: ((ActionState.DONE,), ActionState.VERIFIED),
    Move.RETURN: ((ActionState.DONE,), ActionState.IN_PROGRESS),
    Move.CANCEL: (LIVE, ActionState.CANCELLED),
    Move.HAND_OVER: (TO_DO, None),
    Move.SNOOZE: (TO_DO, None),
}


def after(state: str, move: Move) -> ActionState | None:
    """The state after a move; None when it is not allowed from here."""
    now = ActionState(state)
    allowed, target = _FROM_AND_TO[move]
    if now not in allowed:
        return None
    return target or now


def moves(state: str, *, is_owner: bool, leads: bool) -> list[Move]:
    """What a person may do with an action in this state.

    The owner and whoever leads carry it on; only whoever leads verifies, returns or cancels.
    """
    if not (is_owner or leads):
        return []
    own = (Move.START, Move.FINISH, Move.SNOOZE, Move.HAND_OVER)
    lead = (Move.VERIFY, Move.RETURN, Move.CANCEL)
    return [move for move in (*own, *(lead if leads else ())) if after(state, move) is not None]


def is_overdue(action: Action, today: date) -> bool:
    """Whether the day has passed and it is not done."""
    return action.state in TO_DO and action.due_on < today


def day_of(step: Step, due_on: date, calendar: WorkCalendar) -> date:
    """The day of a step; a due date that became a day off since counts from the next working day."""
    days = DAYS[step]
    begins = calendar.working_day_from(due_on)
    return calendar.plus_working_days(begins, days) if days else begins


def step_due(action: Action, today: date, calendar: WorkCalendar) -> Step | None:
    """The step to take on a day, or None. Of several that were missed only the last is taken; nobody is told twice.

    `before` is left out where the action is not older than it, so that nobody is reminded of what was just agreed.
    Putting a reminder off holds back the owner's steps, never the word to the head of agency.
    """
    if action.state not in TO_DO:
        return None
    agreed = action.created_at.astimezone(calendar.zone).date()
    sleeping = action.snoozed_until is not None and action.snoozed_until > today
    waiting = [
        step
        for step in Step
        if step not in action.chased
        and day_of(step, action.due_on, calendar) <= today
        and not (step is Step.BEFORE and day_of(step, action.due_on, calendar) <= agreed)
        and not (sleeping and step is not Step.HEAD)
    ]
    return waiting[-1] if waiting else None


def taken_with(step: Step, chased: Sequence[str]) -> list[str]:
    """The steps that need not be taken any more once this one was."""
    before = [one for one in Step if DAYS[one] <= DAYS[step]]
    return sorted({*chased, *(one.value for one in before)})


def after_snooze(chased: Sequence[str]) -> list[str]:
    """The steps that count as taken once the owner put it off: the owner's steps come again, the head's does not."""
    return [step for step in chased if step == Step.HEAD]
