"""What may become of a meeting and of an item, and what may not."""

from __future__ import annotations

from storage.cabinet.items import ItemState
from storage.cabinet.meetings import MeetingState

ITEM_STEPS: dict[ItemState, frozenset[ItemState]] = {
    ItemState.PROPOSED: frozenset({ItemState.SCHEDULED, ItemState.DEFERRED, ItemState.WITHDRAWN}),
    ItemState.SCHEDULED: frozenset(
        {ItemState.PROPOSED, ItemState.DISCUSSED, ItemState.DECIDED, ItemState.DEFERRED, ItemState.WITHDRAWN}
    ),
    ItemState.DISCUSSED: frozenset({ItemState.DECIDED, ItemState.DEFERRED, ItemState.WITHDRAWN}),
    ItemState.DECIDED: frozenset(),
    ItemState.DEFERRED: frozenset(),
    ItemState.WITHDRAWN: frozenset(),
}
MEETING_STEPS: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.CONVENED, MeetingState.CANCELLED}),
    MeetingState.CONVENED: frozenset({MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.IN_SESSION: frozenset({MeetingState.HELD}),
    MeetingState.HELD: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


def item_may_become(now: str, then: ItemState) -> bool:
    """Whether an item in one state may go to another."""
    return then in ITEM_STEPS[ItemState(now)]


def meeting_may_become(now: str, then: MeetingState) -> bool:
    """Whether a meeting in one state may go to another."""
    return then in MEETING_STEPS[MeetingState(now)]
