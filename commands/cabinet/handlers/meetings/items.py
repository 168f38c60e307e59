"""Items on the table of a meeting: which there are, what may be done with them, and writing it down."""

from __future__ import annotations

from commands.cabinet.handlers.access import ITEM, MEETING
from commands.cabinet.handlers.meetings.attendance import read_roll
from commands.cabinet.handlers.things import on_record
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.deciding import RECORDS_IN, Outcome, after
from commands.cabinet.views.meetings.session import run_form
from commands.kit.access import find, readable
from commands.kit.cards import Block
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request
from storage.cabinet.items import Item, ItemState, items_of_meeting
from storage.cabinet.meetings import Meeting

ON_THE_TABLE = (
    ItemState.SCHEDULED,
    ItemState.DISCUSSED,
    ItemState.DECIDED,
    ItemState.DEFERRED,
    ItemState.WITHDRAWN,
)


def the_form(request: Request, meeting: Meeting) -> Block:
    """The form that runs a meeting, with the items this person may see."""
    items = items_of_meeting(request.session, meeting.id, ON_THE_TABLE)
    return run_form(read_roll(request, meeting), readable(request, ITEM, items))


def allow(request: Request, item: Item, outcome: Outcome) -> Meeting:
    """The meeting of an item, locked, if this person may do this to it now. Raises Refused."""
    if item.meeting_id is None or item.state == ItemState.PROPOSED:
        raise Refused(_("This item is not scheduled yet. Put it on the agenda of a meeting first."))
    meeting = find(request, MEETING, item.meeting_id, Act.RECORD, lock=True)
    request.session.refresh(item)
    if meeting.state not in RECORDS_IN:
        raise Refused(_("The meeting is not in session. Begin it first, or open the minutes if it is over."))
    if meeting.record_issued_at is not None:
        raise Refused(_("The minutes of this meeting are issued. What they say is corrected by a corrigendum."))
    if after(item.state, outcome) is None:
        raise Refused(_("This item is settled already. Open the meeting again to see how."))
    return meeting


def settle(request: Request, item: Item, outcome: Outcome, reason: str) -> None:
    """Write down what became of an item."""
    target = after(item.state, outcome)
    assert target is not None, "allow() was asked first"
    item.state, item.reason, item.updated_at = target, reason, request.now
    item.version += 1
    item.settled_at = None if outcome is Outcome.DISCUSS else request.now
    request.record(f"item.{outcome.value}", ("item", item.id), reason=on_record(reason, item.handling))
