"""How a pledge may move: announced, pledge, commitment, paid; stalled or lapsed on the way; back with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from storage.funding.pledges import STILL_OPEN, PledgeState

WAY = (PledgeState.ANNOUNCED, PledgeState.PLEDGE, PledgeState.COMMITMENT, PledgeState.PAID)
# What an announcement becomes next, for the button that needs no thought.
NEXT = dict(pairwise(WAY))
SOON = timedelta(days=14)


def moves_from(state: PledgeState) -> list[PledgeState]:
    """Where a pledge can go, the likeliest first."""
    ahead = [one for one in WAY if state not in WAY or WAY.index(one) > WAY.index(state)]
    aside = [one for one in (PledgeState.STALLED, PledgeState.LAPSED) if one != state]
    behind = [one for one in reversed(WAY) if one not in ahead and one != state]
    return [*ahead, *aside, *behind]


def needs_reason(before: PledgeState, after: PledgeState) -> bool:
    """Whether a move must be explained: to a standstill, to an end without money, or back."""
    if after in {PledgeState.STALLED, PledgeState.LAPSED} or before in {PledgeState.PAID, PledgeState.LAPSED}:
        return True
    return before in WAY and WAY.index(after) < WAY.index(before)


def needs_next_date(after: PledgeState) -> bool:
    """Whether somebody must look at it again."""
    return after in STILL_OPEN


def is_overdue(state: str, next_on: date | None, today: date) -> bool:
    """Whether the day on which somebody wanted to look has come."""
    return state in STILL_OPEN and next_on is not None and next_on <= today
