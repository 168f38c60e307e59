"""Opening the agenda, and what the secretary and the proposers do with its items."""

from __future__ import annotations

from collections.abc import Callable

from commands.cabinet.handlers.access import ITEM, MEETING
from commands.cabinet.handlers.agenda.matters_arising import matters_arising
from commands.cabinet.handlers.agenda.message import named_agencies
from commands.cabinet.handlers.agenda.proposal import open_edit, own_item, refuse_settled
from commands.cabinet.handlers.changes import agenda_changed, item_changed
from commands.cabinet.handlers.meetings.meant import meeting_ahead
from commands.cabinet.handlers.things import meeting_of, series_of
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.agenda import ITEMS_AT_MOST, moved, on_the_agenda
from commands.cabinet.rules.states import item_may_become
from commands.cabinet.views.agenda import form as v
from commands.cabinet.views.agenda.message import Agenda
from commands.cabinet.views.notes import ItemNotes
from commands.cabinet.views.notices import item_told_card
from commands.kit.access import find, may, readable, refuse_unless
from commands.kit.cards import Block
from commands.kit.handling import Handling
from commands.kit.post import send_file, tell
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened
from storage.cabinet.items import Item, ItemState, items_of_meeting, last_position, papers_of
from storage.cabinet.meetings import (
    Meeting,
    next_of_series,
)
from storage.cabinet.series import Series
from storage.subjects import Key, number


def show_agenda(request: Request) -> Answer:
    """The agenda of the meeting that a button names, that the channel belongs to, or that comes next."""
    named = number(request.value)
    return opened(request, _form(request, find(request, MEETING, named) if named else meeting_ahead(request)))


def _form(request: Request, meeting: Meeting) -> Block:
    items = items_of_meeting(request.session, meeting.id)
    known = readable(request, ITEM, items)
    listed = on_the_agenda(known)
    waiting = [item for item in known if item.state == ItemState.PROPOSED]
    over = [item for item in known if item.state in {ItemState.DEFERRED, ItemState.WITHDRAWN} and item.reason]
    own = frozenset(item.id for item in readable(request, ITEM, known, Act.CHANGE))
    agenda = Agenda(meeting, listed, named_agencies(request), request.zone, len(waiting))
    leads = may(request, request.who, MEETING, meeting, Act.LEAD)
    return v.agenda_form(v.AgendaView(agenda, waiting, over, len(items) - len(known), leads, own))


def only_opens(value: str) -> bool:
    """Whether a choice in an item's menu only opens something."""
    return parts_of(value, 2)[1] not in {v.UP, v.DOWN, v.SCHEDULE, v.BACK, v.PAPER}


def act(request: Request) -> Answer:
    """A choice in an item's menu: `ITEM:VERB`."""
    identity, verb = parts_of(request.value, 2)
    item = find(request, ITEM, identity)
    if verb == v.READ:
        return Answer(form=v.item_form(item, named_agencies(request)))
    if verb == v.PAPER:
        return _send_paper(request, item)
    refuse_settled(item)
    refuse_unless(request, ITEM, item, Act.CHANGE)
    if verb == v.EDIT:
        request.value = identity
        return open_edit(request)
    if verb == v.WITHDRAW:
        return Answer(form=v.reason_form(item, v.WITHDRAW))
    return _lead(request, item, _led(request, item), verb)


def _led(request: Request, item: Item) -> Meeting:
    """The meeting of an item, held, for whoever leads it. Raises Refused."""
    if item.meeting_id is None:
        raise Refused(_("No meeting is planned for this item yet."))
    return find(request, MEETING, item.meeting_id, Act.LEAD, lock=True)


def _lead(request: Request, item: Item, meeting: Meeting, verb: str) -> Answer:
    if verb == v.DEFER:
        return Answer(form=v.reason_form(item, v.DEFER))
    if verb == v.MERGE:
        others = [other for other in readable(request, ITEM, _placed(request, meeting)) if other.id != item.id]
        if not others:
            raise Refused(_("There is no other item on the agenda to merge it into."))
        return Answer(form=v.merge_form(item, others))
    steps: dict[str, Callable[[], None]] = {
        v.UP: lambda: _move(request, item, meeting, -1),
        v.DOWN: lambda: _move(request, item, meeting, 1),
        v.SCHEDULE: lambda: _schedule(request, item, meeting),
        v.BACK: lambda: _take_off(request, item),
    }
    if verb not in steps:
        raise Refused(_("I do not know this choice any more. Open the agenda again."))
    _refuse_in_vain(item, verb)
    steps[verb]()
    _settled(request, meeting, item)
    return Answer(update=_form(request, meeting))


def _refuse_in_vain(item: Item, verb: str) -> None:
    """Raises Refused for what has happened to the item already: somebody else was quicker."""
    is_placed = item.state == ItemState.SCHEDULED
    if verb == v.SCHEDULE and is_placed:
        raise Refused(_("This item is on the agenda already. Open the agenda again to move, defer or take it off."))
    if verb != v.SCHEDULE and not is_placed:
        raise Refused(_("This item is a proposal and not on the agenda. Open the agenda again to put it there."))


