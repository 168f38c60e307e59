"""Proposing an item: the form, its checks, and what becomes of what was entered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from commands.cabinet.handlers.access import ITEM, MEETING, SERIES
from commands.cabinet.handlers.changes import item_changed
from commands.cabinet.handlers.meetings.meant import here
from commands.cabinet.handlers.series.seats import member_agencies
from commands.cabinet.handlers.things import meeting_of, series_of
from commands.cabinet.rules import proposing as p
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.agenda import ITEMS_AT_MOST
from commands.cabinet.rules.papers import paper_trouble
from commands.cabinet.views.agenda.proposal import (
    Proposing,
    heading_of,
    propose_form,
    proposed_form,
    when_of,
    written_update_form,
)
from commands.cabinet.views.notes import ProposalNotes
from commands.kit.access import find, may, refuse_unless
from commands.kit.cards import shorten
from commands.kit.dates import both_times, when_text
from commands.kit.handling import Handling, may_see
from commands.kit.permission import ADMIN_OR_COORDINATOR, clearance_of, sees
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.agencies import agency_roles
from storage.cabinet.items import Item, ItemKind, ItemState, items_of_meeting, keep_paper
from storage.cabinet.meetings import AHEAD, Meeting, next_of_series
from storage.cabinet.series import Series, all_series
from storage.letters import folded
from storage.people import get_person
from storage.subjects import number

PAPER_LIMIT = 5_000_000


def open_form(request: Request) -> Answer:
    """The form of a new item, for the meeting that a button names or for the next one."""
    series, meeting = _target(request)
    return opened(request, propose_form(_form(request, series, meeting)))


def open_with(request: Request, text: str, link: str) -> Answer:
    """The form of a new item with what somebody wrote, for the meeting of that channel or for the next one."""
    found = here(request)
    request.value = str(found.id) if found is not None else ""
    series, meeting = _target(request)
    form = _form(request, series, meeting)
    # The question below holds the whole text: the title may leave out its end.
    more = {p.TITLE: shorten(text.splitlines()[0], p.TITLE_LIMIT), p.QUESTION: text}
    return opened(request, propose_form(replace(form, more=more, notes=replace(form.notes, link=link))))


def open_edit(request: Request) -> Answer:
    """The form of a known item, for whoever proposed it and for the secretary."""
    item = own_item(request, request.value)
    return opened(request, propose_form(_form(request, series_of(request, item), meeting_of(request, item), item)))


def _target(request: Request) -> tuple[Series, Meeting | None]:
    """The meeting that is meant: named by a button, else the next one of a series that this person sits in."""
    if number(request.value):
        meeting = find(request, MEETING, request.value, Act.TAKE_PART)
        series = series_of(request, meeting)
        return series, meeting if meeting.state in AHEAD else next_of_series(request.session, series.id, request.now)
    mine = [one for one in all_series(request.session, request.mission.id) if _takes_items_from(request, one)]
    if not mine:
        raise Refused(_("You do not sit in any cabinet. The secretary can put your item forward."))
    found = [(series, next_of_series(request.session, series.id, request.now)) for series in mine]
    found.sort(key=lambda pair: (pair[1] is None, pair[1].starts_at if pair[1] else request.now))
    return found[0]


def _takes_items_from(request: Request, series: Series) -> bool:
    has_next = not series.is_one_off or next_of_series(request.session, series.id, request.now) is not None
    return has_next and may(request, request.who, SERIES, series, Act.TAKE_PART)


def own_item(request: Request, value: object) -> Item:
    """The item that a button or a form names, for whoever may change it, while it can be changed. Raises Refused."""
    item = find(request, ITEM, value)
    refuse_settled(item)
    refuse_unless(request, ITEM, item, Act.CHANGE)
    return item


def refuse_settled(item: Item) -> None:
    """Raises Refused for an item that is over."""
    if item.state not in {ItemState.PROPOSED, ItemState.SCHEDULED}:
        raise Refused(_("This item is settled; it cannot be changed any more."))


def _form(request: Request, series: Series, meeting: Meeting | None, item: Item | None = None) -> Proposing:
    agencies = member_agencies(request, series)
    all_of_them = _speaks_for_all(request, series, meeting)
    own = agencies if all_of_them else [agency for agency in agencies if request.who.answers_for(agency.id)]
    starts = both_times(meeting.starts_at, request.zone) if meeting else _("the next meeting")
    return Proposing(
        heading=heading_of(series.title, starts),
        notes=ProposalNotes(series.id, meeting.id if meeting else 0, item.id if item else 0),
        level=series.handling,
        agencies=agencies,
        own_agencies=own,
        owner=request.who.user_id,
        item=item,
    )


def _speaks_for_all(request: Request, series: Series, meeting: Meeting | None) -> bool:
    officers = {series.chair, series.secretary} | ({meeting.chair, meeting.secretary} if meeting else set())
    return request.who.user_id in officers or ADMIN_OR_COORDINATOR.is_met_by(request.who)


def take(request: Request) -> Answer:
    """The form was sent: checked, and proposed or changed."""
    series, meeting, item = _context(request)
    if item is None and request.fields.choice(p.KIND) == p.INFORM:
        return Answer(update=written_update_form(request.fields.text(p.TITLE), request.command("update")))
    proposal = _read(request)
    mistakes = p.check_proposal(proposal, _about(request, series, meeting, proposal)) | _paper_mistakes(request)
    if mistakes:
        raise RefusedFields(mistakes)
    if item is None:
        item = _propose(request, series, meeting, proposal)
    else:
        _change(request, item, proposal)
    _keep_paper(request, item)
    if meeting is not None:
        item_changed(request, meeting, item)
    return Answer(update=proposed_form(item, _when(request, meeting), waits=meeting is None))


def _context(request: Request) -> tuple[Series, Meeting | None, Item | None]:
    notes = request.noted(ProposalNotes)
    if notes.item:
        item = own_item(request, notes.item)
        return series_of(request, item), meeting_of(request, item), item
    if not notes.meeting:
        series = _noted_series(request, notes.series)
        return series, next_of_series(request.session, series.id, request.now), None
    request.value = str(notes.meeting)
    series, meeting = _target(request)
    return series, meeting, None


def _noted_series(request: Request, series_id: int) -> Series:
    series = find(request, SERIES, series_id, Act.TAKE_PART)
    if not _takes_items_from(request, series):
        raise Refused(_("You do not sit in any cabinet. The secretary can put your item forward."))
    return series


def _read(request: Request) -> p.Proposal:
    fields = request.fields
    agency, minutes = fields.choice(p.AGENCY) or "", fields.text(p.MINUTES)
    return p.Proposal(
        title=fields.text(p.TITLE),
        question=fields.text(p.QUESTION),
        options=p.option_lines(fields.text(p.OPTIONS)),
        owner=fields.person(p.OWNER),
        owner_agency_id=number(agency) or None,
        consult=[found for one in fields.choices(p.CONSULT) if (found := number(one))],
        paper_link=fields.text(p.LINK),
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0,
        handling=fields.choice(p.HANDLING) or Handling.UNCLASSIFIED.value,
    )


def _about(request: Request, series: Series, meeting: Meeting | None, proposal: p.Proposal) -> p.ProposalContext:
    roles = agency_roles(request.session, request.mission.id, proposal.owner or "")
    return p.ProposalContext(
        agencies=frozenset(agency.id for agency in member_agencies(request, series)),
        agencies_of_owner=frozenset(roles),
        speaks_for_all=_speaks_for_all(request, series, meeting),
        needs_agency=bool(request.who.agencies) or bool(roles),
        troubles=_troubles(request, meeting, proposal),
    )


def _troubles(request: Request, meeting: Meeting | None, proposal: p.Proposal) -> dict[str, str]:
    troubles: dict[str, str] = {}
    person = get_person(request.session, request.mission.id, proposal.owner or "")
    if person is not None and (person.is_gone or person.is_bot):
        troubles[p.OWNER] = _("This person has left, or is an app. Choose somebody else.")
    elif person is not None and not may_see(
        clearance_of(request.session, request.mission.id, person), Handling(proposal.handling)
    ):
        troubles[p.OWNER] = _("This person is not cleared for Confidential texts. Choose another owner.")
    if not sees(request.who, proposal.handling):
        troubles[p.HANDLING] = _("You are not cleared for Confidential texts yourself. The secretary can enter it.")
    if meeting is not None and not request.noted(ProposalNotes).item:
        open_items = items_of_meeting(request.session, meeting.id, (ItemState.PROPOSED, ItemState.SCHEDULED))
        if len(open_items) >= 2 * ITEMS_AT_MOST:
            troubles[p.TITLE] = _("This meeting has too many proposals. Ask the secretary, or wait for the next one.")
    return troubles


def _values(request: Request, proposal: p.Proposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "question": proposal.question,
        "options": list(proposal.options),
        "owner": proposal.owner,
        "owner_agency_id": proposal.owner_agency_id,
        "consult": list(proposal.consult),
        "paper_link": proposal.paper_link,
        "minutes": proposal.minutes,
        "handling": proposal.handling,
        "updated_at": request.now,
    }


def _propose(request: Request, series: Series, meeting: Meeting | None, proposal: p.Proposal) -> Item:
    item = Item(
        mission_id=request.mission.id,
        series_id=series.id,
        meeting_id=meeting.id if meeting else None,
        kind=ItemKind.DECISION,
        state=ItemState.PROPOSED,
        proposed_by=request.who.user_id,
        source_link=request.noted(ProposalNotes).link or "",
        created_at=request.now,
        **_values(request, proposal),
    )
    request.session.add(item)
    request.session.flush()
    request.record("item.proposed", ("item", item.id), meeting=item.meeting_id)
    return item


def _change(request: Request, item: Item, proposal: p.Proposal) -> None:
    changed = [name for name, value in _values(request, proposal).items() if getattr(item, name) != value]
    for name, value in _values(request, proposal).items():
        setattr(item, name, value)
    item.title_key = folded(item.title)
    item.version += 1
    request.session.flush()
    request.record("item.changed", ("item", item.id), version=item.version, fields=changed)


def _paper_mistakes(request: Request) -> dict[str, str]:
    file = request.files.get(p.FILE)
    trouble = paper_trouble(*file) if file is not None else ""
    return {p.FILE: trouble} if trouble else {}


def _keep_paper(request: Request, item: Item) -> None:
    file = request.files.get(p.FILE)
    if file is not None:
        keep_paper(request.session, item, file[0], file[1], request.now)


def _when(request: Request, meeting: Meeting | None) -> str:
    if meeting is None:
        return _("the next meeting")
    return when_of(when_text(meeting.starts_at, request.zone), when_text(meeting.papers_at, request.zone))
