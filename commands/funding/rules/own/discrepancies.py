"""How a discrepancy may move: open, sent on, then reflected or rejected; a rejected one can be sent on again."""

from __future__ import annotations

from datetime import date

from storage.funding.discrepancies import UNSETTLED, DiscrepancyState

MOVES: dict[DiscrepancyState, tuple[DiscrepancyState, ...]] = {
    DiscrepancyState.OPEN: (DiscrepancyState.SENT_ON, DiscrepancyState.REFLECTED, DiscrepancyState.REJECTED),
    DiscrepancyState.SENT_ON: (DiscrepancyState.REFLECTED, DiscrepancyState.REJECTED, DiscrepancyState.OPEN),
    DiscrepancyState.REFLECTED: (DiscrepancyState.OPEN,),
    DiscrepancyState.REJECTED: (DiscrepancyState.SENT_ON, DiscrepancyState.OPEN),
}


def needs_note(before: DiscrepancyState, after: DiscrepancyState) -> bool:
    """Whether a move must be explained: a refusal by headquarters, and taking a step back."""
    return after in {DiscrepancyState.REJECTED, DiscrepancyState.OPEN}


def needs_next_date(after: DiscrepancyState) -> bool:
    """Whether somebody must ask again."""
    return after in UNSETTLED


def is_overdue(state: str, next_on: date | None, today: date) -> bool:
    """Whether the day on which somebody wanted to ask again has come."""
    return state in UNSETTLED and next_on is not None and next_on <= today