def _placed(request: Request, meeting: Meeting) -> list[Item]:
    return on_the_agenda(items_of_meeting(request.session, meeting.id))


def _move(request: Request, item: Item, meeting: Meeting, step: int) -> None:
    placed = _placed(request, meeting)
    order = moved(placed, item.id, step)
    for one in placed:
        one.position = order.index(one.id) + 1
    request.record("item.moved", ("item", item.id), meeting=meeting.id, position=item.position)


def _schedule(request: Request, item: Item, meeting: Meeting) -> None:
    if len(_placed(request, meeting)) >= ITEMS_AT_MOST:
        raise Refused(
            _("The agenda has {limit} items; no more are possible. Defer one first.").format(limit=ITEMS_AT_MOST)
        )
    _become(request, item, ItemState.SCHEDULED)
    item.position = last_position(request.session, meeting.id) + 1


def _take_off(request: Request, item: Item) -> None:
    _become(request, item, ItemState.PROPOSED)
    item.position = 0


def _become(request: Request, item: Item, state: ItemState) -> None:
    if not item_may_become(item.state, state):
        raise Refused(_("This item is settled; it cannot be changed any more."))
    item.state, item.updated_at = state, request.now
    item.version += 1
    request.record(f"item.{state.value}", ("item", item.id), meeting=item.meeting_id)


def _settled(request: Request, meeting: Meeting | None, item: Item) -> None:
    request.session.flush()
    if meeting is not None:
        item_changed(request, meeting, item)


def withdraw_mine(request: Request) -> Answer:
    """The button under what was just proposed."""
    return opened(request, v.reason_form(own_item(request, request.value), v.WITHDRAW))


def take_off(request: Request) -> Answer:
    """An item is deferred or withdrawn, with the reason."""
    item = own_item(request, request.noted(ItemNotes).item)
    meeting = meeting_of(request, item, lock=True)
    reason, deferring = request.fields.text(v.REASON), request.noted(ItemNotes).verb == v.DEFER
    if not reason:
        raise Refused(_("Write the reason; everybody reads it."), v.REASON)
    if deferring and meeting is not None:
        refuse_unless(request, MEETING, meeting, Act.LEAD)
    _become(request, item, ItemState.DEFERRED if deferring else ItemState.WITHDRAWN)
    item.reason, item.settled_at = reason, request.now
    request.session.flush()
    if deferring and meeting is not None:
        bring_forward(request, series_of(request, meeting), meeting)
    _tell_proposer(request, item)
    _settled(request, meeting, item)
    return NOTHING_TO_SAY


def bring_forward(request: Request, series: Series, meeting: Meeting) -> None:
    """What was deferred enters the next meeting at once, where one is planned already."""
    after = next_of_series(request.session, series.id, meeting.starts_at)
    if after is not None:
        matters_arising(request, series, after)
        agenda_changed(request, after)


def merge(request: Request) -> Answer:
    """An item goes into another one of the same meeting."""
    item = find(request, ITEM, request.noted(ItemNotes).item)
    meeting = _led(request, item)
    others = readable(request, ITEM, items_of_meeting(request.session, meeting.id))
    into = next((one for one in others if one.id == number(request.fields.choice(v.INTO) or "")), None)
    if into is None or into.meeting_id != meeting.id or into.id == item.id or into.merged_into_id is not None:
        raise Refused(_("Choose the item that this one goes into."), v.INTO)
    if item.handling != into.handling:
        raise Refused(_("The two have different levels of classification; they cannot be merged."), v.INTO)
    _become(request, item, ItemState.WITHDRAWN)
    item.merged_into_id, item.settled_at = into.id, request.now
    item.reason = _("Taken up with: {title}").format(title=into.title)
    into.consult = list(dict.fromkeys([*into.consult, *item.consult, *_agency_of(item)]))
    _tell_proposer(request, item)
    _settled(request, meeting, item)
    return NOTHING_TO_SAY


def _agency_of(item: Item) -> list[int]:
    return [item.owner_agency_id] if item.owner_agency_id is not None else []


def _tell_proposer(request: Request, item: Item) -> None:
    if item.proposed_by == request.who.user_id:
        return
    with request.speaking_to(item.proposed_by):
        card = item_told_card(item)
    tell(request, item.proposed_by, card, key=Key.of("cabinet", "item", item.id, item.state, item.version))


def _send_paper(request: Request, item: Item) -> Answer:
    paper = papers_of(request.session, [item.id]).get(item.id)
    if paper is None:
        raise Refused(_("This paper is not kept any more. Ask its owner."))
    send_file(
        request,
        request.who.user_id,
        paper.name,
        paper.content,
        item.title,
        key=Key.of("cabinet", "paper", item.id, request.who.user_id, request.now),
        handling=Handling(item.handling),
    )
    return Answer(form=v.item_form(item, named_agencies(request)))
