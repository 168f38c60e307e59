"""What an open escalation must never be: without a next step, or with one that has passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.escalations.model import Escalation

LATE = timedelta(minutes=5)


def forgotten(open_ones: Iterable[Escalation], now: datetime) -> list[Escalation]:
    """Open escalations with no next time, nobody it reaches, or a next time overdue by more than five minutes."""
    return [one for one in open_ones if one.next_at is None or not one.next_for or one.next_at < now - LATE]
