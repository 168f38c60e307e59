"""How long the end of a round can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.updates.rules.ending import UNDO_FOR, can_undo
from storage.updates.rounds import Round, RoundState

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
minutes = st.integers(-30, 30).map(lambda count: timedelta(minutes=count))


def ended(state: RoundState = RoundState.CLOSED, by: str | None = "U1", left: timedelta = timedelta(hours=1)) -> Round:
    return Round(state=state, closed_at=NOW, closed_by=by, closes_at=NOW + left)


@given(later=minutes, left=minutes)
def test_it_can_for_ten_minutes_and_while_the_round_would_still_be_open(later: timedelta, left: timedelta) -> None:
    assert can_undo(ended(left=left), NOW + later) == (later < UNDO_FOR and later < left)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.PENDING, RoundState.DROPPED])
def test_only_what_has_ended_can_be_opened_again(state: RoundState) -> None:
    assert not can_undo(ended(state), NOW)


def test_what_its_time_ended_stays_ended() -> None:
    assert not can_undo(ended(by=None), NOW)
