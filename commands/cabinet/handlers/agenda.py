"""Opening the agenda, and what the secretary and the proposers do with its items."""

from __future__ import annotations

from collections.abc import Callable

from commands.cabinet.handlers.access import (
    leads,
    readable_item,
    readable_meeting,
    refuse_unless_leading,
    sees,
    sits_in,
)
from commands.cabinet.handlers.agendas import agenda_of, refresh_agenda
from commands.cabinet.handlers.calling import colleagues_of, refresh_calls, tell_secretary
from commands.cabinet.handlers.matters import matters_arising
from commands.cabinet.handlers.proposing import is_own, open_edit, refuse_unless_own
from commands.cabinet.rules.agenda import ITEMS_AT_MOST, moved, on_the_agenda
from commands.cabinet.rules.states import item_may_become
from commands.cabinet.views import agenda_form as v
from commands.cabinet.views.agenda import Agenda
from commands.cabinet.views.told import item_told_card
from commands.kit.handling import Handling
from commands.kit.post import send_file, tell
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.agencies import all_agencies
from storage.cabinet import Series, get_series
from storage.cabinet_items import Item, ItemState, get_item, items_of_meeting, last_position, papers_of
from storage.cabinet_meetings import (
    Meeting,
    get_meeting,
    lock_meeting,
    meeting_in_channel,
    next_of_series,
    running_meetings,
)


def show_agenda(ask: Ask) -> Answer:
    """The agenda of the meeting that a button names, that the channel belongs to, or that comes next."""
    if ask.value.isdigit():
        meeting, series = readable_meeting(ask, ask.value)
    else:
        meeting, series = the_meeting(ask)
    return _opened(ask, _form(ask, meeting, series))


def the_meeting(ask: Ask) -> tuple[Meeting, Series]:
    """The meeting meant where none is named: the channel's, or the next one of this person. Raises Refused."""
    here = meeting_in_channel(ask.session, ask.mission.id, ask.channel) if ask.channel else None
    for meeting in [*([here] if here else []), *running_meetings(ask.session, ask.mission.id)]:
        series = get_series(ask.session, ask.mission.id, meeting.series_id)
        if series is not None and sits_in(ask, ask.who, series) and sees(ask.who, meeting.handling):
            return meeting, series
    raise Refused(
        _("You have no meeting ahead. {command} shows how to get one.").format(command=ask.command("cabinet"))
    )


def _opened(ask: Ask, view: Block) -> Answer:
    in_modal = ask.view is not None and ask.view.kind == "modal"
    return Answer(update=view) if in_modal else Answer(form=view)


def _form(ask: Ask, meeting: Meeting, series: Series, note: str = "") -> Block:
    items = items_of_meeting(ask.session, meeting.id)
    readable = [item for item in items if sees(ask.who, item.handling)]
    listed = on_the_agenda(readable)
    waiting = [item for item in readable if item.state == ItemState.PROPOSED]
    over = [item for item in readable if item.state in {ItemState.DEFERRED, ItemState.WITHDRAWN} and item.reason]
    whole = agenda_of(ask, meeting)
    own = frozenset(item.id for item in readable if is_own(ask, item))
    agenda = Agenda(meeting, listed, whole.agencies, ask.zone, len(waiting))
    hidden = len(items) - len(readable)
    return v.agenda_form(v.Opened(agenda, waiting, over, hidden, leads(ask, meeting), own, note))


def act(ask: Ask) -> Answer | None:
    """A choice in an item's menu: `ITEM:VERB`."""
    identity, _colon, verb = ask.value.partition(":")
    item, series = readable_item(ask, identity)
    meeting = lock_meeting(ask.session, ask.mission.id, item.meeting_id or 0)
    if verb == v.READ:
        agencies = {agency.id: agency for agency in all_agencies(ask.session, ask.mission.id)}
        return Answer(form=v.item_form(item, agencies))
    if verb == v.PAPER:
        return _send_paper(ask, item)
    refuse_unless_own(ask, item, meeting)
    if verb == v.EDIT:
        ask.value = identity
        return open_edit(ask)
    if verb == v.WITHDRAW:
        return Answer(form=v.reason_form(item, v.WITHDRAW))
    if meeting is None:
        raise Refused(_("No meeting is planned for this item yet."))
    refuse_unless_leading(ask, meeting)
    return _lead(ask, item, meeting, series, verb)


def _lead(ask: Ask, item: Item, meeting: Meeting, series: Series, verb: str) -> Answer:
    if verb == v.DEFER:
        return Answer(form=v.reason_form(item, v.DEFER))
    if verb == v.MERGE:
        others = [other for other in _placed(ask, meeting) if other.id != item.id and sees(ask.who, other.handling)]
        if not others:
            raise Refused(_("There is no other item on the agenda to merge it into."))
        return Answer(form=v.merge_form(item, others))
    steps: dict[str, Callable[[], None]] = {
        v.UP: lambda: _move(ask, item, meeting, -1),
        v.DOWN: lambda: _move(ask, item, meeting, 1),
        v.SCHEDULE: lambda: _schedule(ask, item, meeting),
        v.BACK: lambda: _take_off(ask, item),
    }
    if verb not in steps:
        raise Refused(_("I do not know this choice any more. Open the agenda again."))
    steps[verb]()
    _settled(ask, series, meeting, item)
    return Answer(update=_form(ask, meeting, series))


