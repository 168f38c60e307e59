"""What waits for whom of an escalation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.escalations.rules.front import Owed, due_of, owed_by
from storage.escalations.model import State
from tests.escalations.samples import NOW, escalation

SOON = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "facts", "user", "of_the_office", "is_concerned", "owed"),
    [
        (State.RAISED, {}, "UDUTY", True, False, Owed.ACKNOWLEDGEMENT),
        (State.QUEUED, {}, "UDUTY", True, False, Owed.ACKNOWLEDGEMENT),
        (State.RAISED, {}, "URAISER", True, False, None),
        (State.RAISED, {}, "UWFP", False, True, None),
        (State.ACKNOWLEDGED, {"holder": "UDUTY"}, "UDUTY", True, False, Owed.DECISION),
        (State.ACKNOWLEDGED, {"holder": "UDUTY"}, "UCHIEF", True, False, None),
        (State.WAITING, {"holder": "UDUTY", "question": "Since when?"}, "URAISER", False, False, Owed.ANSWER),
        (State.WAITING, {"holder": "UDUTY", "question": "Since when?"}, "UWFP", False, True, Owed.ANSWER),
        (State.WAITING, {"holder": "UDUTY", "question": "Since when?"}, "UDUTY", True, False, None),
        (State.WAITING, {"holder": "UDUTY"}, "URAISER", False, False, None),
        (State.DECIDED, {}, "UDUTY", True, True, None),
    ],
)
def test_what_waits_for_whom(
    state: State, facts: dict[str, str], user: str, of_the_office: bool, is_concerned: bool, owed: Owed | None
) -> None:
    this = escalation(state, **facts)
    assert owed_by(this, user, of_the_office=of_the_office, is_concerned=is_concerned) == owed


def test_what_is_due_is_what_it_waits_for() -> None:
    assert due_of(escalation()) == escalation().ack_due_at
    assert due_of(escalation(State.ACKNOWLEDGED)) == escalation().decide_due_at
    assert due_of(escalation(State.WAITING, paused_until=SOON)) == SOON
    assert due_of(escalation(State.WAITING)) == escalation().decide_due_at
    assert due_of(escalation(State.DECIDED)) is None
