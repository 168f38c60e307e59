"""How long the end of a round can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.updates.rounds import Round, RoundState

UNDO_FOR = timedelta(minutes=10)
ENDED = (RoundState.CLOSED, RoundState.CALLED_OFF)


def can_undo(this: Round, now: datetime) -> bool:
    """Whether a round that was ended by hand can be opened again: for ten minutes, while it would still be open."""
    if this.state not in ENDED or this.closed_by is None or this.closed_at is None:
        return False
    return now < min(this.closed_at + UNDO_FOR, this.closes_at)