def _placed(ask: Ask, meeting: Meeting) -> list[Item]:
    return on_the_agenda(items_of_meeting(ask.session, meeting.id))


def _move(ask: Ask, item: Item, meeting: Meeting, step: int) -> None:
    placed = _placed(ask, meeting)
    order = moved(placed, item.id, step)
    for one in placed:
        one.position = order.index(one.id) + 1


def _schedule(ask: Ask, item: Item, meeting: Meeting) -> None:
    if len(_placed(ask, meeting)) >= ITEMS_AT_MOST:
        raise Refused(
            _("The agenda has {limit} items; no more are possible. Defer one first.").format(limit=ITEMS_AT_MOST)
        )
    _become(ask, item, ItemState.SCHEDULED)
    item.position = last_position(ask.session, meeting.id) + 1


def _take_off(ask: Ask, item: Item) -> None:
    _become(ask, item, ItemState.PROPOSED)
    item.position = 0


def _become(ask: Ask, item: Item, state: ItemState) -> None:
    if not item_may_become(item.state, state):
        raise Refused(_("This item is settled; it cannot be changed any more."))
    item.state, item.updated_at = state, ask.now
    item.version += 1
    ask.record(f"item.{state.value}", ("item", item.id), meeting=item.meeting_id)


def _settled(ask: Ask, series: Series, meeting: Meeting | None, item: Item) -> None:
    ask.session.flush()
    if meeting is not None:
        refresh_agenda(ask, meeting)
        refresh_calls(ask, series, meeting, colleagues_of(ask, series, item))
        tell_secretary(ask, meeting)


def withdraw_mine(ask: Ask) -> Answer:
    """The button under what was just proposed."""
    item, _series = readable_item(ask, ask.value)
    refuse_unless_own(ask, item, get_meeting(ask.session, ask.mission.id, item.meeting_id or 0))
    return _opened(ask, v.reason_form(item, v.WITHDRAW))


def take_off(ask: Ask) -> Answer | None:
    """An item is deferred or withdrawn, with the reason."""
    item, series = readable_item(ask, str(ask.notes.get("item") or ""))
    meeting = lock_meeting(ask.session, ask.mission.id, item.meeting_id or 0)
    refuse_unless_own(ask, item, meeting)
    reason, deferring = ask.fields.text(v.REASON), ask.notes.get("verb") == v.DEFER
    if not reason:
        raise Refused(_("Write the reason; everybody reads it."), v.REASON)
    if deferring and meeting is not None:
        refuse_unless_leading(ask, meeting)
    _become(ask, item, ItemState.DEFERRED if deferring else ItemState.WITHDRAWN)
    item.reason, item.settled_at = reason, ask.now
    ask.session.flush()
    if deferring and meeting is not None:
        bring_forward(ask, series, meeting)
    _tell_proposer(ask, item)
    _settled(ask, series, meeting, item)
    return None


def bring_forward(ask: Ask, series: Series, meeting: Meeting) -> None:
    """What was deferred enters the next meeting at once, where one is planned already."""
    after = next_of_series(ask.session, series.id, meeting.starts_at)
    if after is not None:
        matters_arising(ask, series, after)
        refresh_agenda(ask, after)


def merge(ask: Ask) -> Answer | None:
    """An item goes into another one of the same meeting."""
    item, series = readable_item(ask, str(ask.notes.get("item") or ""))
    meeting = lock_meeting(ask.session, ask.mission.id, item.meeting_id or 0)
    if meeting is None:
        raise Refused(_("No meeting is planned for this item yet."))
    refuse_unless_leading(ask, meeting)
    chosen = ask.fields.choice(v.INTO) or ""
    into = get_item(ask.session, ask.mission.id, int(chosen)) if chosen.isdigit() else None
    if into is None or into.meeting_id != meeting.id or into.id == item.id or into.merged_into_id is not None:
        raise Refused(_("Choose the item that this one goes into."), v.INTO)
    if item.handling != into.handling:
        raise Refused(_("The two have different levels of classification; they cannot be merged."), v.INTO)
    _become(ask, item, ItemState.WITHDRAWN)
    item.merged_into_id, item.settled_at = into.id, ask.now
    item.reason = _("Taken up with: {title}").format(title=into.title)
    into.consult = list(dict.fromkeys([*into.consult, *item.consult, *_agency_of(item)]))
    _tell_proposer(ask, item)
    _settled(ask, series, meeting, item)
    return None


def _agency_of(item: Item) -> list[int]:
    return [item.owner_agency_id] if item.owner_agency_id is not None else []


def _tell_proposer(ask: Ask, item: Item) -> None:
    if item.proposed_by == ask.who.user_id:
        return
    with ask.speaking_to(item.proposed_by):
        card = item_told_card(item)
    tell(ask, item.proposed_by, card, key=f"cabinet:item:{item.id}:{item.state}:{item.version}")


def _send_paper(ask: Ask, item: Item) -> Answer:
    paper = papers_of(ask.session, [item.id]).get(item.id)
    if paper is None:
        raise Refused(_("This paper is not kept any more. Ask its owner."))
    send_file(
        ask,
        ask.who.user_id,
        paper.name,
        paper.content,
        item.title,
        key=f"cabinet:paper:{item.id}:{ask.who.user_id}:{ask.now.isoformat()}",
        handling=Handling(item.handling),
    )
    agencies = {agency.id: agency for agency in all_agencies(ask.session, ask.mission.id)}
    return Answer(form=v.item_form(item, agencies))
