"""The decision log, and one decision with its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from commands.cabinet.handlers.access import ACTION, DECISION, MEETING, reader_of
from commands.cabinet.handlers.decisions.cards import entries_of, entry_of
from commands.cabinet.handlers.things import decision_said
from commands.cabinet.rules.access import Act
from commands.cabinet.views.decisions.cards import Entry
from commands.cabinet.views.decisions.log import (
    AGENCY,
    ROWS_PER_PAGE,
    SINCE,
    STATE,
    UNTIL,
    WORDS,
    LogSearch,
    decision_details,
    log_form,
)
from commands.cabinet.views.notes import LogNotes
from commands.kit.access import find, may, note_shown, readable
from commands.kit.cards import Block
from commands.kit.dates import ONE_DAY, local_moment
from commands.kit.pages import Page, page_at, page_number, searched
from commands.kit.pressed import day_in
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage import audit
from storage.agencies import get_agency
from storage.cabinet.actions import actions_of_decision
from storage.cabinet.decisions import DecisionState, Search, count_decisions, find_decisions
from storage.cabinet.reading import readable_decisions
from storage.subjects import number


def by_command(request: Request) -> Answer:
    """`/cabinet log`, with words to search for behind it, or the number of a decision to open."""
    found = decision_said(request, request.text)
    if found is not None:
        request.value = str(found.id)
        return open_decision(request)
    return _show(request, LogSearch(words=searched(request.text)))


def turn_page(request: Request) -> Answer:
    """Another page of what was searched for."""
    return _show(request, _look(request, page=page_number(request.value)))


def search(request: Request) -> Answer:
    """The search form was sent."""
    fields = request.fields
    since, until = fields.day(SINCE), fields.day(UNTIL)
    if since and until and until < since:
        raise Refused(_("This day lies before the first one."), UNTIL)
    agency = get_agency(request.session, request.mission.id, number(fields.choice(AGENCY) or "0"))
    return Answer(
        update=_form(request, LogSearch(fields.text(WORDS), agency, fields.choice(STATE) or "", since, until))
    )


def _look(request: Request, *, page: int) -> LogSearch:
    notes = request.noted(LogNotes)
    return LogSearch(
        words=notes.words,
        agency=get_agency(request.session, request.mission.id, notes.agency),
        state=notes.state if notes.state in set(DecisionState) else "",
        since=day_in(notes.since) if notes.since else None,
        until=day_in(notes.until) if notes.until else None,
        page=page,
    )


def _show(request: Request, search: LogSearch) -> Answer:
    return opened(request, _form(request, search))


def _form(request: Request, search: LogSearch) -> Block:
    wanted = Search(
        words=search.words,
        agency_id=search.agency.id if search.agency else None,
        state=search.state,
        since=_moment(request, search.since),
        until=_moment(request, search.until + ONE_DAY) if search.until else None,
        within=readable_decisions(reader_of(request, request.who)),
    )
    count = count_decisions(request.session, request.mission.id, wanted)
    page: Page[Entry] = page_at(count, search.page, ROWS_PER_PAGE)
    found = find_decisions(request.session, request.mission.id, wanted, limit=page.size, offset=page.before)
    note_shown(request, DECISION, found)
    return log_form(replace(search, page=page.number), page.holding(entries_of(request, found)))


def _moment(request: Request, day: date | None) -> datetime | None:
    return local_moment(day, time(0), request.zone) if day else None


def open_decision(request: Request) -> Answer:
    """One decision with its history."""
    decision = find(request, DECISION, request.value)
    entry = entry_of(request, decision)
    actions = readable(request, ACTION, actions_of_decision(request.session, decision.id))
    past = audit.history(request.session, request.mission.id, "decision", decision.id)
    leads = may(request, request.who, MEETING, entry.meeting, Act.RECORD)
    view = decision_details(entry, actions, past, leads=leads)
    return Answer(form=view)
